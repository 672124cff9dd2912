import { join } from 'node:path';
import { succeed } from '../run';

/** Installs one Python program and what it needs, wheels only, into a virtual environment of its own. */
export async function installPython(
  requirement: string,
  home: string,
  progress: (line: string) => void,
): Promise<void> {
  const environment = join(home, 'venv');
  await succeed(['python3', '-m', 'venv', environment], { progress });
  const pip = [join(environment, 'bin', 'python'), '-m', 'pip', 'install', '--disable-pip-version-check', '--no-input'];
  await succeed([...pip, '--only-binary=:all:', requirement], { progress });
}

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { engine } from '../../../engines';
import { run } from '../../../engines/run';
import { temporaryFolder } from '../../temporary';

/** What promtool says against each; an empty text: nothing. */
export async function checked(texts: readonly string[]): Promise<readonly string[]> {
  const folder = temporaryFolder();
  const files = texts.map((text, index) => {
    const file = join(folder, `${index}.yml`);
    writeFileSync(file, text);
    return file;
  });
  const { stdout, stderr } = await run([...engine('promtool').command, 'check', 'config', '--syntax-only', ...files], {
    timeout: 300_000,
  });
  // Each that is refused has its message on standard error, in the order of the files.
  const messages = stderr.split(/^ *FAILED: /m).slice(1);
  const found = files.map((file) =>
    stdout.includes(`${file} is valid`) ? '' : (messages.shift() ?? 'refused').trim(),
  );
  if (messages.length > 0) throw new Error(`of whom did promtool say ${messages[0]}?`);
  return found;
}

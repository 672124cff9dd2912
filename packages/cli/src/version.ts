import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The version of the package that this file is installed with. */
export function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(__dirname, '..', 'package.json'), 'utf8'));
  const found =
    typeof manifest === 'object' && manifest !== null && 'version' in manifest ? manifest.version : undefined;
  return typeof found === 'string' ? found : '0.0.0';
}

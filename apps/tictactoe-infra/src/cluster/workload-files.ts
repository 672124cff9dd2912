import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as path from 'node:path';

/** A file of `workload/`, as it is mounted into the pods. */
export function workloadFile(name: string): string {
  return readFileSync(path.resolve(__dirname, '../../workload', name), 'utf8');
}

export function checksum(data: Readonly<Record<string, string>>): string {
  return createHash('sha256').update(JSON.stringify(data)).digest('hex');
}

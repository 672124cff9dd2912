import { closeSync, existsSync, openSync, readSync } from 'node:fs';

/** Follows a file to which another process appends lines of JSON; what was read once is not read again. */
export class JsonLines<T> {
  private readonly values: T[] = [];
  private offset = 0;
  private rest = Buffer.alloc(0);

  constructor(private readonly file: string) {}

  /** Every complete line so far. */
  public read(): readonly T[] {
    if (existsSync(this.file)) {
      this.readOn();
    }
    return this.values;
  }

  private readOn(): void {
    const descriptor = openSync(this.file, 'r');
    try {
      const chunk = Buffer.alloc(1 << 20);
      for (let size = -1; size !== 0; this.offset += size) {
        size = readSync(descriptor, chunk, 0, chunk.length, this.offset);
        this.rest = Buffer.concat([this.rest, chunk.subarray(0, size)]);
      }
    } finally {
      closeSync(descriptor);
    }
    const end = this.rest.lastIndexOf('\n');
    const lines = this.rest.subarray(0, Math.max(end, 0)).toString('utf8').split('\n');
    this.values.push(...lines.filter((line) => line !== '').map((line) => JSON.parse(line) as T));
    this.rest = this.rest.subarray(end + 1);
  }
}

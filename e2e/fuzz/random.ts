/** Numbers that look like chance and are the same for the same seed (mulberry32). */
export class Random {
  public constructor(private state: number) {}

  /** At least 0, below 1. */
  public next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from 0 to below the limit. */
  public below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  public pick<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)] as T;
  }
}

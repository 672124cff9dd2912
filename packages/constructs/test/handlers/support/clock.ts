import type { Clock } from '../../../handlers/common/clock';

/** Time that passes only when somebody sleeps or a test says so. */
export class FakeClock implements Clock {
  private time = Date.parse('2026-11-22T00:00:00Z');

  public now(): number {
    return this.time;
  }

  public async sleep(milliseconds: number): Promise<void> {
    this.time += milliseconds;
  }

  public pass(milliseconds: number): void {
    this.time += milliseconds;
  }
}

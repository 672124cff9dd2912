import type { Pod } from './pod';
import type { LogsCall } from './stand-in/world';

/** Which numbered lines have arrived at CloudWatch Logs, from one pod after another. */
export class Arrivals {
  /** How often each number came. */
  private readonly counts = new Map<number, number>();
  private readonly pods: { readonly pod: Pod; taken: number }[] = [];
  private others = 0;
  private last = performance.now();

  /** From now on, what this pod delivers counts too. */
  public follow(pod: Pod): void {
    this.pods.push({ pod, taken: 0 });
  }

  /** Different numbers. */
  public distinct(): number {
    this.update();
    return this.counts.size;
  }

  /** Lines that came once more than they had to. */
  public duplicated(): number {
    this.update();
    return [...this.counts.values()].reduce((sum, count) => sum + count - 1, 0);
  }

  /** Lines without a number. */
  public unnumbered(): number {
    this.update();
    return this.others;
  }

  /** When the last line was seen, by performance.now(). */
  public lastAt(): number {
    this.update();
    return this.last;
  }

  private update(): void {
    for (const followed of this.pods) {
      const calls = followed.pod.calls();
      for (const call of calls.slice(followed.taken)) {
        if (call.service === 'logs' && call.status === 200) {
          this.count(call);
        }
      }
      followed.taken = calls.length;
    }
  }

  private count({ numbers = [], unnumbered = 0 }: LogsCall): void {
    for (const [first, last] of numbers) {
      for (let number = first; number <= last; number++) {
        this.counts.set(number, (this.counts.get(number) ?? 0) + 1);
      }
    }
    this.others += unnumbered;
    if (numbers.length + unnumbered > 0) {
      this.last = performance.now();
    }
  }
}

import { numberIn } from './log-load';
import type { Pod } from './pod';

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
        for (const { message } of call.service === 'logs' && call.status === 200 ? call.events : []) {
          this.count(numberIn(message));
        }
      }
      followed.taken = calls.length;
    }
  }

  private count(number: number | undefined): void {
    this.last = performance.now();
    if (number === undefined) {
      this.others++;
    } else {
      this.counts.set(number, (this.counts.get(number) ?? 0) + 1);
    }
  }
}

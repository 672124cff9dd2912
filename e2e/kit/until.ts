import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Waits until the condition holds.
 *
 * @param title what is waited for, for the error
 * @param details what to add to the error when the time is over
 */
export async function until(
  title: string,
  condition: () => boolean | Promise<boolean>,
  milliseconds: number,
  details = () => '',
): Promise<void> {
  const end = performance.now() + milliseconds;
  while (!(await condition())) {
    if (performance.now() > end) {
      throw new Error(`${title}: not within ${milliseconds} ms\n${details()}`);
    }
    await sleep(100);
  }
}

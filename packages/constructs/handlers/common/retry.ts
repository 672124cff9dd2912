import { type Clock, SECONDS } from './clock';

/** How long an error is worth another try, in milliseconds since the first one; 0 for an error that stays. */
export type Patience = (error: unknown) => number;

const FIRST_PAUSE = SECONDS;
const LONGEST_PAUSE = 20 * SECONDS;

/** Tries again with growing pauses while the error may pass; then throws what was thrown last. */
export async function retry<T>(clock: Clock, patience: Patience, action: () => Promise<T>): Promise<T> {
  const start = clock.now();
  for (let pause = FIRST_PAUSE; ; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
    try {
      return await action();
    } catch (error) {
      // Half of the pause is random, so that resources of one deployment do not come back all at once.
      const next = Math.max(pause * (0.5 + Math.random() / 2), asked(error));
      if (clock.now() + next - start > patience(error)) {
        throw error;
      }
      await clock.sleep(next);
    }
  }
}

/** What the other side asked to wait (`Retry-After`), in milliseconds. */
function asked(error: unknown): number {
  const { retryAfterSeconds } = error as { retryAfterSeconds?: number };
  return retryAfterSeconds !== undefined && retryAfterSeconds > 0 ? retryAfterSeconds * SECONDS : 0;
}

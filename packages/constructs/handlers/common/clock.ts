/** Time, so that tests can pass 30 days in a moment. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}

export const realClock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};

export const SECONDS = 1_000;
export const MINUTES = 60 * SECONDS;
export const DAYS = 24 * 60 * MINUTES;

/** Exit codes are a contract: README.md, "Exit codes". 130 is what a shell shows when Ctrl-C ends the process. */
export const Exit = {
  ok: 0,
  findings: 1,
  /** Bad usage, unreadable input, or no signal path found. */
  input: 2,
  internal: 3,
} as const;

export type ExitCode = (typeof Exit)[keyof typeof Exit];

/** The user's mistake: told in one line, with the mend, without a stack. */
export class UsageError extends Error {
  constructor(
    message: string,
    readonly help?: string,
  ) {
    super(message);
  }
}

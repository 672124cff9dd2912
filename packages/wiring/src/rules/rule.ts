import type { Example } from './example';

export type Severity = 'error' | 'warning' | 'info';

/** What a finding of one kind means, whoever made it. */
export interface Rule {
  /** `family/bad-thing`; never used again for anything else. */
  readonly id: string;
  readonly severity: Severity;
  /** What is wrong, in a few words. */
  readonly summary: string;
  /** What happens if it stays. */
  readonly why: string;
  /** How it is mended in general; a finding may know better. */
  readonly help: string;
  /** Good input, and the change that makes it bad. A test runs both; pages show them. */
  readonly example?: Example;
}

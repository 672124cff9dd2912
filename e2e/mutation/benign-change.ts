import type { Files } from './yard';

/** A change after which everything works as before. */
export interface Benign {
  readonly id: string;
  readonly title: string;
  readonly files: Files;
}

import type { Span } from '../text';

/** Something in the input that keeps it from being read as it was meant. Readers collect them and go on. */
export interface Problem {
  /** Stable, in kebab case: `yaml-syntax`, `too-deep`. */
  readonly code: string;
  /** Lower case, without a full stop; says what is there and what was expected. */
  readonly message: string;
  /** How to mend it. */
  readonly help?: string;
  readonly span?: Span;
  /** The object that was looked for in vain, as reports name it: `ServiceAccount monitoring/grafana-alloy`. */
  readonly subject?: string;
  readonly related?: readonly { readonly span: Span; readonly message: string }[];
}

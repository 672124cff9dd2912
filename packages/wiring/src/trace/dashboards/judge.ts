import type { Missing, PrometheusWorkspace, Truth } from '../../model';
import type { PromqlQuery, Word } from '../../read/promql';
import type { Break, Evidence } from '../path';

/** Knows what arrives in a store, and says whether what is asked for is among it. */
export interface QueryJudge {
  readonly query: (query: PromqlQuery, store: PrometheusWorkspace) => QueryVerdict;
  /** Does what a query finds have this label? */
  readonly label: (query: PromqlQuery, label: Word, store: PrometheusWorkspace) => QueryVerdict;
}

export interface QueryVerdict {
  readonly truth: Truth;
  readonly missing: readonly Missing[];
  readonly evidence: readonly Evidence[];
  /** There when the truth is `no`. */
  readonly fault?: Omit<Break, 'claim'> & { readonly kind: 'metric' | 'label' | 'value' | 'dropped' };
}

const OPEN: QueryVerdict = {
  truth: 'unknown',
  missing: [{ kind: 'not-examined', what: 'not examined by this version: what arrives in the store' }],
  evidence: [],
};

/** Knows nothing of any store. */
export const UNJUDGED: QueryJudge = { query: () => OPEN, label: () => OPEN };

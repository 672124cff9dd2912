import type { Missing, Truth } from '../../model';
import type { Span } from '../../text';
import type { Evidence } from '../path';

/** Why a query finds nothing: no such metric, a rule drops it, or a label or its value never arrives. */
export type FaultKind = 'metric' | 'dropped' | 'label' | 'value';

export interface QueryFault {
  readonly kind: FaultKind;
  readonly message: string;
  readonly span: Span;
  readonly related: readonly { readonly span?: Span; readonly message: string }[];
  readonly help?: string;
}

/** Does a query find series? `no` with the reason, `unknown` with what is missing. */
export interface QueryVerdict {
  readonly truth: Truth;
  readonly missing: readonly Missing[];
  readonly evidence: readonly Evidence[];
  readonly fault?: QueryFault;
}

export const YES: QueryVerdict = { truth: 'yes', missing: [], evidence: [] };

export function no(fault: QueryFault): QueryVerdict {
  return { truth: 'no', missing: [], evidence: [], fault };
}

export function open(...missing: readonly Missing[]): QueryVerdict {
  return { truth: 'unknown', missing, evidence: [] };
}

/** All must find something. */
export function every(verdicts: readonly QueryVerdict[]): QueryVerdict {
  const evidence = verdicts.flatMap((one) => one.evidence);
  const failed = verdicts.find(({ truth }) => truth === 'no');
  if (failed) return { ...failed, evidence };
  const missing = few(verdicts.flatMap((one) => one.missing));
  return { truth: verdicts.some(({ truth }) => truth === 'unknown') ? 'unknown' : 'yes', missing, evidence };
}

/** One is enough. */
export function some(verdicts: readonly QueryVerdict[]): QueryVerdict {
  const found = verdicts.find(({ truth }) => truth === 'yes');
  if (found) return found;
  const unsure = verdicts.filter(({ truth }) => truth === 'unknown');
  if (unsure.length === 0) return verdicts[0] ?? YES;
  const evidence = unsure.flatMap((one) => one.evidence);
  return { truth: 'unknown', missing: few(unsure.flatMap((one) => one.missing)), evidence };
}

const MAX_TOLD = 4;

/** A report names the first few reasons; a hundred targets lack the same thing. */
export function few(missing: readonly Missing[]): readonly Missing[] {
  return [...new Map(missing.map((one) => [one.what, one])).values()].slice(0, MAX_TOLD);
}

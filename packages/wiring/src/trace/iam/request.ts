import type { Missing, Value } from '../../model';

/** One call to AWS, as IAM sees it. */
export interface Request {
  /** `aps:RemoteWrite`. */
  readonly action: string;
  /** Absent when a trust policy is judged. */
  readonly resource?: Value;
  readonly principal?: { readonly type: 'Federated' | 'Service' | 'AWS'; readonly value: Value };
  readonly context: RequestContext;
}

/** Values of a condition key; `absent` when the request certainly has no such key. */
export type KeyValue =
  | { readonly kind: 'present'; readonly values: readonly Value[] }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unknown'; readonly missing: Missing };

/** Keys are asked for in lower case. */
export type RequestContext = (key: string) => KeyValue;

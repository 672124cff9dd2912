import type { Span } from '../text';
import type { Value } from './value';

/** An IAM policy document; identity policies and trust policies alike. */
export interface PolicyDocument {
  /** How a report calls it: `the trust policy of role GrafanaAgentAMPRole`. */
  readonly label: string;
  readonly statements: readonly Statement[];
  /** Its version is not 2012-10-17: `${aws:PrincipalTag/team}` in it is nothing but text. */
  readonly withoutVariables?: true;
  /** Absent for a managed policy of AWS, which stands in no file. */
  readonly span?: Span;
}

export interface Statement {
  readonly effect: 'Allow' | 'Deny';
  /** Absent in identity policies. */
  readonly principals?: Principals;
  readonly actions: ElementList;
  /** Absent in trust policies. */
  readonly resources?: ElementList;
  readonly conditions: readonly Condition[];
  /** Something of the statement could not be read; it can then not be judged either. */
  readonly unreadable?: string;
  readonly span?: Span;
}

/** `Action` or `NotAction`, `Resource` or `NotResource`. */
export interface ElementList {
  readonly negated: boolean;
  readonly values: readonly Value[];
  readonly span?: Span;
}

export interface Principals {
  readonly negated: boolean;
  /** `"Principal": "*"` is type `*`. */
  readonly members: readonly { readonly type: string; readonly value: Value }[];
  readonly span?: Span;
}

export interface Condition {
  /** As written, with its `ForAnyValue:` and `IfExists`. */
  readonly operator: string;
  /** As written; keys are compared without regard to case. */
  readonly key: string;
  readonly values: readonly Value[];
  readonly keySpan?: Span;
}

import type { Missing } from '../model';
import type { Span } from '../text';
import type { Claim } from './claim';

export type Signal = 'metrics' | 'logs' | 'alerts' | 'dashboards';
export type Status = 'proven' | 'broken' | 'unknown';

/** What was seen, and where. */
export interface Evidence {
  readonly span?: Span;
  readonly text: string;
}

/** Why a hop does not hold: the claim that fails, and both ends of the wire. */
export interface Break {
  readonly claim: Claim;
  /** One sentence, lower case, without a full stop, that names both ends. */
  readonly message: string;
  /** The end that the message is about. */
  readonly span?: Span;
  /** The other ends. */
  readonly related: readonly { readonly span?: Span; readonly message: string }[];
  /** The object that does not exist, as reports name it. */
  readonly subject?: string;
  /** The mend for this very case; the rule's own help is the fallback. */
  readonly help?: string;
}

/** One step of a signal's way. */
export interface Hop {
  readonly kind: string;
  readonly from: string;
  readonly to: string;
  readonly status: Status;
  readonly missing: readonly Missing[];
  readonly evidence: readonly Evidence[];
  readonly broken?: Break;
}

export interface Endpoint {
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  readonly container?: string;
  readonly port?: number;
}

/** The way of one signal from its source to its store. */
export interface Path {
  /** Stable while names are unchanged. */
  readonly id: string;
  readonly world: string;
  readonly signal: Signal;
  readonly source: Endpoint;
  readonly sink: { readonly kind: string; readonly id: string };
  readonly hops: readonly Hop[];
}

/** Collects what is seen on one hop, and settles its status at the end. */
export class HopBuilder {
  private readonly missing: Missing[] = [];
  private readonly evidence: Evidence[] = [];
  private broken?: Break;

  constructor(
    private readonly kind: string,
    private readonly from: string,
    private readonly to: string,
  ) {}

  saw(text: string, span?: Span): this {
    this.evidence.push({ text, ...(span && { span }) });
    return this;
  }

  lacks(...missing: readonly Missing[]): this {
    this.missing.push(...missing);
    return this;
  }

  /** The first reason counts; a hop breaks once. */
  breaks(broken: Break): this {
    this.broken ??= broken;
    return this;
  }

  get isBroken(): boolean {
    return this.broken !== undefined;
  }

  build(): Hop {
    const { kind, from, to, missing, evidence, broken } = this;
    const status = broken ? 'broken' : missing.length > 0 ? 'unknown' : 'proven';
    return { kind, from, to, status, missing: broken ? [] : missing, evidence, ...(broken && { broken }) };
  }
}

/** A hop of the design that this version does not look at; a path with one is never called proven. */
export function notExamined(kind: string, from: string, to: string): Hop {
  const missing = [{ kind: 'not-examined', what: 'not examined by this version' }];
  return { kind, from, to, status: 'unknown', missing, evidence: [] };
}

/** A hop that hangs on an earlier one. */
export function blocked(kind: string, from: string, to: string, by: string): Hop {
  const missing = [{ kind: 'earlier-hop', what: `depends on the hop "${by}", which does not hold or is not known` }];
  return { kind, from, to, status: 'unknown', missing, evidence: [] };
}

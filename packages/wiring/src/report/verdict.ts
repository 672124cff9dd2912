import type { Severity } from '../rules';

/**
 * The outcome of a verification: plain data, sorted, without timestamps. The JSON report is this with its places cut
 * down to file, line and column (schema/verify-report.schema.json).
 */
export interface Verdict {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: string; readonly version: string };
  readonly worlds: readonly WorldSummary[];
  readonly assumptions: readonly Assumption[];
  readonly summary: Summary;
  readonly findings: readonly Finding[];
  readonly paths: readonly PathVerdict[];
  /** Not part of the JSON report's contract: how much was read. */
  readonly read: {
    readonly files: number;
    readonly manifests: number;
    readonly templates: number;
    readonly dashboards: number;
    readonly skipped: number;
  };
}

export interface WorldSummary {
  readonly name: string;
  readonly account?: string;
  readonly region?: string;
  readonly cluster?: string;
  readonly issuer?: string;
}

/** What no file can show, and what is taken for granted in its place. */
export interface Assumption {
  readonly id: string;
  readonly text: string;
}

export interface Summary {
  readonly paths: { readonly proven: number; readonly broken: number; readonly unknown: number };
  readonly findings: { readonly error: number; readonly warning: number; readonly info: number };
  readonly suppressed: number;
}

export interface Place {
  /** Relative to the working directory, with `/`. */
  readonly file: string;
  readonly line: number;
  /** In UTF-16 code units, 1-based. */
  readonly column: number;
  /** The source line and how much of it is meant, for the text report. */
  readonly quote?: { readonly line: string; readonly length: number };
}

export interface Finding {
  /** Stable while names are unchanged. */
  readonly id: string;
  readonly rule: string;
  readonly severity: Severity;
  /** Empty for faults of the input that belong to no world. */
  readonly world: string;
  readonly message: string;
  readonly why: string;
  readonly help: string;
  readonly docs: string;
  readonly location?: Place;
  readonly related: readonly (Partial<Place> & { readonly message: string })[];
  readonly paths: readonly string[];
  /** In the source by a comment, or by sightline.json. */
  readonly suppressed?: { readonly reason: string; readonly inSource: boolean };
}

export type Status = 'proven' | 'broken' | 'unknown';

export interface PathVerdict {
  readonly id: string;
  readonly world: string;
  readonly signal: string;
  readonly source: {
    readonly kind: string;
    readonly namespace?: string;
    readonly name: string;
    readonly container?: string;
    readonly port?: number;
  };
  readonly sink: { readonly kind: string; readonly id: string };
  readonly status: Status;
  readonly hops: readonly HopVerdict[];
}

export interface HopVerdict {
  readonly kind: string;
  readonly from: string;
  readonly to: string;
  readonly status: Status;
  readonly missing?: readonly { readonly kind: string; readonly what: string; readonly help?: string }[];
  readonly findings: readonly string[];
  readonly evidence: readonly { readonly location?: Place; readonly text: string }[];
}

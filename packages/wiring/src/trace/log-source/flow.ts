import type { Container, Missing, Truth, Value, Workload } from '../../model';
import type { FluentBitSection } from '../../read/fluent-bit';
import type { Span } from '../../text';
import type { Break, Evidence } from '../path';
import type { LogFile } from './log-files';
import type { ParserTable } from './parsers';
import type { LogRecord } from './record';

/** What is read from one file, on its way through the filters. */
export interface Flow {
  readonly tag: Value;
  readonly record: LogRecord;
  /** `log` still holds the line as the container runtime wrote it. */
  readonly isRaw: boolean;
  readonly evidence: readonly Evidence[];
  readonly missing: readonly Missing[];
  /** Things that filters were to do, and do not: nobody is told at run time. */
  readonly failures: readonly Failure[];
  /** Every record is thrown away here. */
  readonly dropped?: Drop;
}

export interface Failure {
  readonly kind: 'metadata' | 'merge';
  readonly section: FluentBitSection;
  readonly message: string;
  readonly span: Span;
  readonly related: Break['related'];
}

export interface Drop {
  readonly section: FluentBitSection;
  readonly why: string;
  readonly span: Span;
  /** The pod itself asks for it. */
  readonly isAsked: boolean;
}

/** Whether the kubernetes filter can ask for a pod, and why not. */
export interface Metadata {
  readonly truth: Truth;
  readonly missing?: Missing;
  readonly evidence: readonly Evidence[];
  readonly failure?: Pick<Failure, 'message' | 'span' | 'related'>;
}

/** Whose file it is, and what filters need to know. */
export interface FlowContext {
  readonly file: LogFile;
  readonly workload?: Workload;
  readonly container?: Container;
  readonly parsers: ParserTable;
  /** @param resource what is asked for: pods at the API server, nodes/proxy at the kubelet */
  readonly metadata: (section: FluentBitSection, resource: 'pods' | 'nodes/proxy') => Metadata;
}

/** What a filter makes of a flow: it goes on, or not; and flows of another tag that begin anew. */
export interface Filtered {
  readonly flow?: Flow;
  readonly emitted?: readonly Flow[];
}

export type Filter = (flow: Flow, section: FluentBitSection, context: FlowContext) => Filtered;

export function goesOn(flow: Flow, changed: Partial<Flow> = {}): Filtered {
  return { flow: { ...flow, ...changed } };
}

export function lacking(flow: Flow, ...missing: readonly Missing[]): Flow {
  return { ...flow, missing: [...flow.missing, ...missing] };
}

export function saw(flow: Flow, text: string, span: Span): Flow {
  return { ...flow, evidence: [...flow.evidence, { text, span }] };
}

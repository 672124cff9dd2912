import type { MappedText } from './mapped-text';
import type { Span } from './source-text';

/**
 * A value read from YAML or JSON, with its place. It is what decoders take, whatever the file format was, and what the
 * kustomize build transforms: a patched value keeps the span of the patch that wrote it.
 *
 * Plain objects: no parser's tree is kept alive by them.
 */
export type Node = MapNode | ListNode | ScalarNode;

export interface MapNode {
  readonly kind: 'map';
  readonly span: Span;
  /** In the order of the file. Of a key that is given twice, the last one counts. */
  readonly entries: Map<string, Entry>;
}

export interface Entry {
  readonly key: Span;
  readonly value: Node;
}

export interface ListNode {
  readonly kind: 'list';
  readonly span: Span;
  readonly items: Node[];
}

export interface ScalarNode {
  readonly kind: 'scalar';
  readonly span: Span;
  readonly value: string | number | boolean | null;
  /** Positions inside a string's content, made when asked for: most strings are never looked into. */
  readonly text: () => MappedText;
}

export { distance, nearestName } from './distance';
export { MappedText } from './mapped-text';
export type { Entry, ListNode, MapNode, Node, ScalarNode } from './node';
export { type Position, SourceText, type Span } from './source-text';

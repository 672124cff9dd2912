import type { Node } from '../../text';

/** Deeper than anybody writes by hand; whoever reads the rest measures it. */
export const MAX_DEPTH = 100;

/** Thrown where something else stands. One for all: a stack is made of each. */
export const OTHER = new Error('not of this part of YAML');

export interface Read {
  readonly node: Node;
  /** Where it ends, in the text that is read. */
  readonly end: number;
}

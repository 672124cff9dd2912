import type { MappedText, Span } from '../../text';
import type { Problem } from '../problem';
import type { Operator } from './token';

/** A parsed Alloy configuration. With problems, `body` holds what could be read around them. */
export interface AlloyFile {
  readonly body: readonly AlloyStatement[];
  readonly comments: readonly AlloyComment[];
  readonly problems: readonly Problem[];
}

export interface AlloyComment {
  /** With its marks. */
  readonly text: string;
  readonly span: Span;
}

export type AlloyStatement = AlloyAttribute | AlloyBlock;

/** `name = value` */
export interface AlloyAttribute {
  readonly kind: 'attribute';
  readonly name: string;
  readonly nameSpan: Span;
  readonly value: AlloyExpression;
  readonly span: Span;
}

/** `name "label" { … }`; the block of a component, or a part of one. */
export interface AlloyBlock {
  readonly kind: 'block';
  /** The whole dotted name, e.g. `prometheus.remote_write`. */
  readonly name: string;
  readonly nameSpan: Span;
  readonly label?: string;
  readonly labelSpan?: Span;
  readonly body: readonly AlloyStatement[];
  readonly span: Span;
}

export type AlloyExpression =
  | AlloyLiteral
  | AlloyIdentifier
  | AlloyArray
  | AlloyObjectExpression
  | AlloyAccess
  | AlloyIndex
  | AlloyCall
  | AlloyUnary
  | AlloyBinary;

export interface AlloyLiteral {
  readonly kind: 'literal';
  readonly value: string | number | boolean | null;
  /** Of a string: its content, so that places inside it can be named. */
  readonly text?: MappedText;
  readonly span: Span;
}

export interface AlloyIdentifier {
  readonly kind: 'identifier';
  readonly name: string;
  readonly span: Span;
}

export interface AlloyArray {
  readonly kind: 'array';
  readonly items: readonly AlloyExpression[];
  readonly span: Span;
}

export interface AlloyObjectExpression {
  readonly kind: 'object';
  readonly fields: readonly AlloyField[];
  readonly span: Span;
}

export interface AlloyField {
  readonly name: string;
  readonly nameSpan: Span;
  readonly value: AlloyExpression;
}

/** `of.name` */
export interface AlloyAccess {
  readonly kind: 'access';
  readonly of: AlloyExpression;
  readonly name: string;
  readonly nameSpan: Span;
  readonly span: Span;
}

/** `of[index]` */
export interface AlloyIndex {
  readonly kind: 'index';
  readonly of: AlloyExpression;
  readonly index: AlloyExpression;
  readonly span: Span;
}

export interface AlloyCall {
  readonly kind: 'call';
  readonly callee: AlloyExpression;
  readonly arguments: readonly AlloyExpression[];
  readonly span: Span;
}

export interface AlloyUnary {
  readonly kind: 'unary';
  readonly operator: '!' | '-';
  readonly value: AlloyExpression;
  readonly span: Span;
}

export interface AlloyBinary {
  readonly kind: 'binary';
  readonly operator: Operator;
  readonly left: AlloyExpression;
  readonly right: AlloyExpression;
  readonly span: Span;
}

/** The attribute of that name in a body; of two, the first (Alloy refuses two). */
export function attributeOf(body: readonly AlloyStatement[], name: string): AlloyAttribute | undefined {
  return body.find(
    (statement): statement is AlloyAttribute => statement.kind === 'attribute' && statement.name === name,
  );
}

/** The blocks of that dotted name in a body, in the order of the file. */
export function blocksOf(body: readonly AlloyStatement[], name: string): readonly AlloyBlock[] {
  return body.filter((statement): statement is AlloyBlock => statement.kind === 'block' && statement.name === name);
}

/** How other components name this one: `prometheus.remote_write.amp`. */
export function componentId(block: AlloyBlock): string {
  return block.label === undefined ? block.name : `${block.name}.${block.label}`;
}

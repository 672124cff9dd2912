/**
 * The syntax of Alloy's configuration language as data, and the one renderer of it. What comes out is formatted as
 * `alloy fmt` does, so formatting the text again changes nothing.
 *
 * @see https://grafana.com/docs/alloy/latest/get-started/configuration-syntax/
 */

/** A value on the right of `=`. Arrays and plain objects become Alloy arrays and objects. */
export type Expression = string | number | boolean | Expression[] | Reference | Env | Concat | AlloyObject;

export interface AlloyObject {
  readonly object: Record<string, Expression>;
}

/** The exported field of another component, such as `discovery.relabel.pods.output`. */
export interface Reference {
  readonly reference: string;
}

/** `sys.env("NAME")`. The bare `env` is a deprecated alias. */
export interface Env {
  readonly env: string;
}

/** Text put together at run time: `"https://" + sys.env("X")`. */
export interface Concat {
  readonly concat: Expression[];
}

/** `name "label" { … }`. Attributes with the value undefined are left out. */
export interface Block {
  readonly name: string;
  readonly label?: string;
  readonly attributes?: Record<string, Expression | undefined>;
  readonly blocks?: Block[];
}

/** Renders a configuration file: blocks in the given order, with one empty line between them. */
export function renderAlloy(blocks: Block[]): string {
  return `${blocks.map((block) => renderBlock(block, 0)).join('\n\n')}\n`;
}

function renderBlock(block: Block, depth: number): string {
  const indent = '\t'.repeat(depth);
  const head = block.label === undefined ? block.name : `${block.name} ${quote(block.label)}`;
  const attributes = renderAttributes(block.attributes ?? {}, depth + 1);
  const children = (block.blocks ?? []).map((child) => renderBlock(child, depth + 1));
  const body = [...(attributes === '' ? [] : [attributes]), ...children].join('\n\n');
  return body === '' ? `${indent}${head} { }` : `${indent}${head} {\n${body}\n${indent}}`;
}

/** Lines that follow each other have their `=` in one column; a value of several lines ends such a run. */
function renderAttributes(attributes: Record<string, Expression | undefined>, depth: number): string {
  const indent = '\t'.repeat(depth);
  const rendered = Object.entries(attributes)
    .filter((entry): entry is [string, Expression] => entry[1] !== undefined)
    .map(([name, value]) => ({ name: identifier(name), text: renderExpression(value, depth) }));
  const lines: string[] = [];
  for (let start = 0; start < rendered.length; ) {
    const next = rendered.findIndex((attribute, index) => index >= start && attribute.text.includes('\n'));
    const end = next === -1 ? rendered.length : next + 1;
    const run = rendered.slice(start, end);
    const width = Math.max(...run.map((attribute) => attribute.name.length));
    lines.push(...run.map((attribute) => `${indent}${attribute.name.padEnd(width)} = ${attribute.text}`));
    start = end;
  }
  return lines.join('\n');
}

function renderExpression(value: Expression, depth: number): string {
  if (typeof value === 'string') {
    return quote(value);
  }
  if (typeof value === 'number' || typeof value === 'boolean') {
    return String(value);
  }
  if (Array.isArray(value)) {
    return `[${value.map((item) => renderExpression(item, depth)).join(', ')}]`;
  }
  if ('reference' in value) {
    return value.reference;
  }
  if ('env' in value) {
    return `sys.env(${quote(value.env)})`;
  }
  if ('concat' in value) {
    return value.concat.map((part) => renderExpression(part, depth)).join(' + ');
  }
  return renderObject(value, depth);
}

function renderObject(value: AlloyObject, depth: number): string {
  const entries = Object.entries(value.object);
  if (entries.length === 0) {
    return '{ }';
  }
  const indent = '\t'.repeat(depth + 1);
  const keys = entries.map(([key]) => (IDENTIFIER.test(key) ? key : quote(key)));
  const width = Math.max(...keys.map((key) => key.length));
  const lines = entries.map(([, item], index) => {
    return `${indent}${(keys[index] ?? '').padEnd(width)} = ${renderExpression(item, depth + 1)},`;
  });
  return `{\n${lines.join('\n')}\n${'\t'.repeat(depth)}}`;
}

const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]*$/;

function identifier(name: string): string {
  if (!IDENTIFIER.test(name)) {
    throw new Error(
      `alloy attribute: got ${JSON.stringify(name)}, allowed: an identifier. Use an object for free keys.`,
    );
  }
  return name;
}

/**
 * A double-quoted string. Alloy knows Go's escapes: `\n`, `\t`, `\\`, `\"` and `\u` with four hex digits, `\U` with eight, but no
 * `\/`, and no line break inside of the quotes.
 */
function quote(text: string): string {
  const escaped = text.replace(/[\\"\p{Cc}\p{Zl}\p{Zp}\p{Cf}]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return ESCAPES[character] ?? (code > 0xffff ? `\\U${hex(code, 8)}` : `\\u${hex(code, 4)}`);
  });
  return `"${escaped}"`;
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}

const ESCAPES: Record<string, string> = { '\\': '\\\\', '"': '\\"', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

import { type Node as JsonNode, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { Entry, MappedText, Node } from '../text';
import type { Problem } from './problem';
import { doubleQuotedText } from './scalar-text';

/** Deeper than this no configuration is; the limit keeps recursion over trees safe everywhere. */
export const MAX_DEPTH = 500;

export interface JsonReading {
  readonly value?: Node;
  readonly problems: readonly Problem[];
}

/** Strict JSON (RFC 8259): no comments, no trailing commas. */
export function readJson(text: MappedText): JsonReading {
  const deep = tooDeep(text);
  if (deep) return { problems: [deep] };
  const errors: ParseError[] = [];
  const root = parseTree(text.text, errors, { disallowComments: true, allowTrailingComma: false });
  if (errors.length > 0 || !root) {
    const { error, offset, length } = errors[0] ?? { error: 0, offset: 0, length: 0 };
    const what = errors.length > 0 ? words(printParseErrorCode(error)) : 'value expected';
    return {
      problems: [{ code: 'json-syntax', message: `not valid JSON: ${what}`, span: text.span(offset, offset + length) }],
    };
  }
  return { value: convert(root, text), problems: [] };
}

function convert(node: JsonNode, text: MappedText): Node {
  const span = text.span(node.offset, node.offset + node.length);
  if (node.type === 'object') {
    const entries = new Map<string, Entry>();
    for (const property of node.children ?? []) {
      const [key, value] = property.children ?? [];
      if (!key || !value) continue;
      entries.set(key.value, { key: text.span(key.offset, key.offset + key.length), value: convert(value, text) });
    }
    return { kind: 'map', span, entries };
  }
  if (node.type === 'array') {
    return { kind: 'list', span, items: (node.children ?? []).map((child) => convert(child, text)) };
  }
  return {
    kind: 'scalar',
    span,
    value: node.value ?? null,
    text: () => doubleQuotedText(text, node.offset, node.length),
  };
}

/** The parser recurses, so depth is measured first, without recursion. Brackets inside strings are passed over. */
function tooDeep(text: MappedText): Problem | undefined {
  const source = text.text;
  let depth = 0;
  for (let i = 0; i < source.length; i++) {
    const c = source.charCodeAt(i);
    if (c === 0x22) {
      for (i++; i < source.length && source.charCodeAt(i) !== 0x22; i++) if (source.charCodeAt(i) === 0x5c) i++;
    } else if (c === 0x7b || c === 0x5b) {
      if (++depth > MAX_DEPTH) return depthProblem(text, i);
    } else if (c === 0x7d || c === 0x5d) depth--;
  }
  return undefined;
}

export function depthProblem(text: MappedText, offset: number): Problem {
  return {
    code: 'too-deep',
    message: `the document is nested deeper than ${MAX_DEPTH} levels`,
    help: 'no Kubernetes object or template needs this depth; leave the file out of the paths given',
    span: text.span(offset, offset + 1),
  };
}

function words(code: string): string {
  return code.replace(/(?<=[a-z])[A-Z]/g, (c) => ` ${c.toLowerCase()}`).toLowerCase();
}

import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Pair,
  type ParsedNode,
  parseAllDocuments,
} from 'yaml';
import type { Entry, MappedText, Node, SourceText, Span } from '../text';
import { depthProblem, MAX_DEPTH } from './json';
import type { Problem } from './problem';
import { readBlockYaml } from './yaml/block';
import { tooDeepAt } from './yaml/depth';
import { indented } from './yaml/indented';
import { blockValue, duplicateKey, emptyNode, literalNode, OPTIONS, plainValue, textNode } from './yaml/nodes';

export interface YamlReading {
  /** Empty documents are left out, documents with syntax errors too. */
  readonly documents: readonly Node[];
  readonly problems: readonly Problem[];
  /** Keys that are given twice in one map. The last one counts here, as it does for Helm and Argo CD; others refuse. */
  readonly duplicates: readonly Problem[];
}

/** An alias bomb names a few thousand nodes millions of times; no configuration repeats this many. */
const MAX_ALIASED_NODES = 100_000;

/**
 * YAML 1.1 as Kubernetes reads it: `0644` is octal and `yes` is true, but no base 60 numbers and no timestamps.
 * CloudFormation's short tags become their long forms. Anchors are expanded.
 */
export function readYaml(text: MappedText): YamlReading {
  const { source } = text.whole;
  if (text.text !== source.text) return parseYaml(text);
  // A base is read by every overlay that builds on it; trees are never changed, so one reading serves all.
  const reading = whole.get(source) ?? parseYaml(text);
  whole.set(source, reading);
  return reading;
}

const whole = new WeakMap<SourceText, YamlReading>();

/** As `readYaml`, for files that are read once: nothing is kept, and trees cost many times their text. */
export function parseYaml(text: MappedText): YamlReading {
  const simple = readBlockYaml(text);
  return simple ? { ...simple, problems: [] } : parseAnyYaml(text);
}

/** Whatever is YAML, by a whole parser. */
export function parseAnyYaml(whole: MappedText): YamlReading {
  const deep = tooDeepAt(whole.text, MAX_DEPTH);
  if (deep !== undefined) return { documents: [], problems: [depthProblem(whole, deep)], duplicates: [] };
  const problems: Problem[] = [];
  const { text, parsed } = composed(whole);
  const documents: Node[] = [];
  const duplicates: Problem[] = [];
  const budget = { aliased: MAX_ALIASED_NODES };
  for (const document of parsed) {
    const [error] = document.errors;
    if (error) {
      const message = `not valid YAML: ${lowerFirst(error.message.split('\n')[0])}`;
      problems.push({ code: 'yaml-syntax', message, span: text.span(error.pos[0], error.pos[1]) });
      continue;
    }
    if (!document.contents || (isScalar(document.contents) && document.contents.value === null)) continue;
    try {
      documents.push(new Converter(text, budget, duplicates).convert(document.contents, 0));
    } catch (error) {
      if (!(error instanceof ReadError)) throw error;
      problems.push(error.problem);
    }
  }
  return { documents, problems, duplicates };
}

interface Composed {
  /** What was read in the end; its places are those of the file all the same. */
  readonly text: MappedText;
  readonly parsed: readonly Document.Parsed[];
}

function composed(text: MappedText): Composed {
  const parse = (what: MappedText): Composed => {
    const result = parseAllDocuments(what.text, OPTIONS);
    return { text: what, parsed: Array.isArray(result) ? result : [] };
  };
  const faults = ({ parsed }: Composed) => parsed.filter(({ errors }) => errors.length > 0).length;
  const first = parse(text);
  const more = faults(first) > 0 ? indented(text) : undefined;
  const second = more && parse(more);
  return second && faults(second) < faults(first) ? second : first;
}

class ReadError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.message);
  }
}

class Converter {
  private insideAlias = 0;
  /** Nodes are met in the order of the text, so that these are the anchors before each alias. */
  private readonly anchors = new Map<string, ParsedNode>();

  constructor(
    private readonly text: MappedText,
    /** How many nodes aliases may still stand for, in all of the text. */
    private readonly budget: { aliased: number },
    private readonly duplicates: Problem[],
  ) {}

  convert(node: ParsedNode | null, depth: number): Node {
    if (!node) return emptyNode(this.text, 0);
    const [start, end] = node.range;
    if (depth > MAX_DEPTH) throw new ReadError(depthProblem(this.text, start));
    if (isAlias(node)) return this.expand(node, depth);
    if (node.anchor && this.insideAlias === 0) this.anchors.set(node.anchor, node);
    if (this.insideAlias > 0 && --this.budget.aliased < 0) {
      throw new ReadError({
        code: 'too-many-aliases',
        message: `aliases expand to more than ${MAX_ALIASED_NODES} values`,
        span: this.text.span(start, end),
      });
    }
    return expandTag(node.tag, this.plain(node, depth));
  }

  private plain(node: Exclude<ParsedNode, Alias.Parsed>, depth: number): Node {
    const [start, end] = node.range;
    if (isMap(node)) {
      const entries = new Map<string, Entry>();
      const merged: Node[] = [];
      for (const pair of node.items) {
        const key = pair.key as ParsedNode;
        const value = pair.value as ParsedNode | null;
        if (!isAlias(key) && key.anchor && this.insideAlias === 0) this.anchors.set(key.anchor, key);
        // Keys are text: `on` and `1` stay as they are written.
        const name = isScalar(key) ? (key.source ?? '') : this.text.text.slice(key.range[0], key.range[1]);
        const keySpan = this.text.span(key.range[0], key.range[1]);
        const child = value ? this.convert(value, depth + 1) : emptyNode(this.text, key.range[1]);
        if (isMergeKey(key)) merged.push(...(child.kind === 'list' ? child.items : [child]));
        else {
          const first = entries.get(name);
          if (first && this.insideAlias === 0) this.duplicates.push(duplicateKey(name, first.key, keySpan));
          entries.set(name, { key: keySpan, value: child });
        }
      }
      for (const from of merged) {
        if (from.kind !== 'map') continue;
        for (const [name, entry] of from.entries) if (!entries.has(name)) entries.set(name, entry);
      }
      return { kind: 'map', span: this.text.span(start, endOf(node)), entries };
    }
    if (isSeq(node)) {
      const items = node.items.map((item) => this.convert(item as ParsedNode, depth + 1));
      return { kind: 'list', span: this.text.span(start, endOf(node)), items };
    }
    const block = node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED';
    const value = plainValue(node.value, node.source);
    if (typeof value !== 'string') return literalNode(this.text, start, end, value);
    return textNode(this.text, start, end, block ? blockValue(value, end, this.text) : value, block);
  }

  private expand(alias: Alias.Parsed, depth: number): Node {
    const target = this.anchors.get(alias.source);
    const [start, end] = alias.range;
    // An anchor that holds itself would expand without end; the depth limit catches it too late for wide ones.
    if (!target || (target.range[0] <= start && start < target.range[1])) {
      throw new ReadError({
        code: 'yaml-syntax',
        message: `not valid YAML: alias *${alias.source} ${target ? 'stands inside its own anchor' : 'has no anchor'}`,
        span: this.text.span(start, end),
      });
    }
    this.insideAlias++;
    try {
      return this.convert(target, depth + 1);
    } finally {
      this.insideAlias--;
    }
  }
}

/** Where the last value of it ends; the parser counts the comments and empty lines behind a block to it. */
function endOf(node: ParsedNode): number {
  if ((isMap(node) || isSeq(node)) && !node.flow) {
    const last = node.items[node.items.length - 1];
    const value = isMap(node) ? ((last as Pair).value ?? (last as Pair).key) : last;
    if (value) return endOf(value as ParsedNode);
  }
  return node.range[1];
}

function isMergeKey(key: ParsedNode): boolean {
  return isScalar(key) && key.type === 'PLAIN' && (key.value === '<<' || typeof key.value === 'symbol');
}

/** `!Ref x` is `{Ref: x}`, `!Sub x` is `{Fn::Sub: x}`; other tags are left alone. */
function expandTag(tag: string | undefined, node: Node): Node {
  if (!tag?.startsWith('!') || tag.length < 2) return node;
  const name = tag.slice(1);
  if (!SHORT_TAGS.has(name)) return node;
  const long = name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`;
  return wrap(long, node, node.span);
}

function wrap(key: string, value: Node, span: Span): Node {
  return { kind: 'map', span, entries: new Map([[key, { key: span, value }]]) };
}

const SHORT_TAGS = new Set(
  (
    'Ref Condition Sub GetAtt Join Select Split FindInMap If And Or Not Equals Base64 Cidr GetAZs ImportValue ' +
    'Length ToJsonString Transform ForEach'
  ).split(' '),
);

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

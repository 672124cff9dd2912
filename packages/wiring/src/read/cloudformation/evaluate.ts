import {
  all,
  any,
  concat,
  type Data,
  type DataEntry,
  dataOf,
  equal,
  isLong,
  known,
  leafOf,
  not,
  oneOf,
  symbol,
  type Truth,
  textOf,
  unknown,
  type Value,
} from '../../model';
import type { MapNode, Node, Span } from '../../text';
import { at, itemsAt, stringAt } from '../access';
import type { Template, TemplateResource } from './template';

/** What CloudFormation itself knows of the place where a stack is made. */
export interface Surroundings {
  readonly account: Value;
  readonly region: Value;
  readonly partition: Value;
  /** Values that other stacks export by name, for `Fn::ImportValue`. */
  readonly imports: ReadonlyMap<string, Value>;
  /** Texts of symbols that exist already, by their key. */
  readonly known?: ReadonlyMap<string, string>;
}

/** Says what `Ref` (no attribute) and `Fn::GetAtt` of a resource give; `undefined` leaves a symbol. */
export type AttributeOf = (
  resource: TemplateResource,
  attribute: string | undefined,
  scope: Evaluator,
) => Value | undefined;

const MAX_STEPS = 200;
/** Letters of a value that others are made of; an IAM policy has 10,240 at most, everything else less. */
const MAX_LENGTH = 20_000;

/** Evaluates a template's functions as far as they go; what only a deployment knows becomes a symbol. */
export class Evaluator {
  private depth = 0;
  /** What was evaluated once; what is being evaluated refers to itself. */
  private readonly attributes = new Map<string, Value | 'busy'>();
  private readonly truths = new Map<string, Truth | 'busy'>();

  constructor(
    readonly template: Template,
    readonly surroundings: Surroundings,
    private readonly attributeOf: AttributeOf,
  ) {}

  /** A property of a resource, evaluated. */
  property(resource: TemplateResource, ...path: readonly string[]): Data | undefined {
    const node = at(resource.properties, ...path);
    return node && this.evaluate(node);
  }

  value(resource: TemplateResource, ...path: readonly string[]): Value | undefined {
    const data = this.property(resource, ...path);
    return data && leafOf(data);
  }

  evaluate(node: Node): Data {
    if (this.depth > MAX_STEPS) return unknown('value', 'functions that refer to each other', undefined, node.span);
    this.depth++;
    try {
      return this.evaluateOne(node);
    } finally {
      this.depth--;
    }
  }

  private evaluateOne(node: Node): Data {
    if (node.kind === 'scalar') return dataOf(node);
    if (node.kind === 'list') {
      return { kind: 'list', span: node.span, items: node.items.map((i) => this.evaluate(i)).filter(isPresent) };
    }
    const call = functionOf(node);
    if (call) return this.call(call.name, call.argument, node.span);
    const entries = new Map<string, DataEntry>();
    for (const [key, entry] of node.entries) {
      const value = this.evaluate(entry.value);
      if (isPresent(value)) entries.set(key, { key: entry.key, value });
    }
    return { kind: 'map', span: node.span, entries };
  }

  private leaf(node: Node): Value {
    return leafOf(this.evaluate(node));
  }

  private call(name: string, argument: Node, span: Span): Data {
    const [first, second, third] = itemsAt(argument);
    switch (name) {
      case 'Ref':
        return this.ref(stringAt(argument) ?? '', span);
      case 'Fn::GetAtt':
        return this.getAtt(argument, span);
      case 'Fn::Join':
        return first && second
          ? this.join(textOf(this.leaf(first)) ?? '', this.evaluate(second), longestText(second) ?? span)
          : malformed(name, span);
      case 'Fn::Sub':
        return this.sub(argument, argument.kind === 'scalar' ? argument.span : (at(argument, 0)?.span ?? span));
      case 'Fn::If': {
        const truth = this.condition(stringAt(first) ?? '');
        if (!second || !third) return malformed(name, span);
        if (truth !== 'unknown') return this.evaluate(truth === 'yes' ? second : third);
        const choices = [this.evaluate(second), this.evaluate(third)];
        if (choices.some((c) => c.kind === 'map' || c.kind === 'list')) {
          return unknown('condition', `the condition ${stringAt(first)} of the template`, undefined, span);
        }
        return oneOf(choices.map(leafOf), span);
      }
      case 'Fn::Select':
        return this.select(first, second, span);
      case 'Fn::Split':
        return this.split(first, second, span);
      case 'Fn::FindInMap': {
        const keys = itemsAt(argument)
          .slice(0, 3)
          .map((item) => textOf(this.leaf(item)));
        const found = keys.every((key) => key !== undefined)
          ? at(this.template.mappings, ...(keys as string[]))
          : undefined;
        return found ? dataOf(found) : unknown('mapping', `a mapping of ${keys.join('.')}`, undefined, span);
      }
      case 'Fn::ImportValue': {
        const exported = textOf(this.leaf(argument));
        const found = exported === undefined ? undefined : this.surroundings.imports.get(exported);
        return (
          found ??
          unknown('import', `the export ${exported ?? 'of another stack'}`, 'give the template that exports it', span)
        );
      }
      default:
        return unknown('function', `the result of ${name}`, undefined, span);
    }
  }

  private ref(name: string, span: Span): Data {
    const { account, region, partition } = this.surroundings;
    switch (name) {
      case 'AWS::AccountId':
        return { ...account, span };
      case 'AWS::Region':
        return { ...region, span };
      case 'AWS::Partition':
        return { ...partition, span };
      case 'AWS::URLSuffix':
        return known(textOf(partition) === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com', span);
      case 'AWS::NoValue':
        return NO_VALUE;
    }
    const resource = this.template.resources.get(name);
    if (resource) return this.attribute(resource, undefined, span);
    const scope = `${this.template.source.file}#${name}`;
    if (!at(this.template.parameters, name)) return symbol('cloudformation', scope, undefined, span);
    return symbol('cloudformation-parameter', scope, { label: known(`parameter ${name}`) }, span);
  }

  private getAtt(argument: Node, span: Span): Value {
    const text = stringAt(argument);
    const dot = text?.indexOf('.') ?? -1;
    const [id, attribute] =
      text !== undefined
        ? [text.slice(0, dot), text.slice(dot + 1)]
        : [
            stringAt(argument, 0) ?? '',
            itemsAt(argument)
              .slice(1)
              .map((i) => stringAt(i) ?? '')
              .join('.'),
          ];
    const resource = this.template.resources.get(id);
    if (!resource) return unknown('resource', `the resource ${id}`, undefined, span);
    return this.attribute(resource, attribute, span);
  }

  private attribute(resource: TemplateResource, attribute: string | undefined, span: Span): Value {
    const what = attribute ?? 'Ref';
    const name = `${resource.logicalId}.${what}`;
    const seen = this.attributes.get(name);
    if (seen === 'busy') return unknown('value', 'functions that refer to each other', undefined, span);
    if (seen) return { ...seen, span };
    this.attributes.set(name, 'busy');
    const label = { label: known(`${what} of ${resource.logicalId}`) };
    const value =
      this.attributeOf(resource, attribute, this) ??
      symbol('cloudformation', `${this.template.source.file}#${name}`, label);
    const kept = isLong(value, MAX_LENGTH) ? unknown('value', `${name}, which is longer than any name`) : value;
    this.attributes.set(name, kept);
    return { ...kept, span };
  }

  private join(separator: string, list: Data, span: Span): Value {
    if (list.kind !== 'list') return concat([leafOf(list)], span);
    const parts = list.items.flatMap((item, i) => (i > 0 ? [known(separator), leafOf(item)] : [leafOf(item)]));
    return concat(parts, span);
  }

  private sub(argument: Node, span: Span): Value {
    const template = stringAt(argument) ?? stringAt(argument, 0) ?? '';
    const local = at(argument, 1);
    const parts: Value[] = [];
    let from = 0;
    for (const found of template.matchAll(/\$\{([^}]*)\}/g)) {
      parts.push(known(template.slice(from, found.index)));
      from = found.index + found[0].length;
      const name = found[1].trim();
      const own = at(local, name);
      if (name.startsWith('!')) parts.push(known(`\${${name.slice(1)}}`));
      else if (own) parts.push(this.leaf(own));
      else if (name.includes('.')) parts.push(this.getAtt({ kind: 'scalar', span, value: name, text: noText }, span));
      else parts.push(leafOf(this.ref(name, span)));
    }
    return concat([...parts, known(template.slice(from))], span);
  }

  private select(index: Node | undefined, list: Node | undefined, span: Span): Data {
    const at = Number(index && textOf(this.leaf(index)));
    const data = list && this.evaluate(list);
    const found = data?.kind === 'list' ? data.items[at] : undefined;
    return found ?? unknown('value', 'an item of a list that only the deployment knows', undefined, span);
  }

  /** Splits around symbols: an ARN that is known but for the account still has its parts. */
  private split(separator: Node | undefined, text: Node | undefined, span: Span): Data {
    const by = separator && textOf(this.leaf(separator));
    if (!by || !text) return malformed('Fn::Split', span);
    const value = this.leaf(text);
    const parts = value.kind === 'concat' ? value.parts : [value];
    const items: Value[][] = [[]];
    for (const part of parts) {
      const known_ = textOf(part);
      if (known_ === undefined) {
        items[items.length - 1].push(part);
        continue;
      }
      for (const [i, piece] of known_.split(by).entries()) {
        if (i > 0) items.push([]);
        items[items.length - 1].push(known(piece));
      }
    }
    return { kind: 'list', span, items: items.map((item) => concat(item, span)) };
  }

  /** A condition of the template by name. */
  condition(name: string): Truth {
    const node = at(this.template.conditions, name);
    const seen = this.truths.get(name);
    if (!node || seen === 'busy') return 'unknown';
    if (seen) return seen;
    this.truths.set(name, 'busy');
    const truth = this.truth(node);
    this.truths.set(name, truth);
    return truth;
  }

  private truth(node: Node): Truth {
    if (this.depth > MAX_STEPS) return 'unknown';
    this.depth++;
    try {
      return this.truthOf(node);
    } finally {
      this.depth--;
    }
  }

  private truthOf(node: Node): Truth {
    const call = node.kind === 'map' ? functionOf(node) : undefined;
    if (!call) return 'unknown';
    const parts = itemsAt(call.argument);
    switch (call.name) {
      case 'Condition':
        return this.condition(stringAt(call.argument) ?? '');
      case 'Fn::Equals':
        return parts.length === 2 ? equal(this.leaf(parts[0]), this.leaf(parts[1])) : 'unknown';
      case 'Fn::Not':
        return parts.length === 1 ? not(this.truth(parts[0])) : 'unknown';
      case 'Fn::And':
        return all(parts.map((part) => this.truth(part)));
      case 'Fn::Or':
        return any(parts.map((part) => this.truth(part)));
      default:
        return 'unknown';
    }
  }
}

/** The place of a joined value is that of its longest literal: it says more to a reader than the function's brace. */
function longestText(list: Node): Span | undefined {
  const texts = itemsAt(list).filter((item) => item.kind === 'scalar');
  return texts.reduce<Node | undefined>(
    (best, item) => (best && widthOf(best) >= widthOf(item) ? best : item),
    undefined,
  )?.span;
}

function widthOf({ span }: Node): number {
  return span.end - span.start;
}

/** What `AWS::NoValue` gives: the property is as if it had not been written. */
const NO_VALUE: Value = symbol('cloudformation', 'AWS::NoValue');

function isPresent(data: Data): boolean {
  return data !== NO_VALUE;
}

function malformed(name: string, span: Span): Value {
  return unknown('function', `the result of a malformed ${name}`, undefined, span);
}

const noText = () => {
  throw new Error('a name inside Fn::Sub has no text of its own');
};

function functionOf(node: MapNode): { name: string; argument: Node } | undefined {
  if (node.entries.size !== 1) return undefined;
  const [[name, { value }]] = node.entries;
  // `Condition` is also a key of IAM statements; the function takes the name of a condition.
  const isCondition = name === 'Condition' && value.kind === 'scalar';
  return name === 'Ref' || name.startsWith('Fn::') || isCondition ? { name, argument: value } : undefined;
}

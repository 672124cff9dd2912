import type { Node, Span } from '../../text';
import { listNode, mapNode, rawText, textNode, withEntry } from './nodes';
import { compile } from './selector';

/** Thrown when a path leads into a text that is YAML or JSON itself; the caller reports it as unsupported. */
export class StructuredText extends Error {}

/** `spec.containers.[name=nginx].image`, `metadata.annotations.[a.b/c]`, `spec.ports.0`, `a\.b`. */
export function splitPath(path: string): readonly string[] {
  const steps: string[] = [];
  const parts = path
    .replace(/^\./, '')
    .split(/(?<!\\)\./)
    .map((part) => part.replaceAll('\\.', '.'));
  for (let index = 0; index < parts.length; index++) {
    let step = parts[index];
    if (step.startsWith('[') && !step.endsWith(']')) {
      while (!step.endsWith(']') && index < parts.length - 1) step += `.${parts[++index]}`;
      steps.push(step.includes('=') ? step : step.replace(/^\[+|\]+$/g, ''));
    } else steps.push(step);
  }
  return steps;
}

interface Match {
  readonly field: string;
  readonly value: string;
}

/** `[name=value]`, or `[=value]` in a list of texts. */
function matchOf(step: string): Match | undefined {
  const found = /^\[([^=]*)=(.*)\]$/.exec(step);
  return found ? { field: found[1], value: found[2] } : undefined;
}

function isIndex(step: string): boolean {
  return /^\d+$/.test(step);
}

/** Reading: every step names exactly one thing. */
export function lookUp(node: Node, steps: readonly string[]): Node | undefined {
  let here: Node | undefined = node;
  for (const step of steps.filter((each) => each.trim() !== '')) {
    const match = matchOf(step);
    if (here?.kind === 'map' && !match) here = here.entries.get(step)?.value;
    else if (here?.kind === 'list' && match)
      here = here.items.find((item) => identityOf(item, match.field) === match.value);
    else if (here?.kind === 'list' && isIndex(step)) here = here.items[Number(step)];
    else if (here?.kind === 'list' && step === '-') here = here.items[here.items.length - 1];
    else return undefined;
  }
  return here;
}

function identityOf(item: Node, field: string): string | undefined {
  if (field === '') return item.kind === 'scalar' ? rawText(item) : undefined;
  const value = item.kind === 'map' ? item.entries.get(field)?.value : undefined;
  return value && rawText(value);
}

export interface PathChange {
  /** The value whose kind a missing field is made with; nothing is made without it. */
  readonly create: Node | undefined;
  readonly span: Span;
  readonly change: (old: Node) => Node;
}

/**
 * Writing: `*` and `[name=pattern]` may name several things.
 *
 * @returns the changed copy; undefined when there was nothing to change
 */
export function changePath(node: Node, steps: readonly string[], change: PathChange): Node | undefined {
  const [step, ...rest] = steps;
  if (step === undefined) return change.change(node);
  if (isIndex(step) && node.kind === 'list') return changeItem(node, Number(step), rest, change);
  const match = matchOf(step);
  if (match) return node.kind === 'list' ? changeMatching(node, match, rest, change) : undefined;
  if (step === '*') return node.kind === 'list' ? changeAll(node, rest, change) : undefined;
  if (node.kind !== 'map') return undefined;
  let field = node.entries.get(step)?.value;
  if (field?.kind === 'scalar' && field.value !== null && rest.length > 0) throw new StructuredText();
  if (!field && change.create) field = made(rest[0], change);
  const changed = field && changePath(field, rest, change);
  return changed && withEntry(node, step, changed, change.span);
}

/** An empty field of the kind that the next step asks for. */
function made(next: string | undefined, { create, span }: PathChange): Node {
  if (next !== undefined) return isIndex(next) || matchOf(next) || next === '*' ? listNode(span) : mapNode(span);
  if (create?.kind === 'map') return mapNode(span);
  return create?.kind === 'list' ? listNode(span) : textNode('', span);
}

type List = Node & { readonly kind: 'list' };

function changeItem(list: List, index: number, rest: readonly string[], change: PathChange): Node | undefined {
  const items = [...list.items];
  if (index === items.length && change.create) items.push(made(rest[0], change));
  const changed = items[index] && changePath(items[index], rest, change);
  if (!changed) return undefined;
  items[index] = changed;
  return { ...list, items };
}

function changeAll(list: List, rest: readonly string[], change: PathChange): Node | undefined {
  const changed = list.items.map((item) => changePath(item, rest, change));
  if (changed.every((item) => item === undefined)) return undefined;
  return { ...list, items: list.items.map((item, index) => changed[index] ?? item) };
}

function changeMatching(list: List, match: Match, rest: readonly string[], change: PathChange): Node | undefined {
  const pattern = compile(match.value, change.span);
  const matches = (item: Node) => {
    const value = identityOf(item, match.field);
    return value !== undefined && pattern.matcher(value).find();
  };
  if (list.items.some(matches)) {
    const changed = list.items.map((item) => (matches(item) ? changePath(item, rest, change) : undefined));
    if (changed.every((item) => item === undefined)) return undefined;
    return { ...list, items: list.items.map((item, index) => changed[index] ?? item) };
  }
  if (!change.create) return undefined;
  const value = textNode(match.value, change.span);
  const item = match.field === '' ? value : mapNode(change.span, [[match.field, value]]);
  const changed = changePath(item, rest, change);
  return changed && { ...list, items: [...list.items, changed] };
}

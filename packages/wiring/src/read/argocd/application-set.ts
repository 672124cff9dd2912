import type { KubeObject } from '../../model';
import type { Node, Span } from '../../text';
import { at, booleanAt, itemsAt, mapAt, stringAt } from '../access';
import { located } from '../kubernetes';
import type { Fill } from './application';

/** What a generator gives for one Application: `cluster`, `values.region`, `path.basename`. */
export type Parameters = ReadonlyMap<string, string>;

/** Directories that a glob of a git generator finds; `undefined`: its repository is not in the input. */
export type Directories = (repository: string | undefined, glob: string) => readonly string[] | undefined;

export interface Expansion {
  readonly template: Node;
  readonly fills: readonly Fill[];
}

export interface OpenGenerator {
  /** `generator clusters`. */
  readonly what: string;
  readonly span: Span;
}

/** More than anybody keeps in a list; a product of lists can be larger. */
const MAX_APPLICATIONS = 2000;

/**
 * The Applications of an ApplicationSet: generators `list`, `git` (directories) and `matrix` of these, whose parameters are
 * in the input. Source: https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/Generators/
 */
export function expand({ node }: KubeObject, directories: Directories): Expansion | OpenGenerator {
  const spec = at(node, 'spec');
  const template = at(spec, 'template');
  const patch = at(spec, 'templatePatch');
  if (!template || patch) return { what: 'templatePatch', span: patch?.span ?? node.span };
  const all: Parameters[] = [];
  for (const generator of itemsAt(spec, 'generators')) {
    const found = generate(generator, directories);
    if ('what' in found) return found;
    all.push(...found);
  }
  const isGo = booleanAt(spec, 'goTemplate') === true;
  return { template, fills: all.slice(0, MAX_APPLICATIONS).map((given) => (text) => filled(text, given, isGo)) };
}

function generate(generator: Node, directories: Directories): readonly Parameters[] | OpenGenerator {
  const kind = [...(mapAt(generator)?.entries.keys() ?? [])].find((key) => key !== 'selector') ?? '';
  const open: OpenGenerator = { what: `generator ${kind}`, span: generator.span };
  // Either takes some away, or changes the template for its own.
  if (at(generator, 'selector') || at(generator, kind, 'template')) return open;
  if (kind === 'list') return listed(generator) ?? open;
  if (kind === 'git') return found(at(generator, 'git'), directories) ?? open;
  if (kind !== 'matrix') return open;
  let product: readonly Parameters[] = [new Map()];
  for (const inner of itemsAt(generator, 'matrix', 'generators')) {
    const right = generate(inner, directories);
    if ('what' in right) return right;
    if (product.length * right.length > MAX_APPLICATIONS) return open;
    product = product.flatMap((left) => right.map((one) => new Map([...left, ...one])));
  }
  return product;
}

function listed(generator: Node): readonly Parameters[] | undefined {
  // A text that another generator gives.
  if (at(generator, 'list', 'elementsYaml')) return undefined;
  return itemsAt(generator, 'list', 'elements').map((element) => {
    const flat = new Map<string, string>();
    flatten(element, '', flat);
    return flat;
  });
}

function flatten(node: Node, prefix: string, into: Map<string, string>): void {
  if (node.kind === 'scalar') {
    into.set(prefix, `${node.value ?? ''}`);
    return;
  }
  if (node.kind !== 'map') return;
  for (const [key, { value }] of node.entries) flatten(value, prefix === '' ? key : `${prefix}.${key}`, into);
}

function found(git: Node | undefined, directories: Directories): readonly Parameters[] | undefined {
  const repository = located(git, 'repoURL')?.value;
  const globs = itemsAt(git, 'directories');
  if (globs.length === 0 || at(git, 'values') || at(git, 'pathParamPrefix')) return undefined;
  const chosen = new Set<string>();
  for (const excluded of [false, true]) {
    for (const item of globs.filter((glob) => (booleanAt(glob, 'exclude') ?? false) === excluded)) {
      const some = directories(repository, stringAt(item, 'path') ?? '');
      if (!some) return undefined;
      for (const one of some) {
        if (excluded) chosen.delete(one);
        else chosen.add(one);
      }
    }
  }
  return [...chosen].map((path) => {
    const segments = path.split('/');
    const base = segments[segments.length - 1];
    return new Map([
      ['path', path],
      ['path.path', path],
      ['path.basename', base],
      ['path.basenameNormalized', base.toLowerCase().replace(/[^a-z0-9.-]/g, '-')],
      ...segments.map((segment, index): [string, string] => [`path[${index}]`, segment]),
      ...segments.map((segment, index): [string, string] => [`index .path.segments ${index}`, segment]),
    ]);
  });
}

function filled(text: string, given: Parameters, isGo: boolean): string | undefined {
  let isOpen = false;
  const out = text.replace(/\{\{-?\s*(.*?)\s*-?\}\}/g, (_, expression: string) => {
    const name = isGo ? expression.replace(/^\./, '') : expression;
    const value = isGo && !expression.startsWith('.') && !expression.startsWith('index ') ? undefined : given.get(name);
    if (value === undefined) isOpen = true;
    return value ?? '';
  });
  return isOpen ? undefined : out;
}

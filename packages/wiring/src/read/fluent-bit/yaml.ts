import { type Entry, type MapNode, MappedText, type Node, type ScalarNode, type Span } from '../../text';
import { readYaml } from '../yaml';
import { kindOf } from './model';
import { type Files, included, type RawConfig, type RawGroup, type RawProperty, type RawSection } from './raw';

const MAX_INCLUDES = 64;
const PIPELINE = new Set(['inputs', 'filters', 'outputs']);
/** Their value is a tree of its own, not a property; what it holds is not examined. */
const TREES = new Set(['routes', 'telemetry']);

interface Context {
  readonly files: Files;
  readonly into: RawConfig;
  readonly included: Set<string>;
}

/** The YAML format. Sections that Fluent Bit would refuse are problems; what stands beside them is still read. */
export function readYamlFormat(text: MappedText, files: Files, into: RawConfig): void {
  readFile(text, { files, into, included: new Set() });
}

function readFile(text: MappedText, context: Context): void {
  const { documents, problems } = readYaml(text);
  context.into.problems.push(...problems);
  for (const document of documents) {
    if (document.kind === 'map') for (const [title, entry] of document.entries) readSection(title, entry, context);
    else fail(context, 'expected a map of sections', document.span);
  }
}

function fail(context: Context, message: string, span: Span): void {
  context.into.problems.push({ code: 'fluent-bit-syntax', message, span });
}

function readSection(title: string, entry: Entry, context: Context): void {
  const { value } = entry;
  switch (title.toLowerCase()) {
    case 'env':
      readEnv(value, context);
      return;
    case 'includes':
      readIncludes(value, context);
      return;
    case 'pipeline':
      readPipeline(value, context);
      return;
    case 'parsers':
    case 'multiline_parsers':
    case 'customs':
    case 'stream_processor':
    case 'upstream_servers':
      readList(title, entry, context);
      return;
    case 'plugins':
      readPlugins(title, entry, context);
      return;
    default:
      if (value.kind !== 'map') {
        fail(context, `expected a map of properties in "${title}"`, value.span);
        return;
      }
      context.into.sections.push(section(title, value, entry.key, context));
  }
}

function readPipeline(value: Node, context: Context): void {
  if (value.kind !== 'map') {
    fail(context, 'expected inputs, filters and outputs in "pipeline"', value.span);
    return;
  }
  for (const [title, entry] of value.entries) {
    if (PIPELINE.has(title.toLowerCase())) readList(title, entry, context);
    else fail(context, `"${title}" is no part of a pipeline; there are inputs, filters and outputs`, entry.key);
  }
}

function readList(title: string, { value }: Entry, context: Context): void {
  if (value.kind !== 'list') {
    fail(context, `expected a list in "${title}"`, value.span);
    return;
  }
  for (const item of value.items) {
    if (item.kind === 'map') context.into.sections.push(section(title, item, item.span, context));
    else fail(context, `expected a map of properties in "${title}"`, item.span);
  }
}

/** `env: {NAME: value}`, or a list of `{name, value}`. */
function readEnv(value: Node, context: Context): void {
  const { variables, unsupported } = context.into;
  if (value.kind === 'map') {
    for (const [name, entry] of value.entries) {
      if (entry.value.kind === 'scalar') variables.push({ name, text: entry.value.text() });
      else fail(context, `expected a text as the value of the variable "${name}"`, entry.value.span);
    }
  } else if (value.kind === 'list') {
    for (const item of value.items) {
      const name = scalar(item, 'name');
      const content = scalar(item, 'value');
      const file = scalar(item, 'uri');
      if (file && name) unsupported.push({ kind: 'variable-from-file', what: file.text().text, span: file.span });
      else if (name && content) variables.push({ name: name.text().text, text: content.text() });
      else fail(context, 'expected name and value of a variable', item.span);
    }
  } else fail(context, 'expected a map of variables in "env"', value.span);
}

function scalar(node: Node, key: string): ScalarNode | undefined {
  const value = node.kind === 'map' ? node.entries.get(key)?.value : undefined;
  return value?.kind === 'scalar' ? value : undefined;
}

function readIncludes(value: Node, context: Context): void {
  if (value.kind !== 'list') {
    fail(context, 'expected a list of paths in "includes"', value.span);
    return;
  }
  for (const item of value.items) {
    if (item.kind !== 'scalar') {
      fail(context, 'expected a path in "includes"', item.span);
      continue;
    }
    const path = item.text().text;
    if (context.included.has(path)) {
      fail(context, `"${path}" is included twice`, item.span);
      continue;
    }
    let isFound = false;
    for (const one of included(path, context.files)) {
      const known = context.included.size >= MAX_INCLUDES ? undefined : context.files.include(one);
      if (!known || context.included.has(one)) continue;
      isFound = true;
      context.included.add(one);
      readFile(known, context);
    }
    if (!isFound) context.into.unsupported.push({ kind: 'include', what: path, span: item.span });
  }
}

function readPlugins(title: string, { key, value }: Entry, context: Context): void {
  if (value.kind !== 'list') {
    fail(context, 'expected a list of paths in "plugins"', value.span);
    return;
  }
  const properties = value.items
    .filter((item): item is ScalarNode => item.kind === 'scalar')
    .map((item) => ({ ...named('path', item.span), text: item.text() }));
  context.into.sections.push({ kind: 'plugins', title, span: key, properties, groups: [] });
}

function section(title: string, map: MapNode, span: Span, context: Context): RawSection {
  const properties: RawProperty[] = [];
  const groups: RawGroup[] = [];
  for (const [written, { key, value }] of map.entries) {
    if (value.kind === 'scalar') properties.push({ ...named(written, key), text: value.text() });
    else if (!mayHold(title, written, value)) fail(context, `expected a text as the value of "${written}"`, value.span);
    else if (TREES.has(written)) groups.push({ name: written, span: key, properties: [] });
    else if (written === 'processors') groups.push(...processors(value));
    else if (value.kind === 'map') groups.push({ name: written, span: key, properties: scalars(value) });
    else if (written === 'rules') groups.push(...value.items.flatMap((item) => group('rule', item)));
    else properties.push(...listed(written, key, value.items, context));
  }
  return { kind: kindOf(title), title, span, properties, groups };
}

/** Plugins take lists and maps; of the other sections only some do, each in its own way. */
function mayHold(title: string, property: string, value: Node): boolean {
  switch (kindOf(title)) {
    case 'service':
      return value.kind === 'map';
    case 'multiline_parser':
      return value.kind === 'list' && property === 'rules';
    case 'parser':
    case 'stream_processor':
      return false;
    case 'other':
      return title.toLowerCase() === 'extensions';
    default:
      return true;
  }
}

/** A list is the same property several times. */
function listed(written: string, key: Span, items: readonly Node[], context: Context): RawProperty[] {
  return items.flatMap((item) => {
    if (item.kind === 'scalar') return [{ ...named(written, key), text: item.text() }];
    fail(context, `expected texts in the list "${written}"`, item.span);
    return [];
  });
}

/** `processors: {logs: [{name: …}]}`, one group each, named by its signal. */
function processors(value: Node): RawGroup[] {
  if (value.kind !== 'map') return [];
  return [...value.entries].flatMap(([signal, { value: list }]) =>
    list.kind === 'list' ? list.items.flatMap((item) => processor(`processors.${signal}`, item)) : [],
  );
}

/** A processor takes lists as a filter does; of a tree, such as its condition, only that it is there is kept. */
function processor(name: string, node: Node): RawGroup[] {
  if (node.kind !== 'map') return [];
  const properties = [...node.entries].flatMap(([written, { key, value }]): readonly RawProperty[] => {
    const texts = value.kind === 'list' ? value.items : [value];
    return texts.map((one) => ({
      ...named(written, key),
      text: one.kind === 'scalar' ? one.text() : MappedText.derived('', one.span),
    }));
  });
  return [{ name, span: node.span, properties }];
}

function group(name: string, node: Node): RawGroup[] {
  return node.kind === 'map' ? [{ name, span: node.span, properties: scalars(node) }] : [];
}

function scalars(map: MapNode): RawProperty[] {
  return [...map.entries].flatMap(([written, { key, value }]) =>
    value.kind === 'scalar' ? [{ ...named(written, key), text: value.text() }] : [],
  );
}

function named(written: string, keySpan: Span): Omit<RawProperty, 'text'> {
  return { written, key: normalKey(written), keySpan };
}

/** `memBufLimit` is `mem_buf_limit`; a key with an underscore or a capital first letter only loses its case. */
function normalKey(written: string): string {
  if (!/^[a-z]/.test(written) || written.includes('_')) return written.toLowerCase();
  return written.replace(/(?!^)[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
}

import { textOf } from '../../model';
import { type FluentBitGroup, FluentBitSection } from '../../read/fluent-bit';
import { filterOf } from './filters';
import { type Filter, type Flow, type FlowContext, goesOn, lacking } from './flow';
import { CONTENT, eitherOf, find, type LogRecord, loosened, MAYBE, text, withField, without } from './record';
import { logRegex } from './regex';

/**
 * What the processors of an input or an output make of its logs, one after the other. A processor is a filter that asks
 * for no tag, or a plugin of its own kind (Fluent Bit manual, "Processors"; src/flb_processor.c).
 */
export function throughProcessors(start: Flow, owner: FluentBitSection, context: FlowContext): Flow {
  let flow = start;
  for (const section of processorsOf(owner)) {
    if (flow.dropped) return flow;
    flow = processed(flow, section, context);
  }
  return flow;
}

export function hasProcessors(owner: FluentBitSection): boolean {
  return processorsOf(owner).length > 0;
}

/** Does the input say itself which outputs its records go to? */
export function hasRoutes(input: FluentBitSection): boolean {
  return input.groups.some(({ name }) => name === 'routes');
}

const made = new WeakMap<FluentBitGroup, FluentBitSection>();

function processorsOf({ groups }: FluentBitSection): readonly FluentBitSection[] {
  return groups
    .filter(({ name }) => name === 'processors.logs')
    .map((group) => {
      const before = made.get(group);
      if (before) return before;
      const section = new FluentBitSection('filter', 'processor', group.properties, [], group.span);
      made.set(group, section);
      return section;
    });
}

function processed(flow: Flow, section: FluentBitSection, context: FlowContext): Flow {
  const plugin = textOf(section.get('name')?.value)?.toLowerCase() ?? '';
  const { flow: next, emitted = [] } = (PROCESSORS.get(plugin) ?? filterOf(plugin))(flow, section, context);
  if (!next || emitted.length > 0) {
    return lacking(flow, { kind: 'tag', what: `not examined by this version: processor ${plugin}` });
  }
  if (!section.get('condition') || plugin === 'modify') return next;
  // Of some records only: either may arrive.
  return { ...flow, missing: next.missing, record: eitherOf(flow.record, next.record) };
}

/** Contexts of the record itself; others are metadata, or parts of records that OpenTelemetry brings. */
const BODY = new Set(['body', 'message', 'record']);

const contentModifier: Filter = (flow, section) => {
  const option = (key: string) => textOf(section.get(key)?.value);
  const [action, key, value] = [option('action')?.toLowerCase(), option('key'), option('value')];
  if (!BODY.has(option('context')?.toLowerCase() ?? 'body')) return goesOn(flow);
  if (action === undefined || key === undefined) return goesOn(flow, { record: loosened(flow.record) });
  const record = modified(flow.record, action, key, value, option('pattern'));
  // What stands in the line is no longer what containerd wrote.
  return goesOn(flow, { record, isRaw: flow.isRaw && find(record, ['log']).isThere === 'yes' });
};

function modified(
  record: LogRecord,
  action: string,
  key: string,
  value: string | undefined,
  pattern: string | undefined,
): LogRecord {
  const { isThere, field } = find(record, [key]);
  switch (action) {
    case 'insert':
      if (isThere === 'yes') return record;
      return withField(record, key, isThere === 'no' && value !== undefined ? text(value) : CONTENT);
    case 'upsert':
      return withField(record, key, value === undefined ? CONTENT : text(value));
    case 'delete':
      return without(record, (one) => one === key);
    case 'rename': {
      if (isThere === 'no' || value === undefined) return record;
      // Behind a rename the same key may stand in a record twice.
      if (find(record, [value]).isThere !== 'no')
        return withField(
          without(record, (one) => one === key),
          value,
          MAYBE,
        );
      return withField(
        without(record, (one) => one === key),
        value,
        isThere === 'yes' && field ? field : MAYBE,
      );
    }
    case 'hash':
    case 'convert':
      return isThere === 'no' ? record : withField(record, key, isThere === 'yes' ? CONTENT : MAYBE);
    case 'extract': {
      if (isThere === 'no' || pattern === undefined || !logRegex(pattern)) return { ...record, isOpen: true };
      const names = [...pattern.matchAll(/\(\?<([A-Za-z_]\w*)>/g)].map(([, name]) => name);
      return names.reduce((made, name) => withField(made, name, MAYBE), record);
    }
    default:
      return loosened(record);
  }
}

/** They have to do with metrics or traces only. */
const passes: Filter = (flow) => goesOn(flow);

const PROCESSORS: ReadonlyMap<string, Filter> = new Map([
  ['content_modifier', contentModifier],
  ['labels', passes],
  ['metrics_selector', passes],
  ['cumulative_to_delta', passes],
  ['tda', passes],
]);

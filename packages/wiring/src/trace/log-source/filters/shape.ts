import { textOf } from '../../../model';
import type { FluentBitProperty } from '../../../read/fluent-bit';
import { type Filter, goesOn, lacking, saw } from '../flow';
import { fitOf, isOn } from '../parsers';
import {
  CONTENT,
  eitherOf,
  type Field,
  find,
  type LogRecord,
  loosened,
  MAYBE,
  text,
  withField,
  without,
} from '../record';

/** Words of a value, as the plugin's list of that many items. */
function words({ value }: FluentBitProperty, count: number): readonly string[] | undefined {
  const written = textOf(value)?.trim();
  if (written === undefined) return undefined;
  const found = written.split(/\s+/);
  return found.length < count ? undefined : [...found.slice(0, count - 1), found.slice(count - 1).join(' ')];
}

export const recordModifier: Filter = (flow, section) => {
  let { record } = flow;
  for (const property of section.properties) {
    const { key } = property;
    if (key === 'record') {
      const [name, value] = words(property, 2) ?? [];
      if (name !== undefined) record = withField(record, name, text(value));
    } else if (key === 'remove_key') {
      record = without(record, (one) => one === textOf(property.value));
    }
  }
  const allowed = ['allowlist_key', 'whitelist_key']
    .flatMap((key) => section.all(key))
    .map(({ value }) => textOf(value));
  if (allowed.length > 0) record = without(record, (one) => !allowed.includes(one));
  // A record that would be left without a key is left alone (plugins/filter_record_modifier/filter_modifier.c).
  if (record.fields.size === 0 && !record.isOpen) return goesOn(flow);
  return goesOn(flow, { record });
};

/** Changes of `modify`, in the order that they stand in; with a condition, all of them are a maybe. */
export const modify: Filter = (flow, section) => {
  const isConditional = section.get('condition') !== undefined;
  let { record } = flow;
  for (const property of section.properties) {
    const changed = modified(record, property);
    if (!changed) continue;
    record = isConditional ? eitherOf(record, changed) : changed;
  }
  return goesOn(flow, { record });
};

function modified(record: LogRecord, property: FluentBitProperty): LogRecord | undefined {
  const all = words(property, 2) ?? [];
  const [first, second] = all;
  const one = textOf(property.value)?.trim() ?? '';
  switch (property.key) {
    case 'set':
      return first === undefined ? undefined : withField(record, first, text(second));
    case 'add':
      if (first === undefined || find(record, [first]).isThere === 'yes') return undefined;
      return withField(record, first, find(record, [first]).isThere === 'no' ? text(second) : CONTENT);
    case 'remove':
      return without(record, (key) => key === one);
    case 'remove_wildcard':
      return without(record, (key) => key.startsWith(one.replace(/\*$/, '')));
    case 'rename':
    case 'hard_rename':
    case 'copy':
    case 'hard_copy':
      return moved(record, first, second, property.key);
    case 'remove_regex':
    case 'move_to_start':
    case 'move_to_end':
      return property.key === 'remove_regex' ? loosened(record) : undefined;
    default:
      return undefined;
  }
}

function moved(
  record: LogRecord,
  from: string | undefined,
  to: string | undefined,
  how: string,
): LogRecord | undefined {
  if (from === undefined || to === undefined) return undefined;
  const { isThere, field } = find(record, [from]);
  if (isThere === 'no') return undefined;
  const target = find(record, [to]).isThere;
  if (target === 'yes' && !how.startsWith('hard')) return undefined;
  const value: Field = isThere === 'yes' && field && (target === 'no' || how.startsWith('hard')) ? field : MAYBE;
  const put = withField(record, to, value);
  return how.endsWith('copy') ? put : without(put, (key) => key === from);
}

/** Moves keys into a map, or the keys of a map out of it. */
export const nest: Filter = (flow, section) => {
  const operation = textOf(section.get('operation')?.value)?.toLowerCase();
  const under = textOf(section.get(operation === 'lift' ? 'nested_under' : 'nest_under')?.value);
  const prefix = textOf(section.get('add_prefix')?.value) ?? '';
  const removed = textOf(section.get('remove_prefix')?.value);
  if (under === undefined || removed !== undefined) return goesOn(flow, { record: loosened(flow.record) });
  const { record } = flow;
  if (operation === 'lift') {
    const { isThere, field } = find(record, [under]);
    if (isThere === 'no') return goesOn(flow);
    if (field?.kind !== 'map') return goesOn(flow, { record: { ...withField(record, under, MAYBE), isOpen: true } });
    let next = without(record, (key) => key === under);
    for (const [key, value] of field.record.fields) next = withField(next, `${prefix}${key}`, value);
    return goesOn(flow, { record: { ...next, isOpen: next.isOpen || field.record.isOpen } });
  }
  const wildcards = section.all('wildcard').map(({ value }) => textOf(value) ?? '');
  const isMoved = (key: string) =>
    wildcards.some((one) => (one.endsWith('*') ? key.startsWith(one.slice(0, -1)) : key === one));
  const inner = [...record.fields]
    .filter(([key]) => isMoved(key))
    .map(([key, value]) => [`${prefix}${key}`, value] as const);
  const rest = without(record, isMoved);
  if (inner.length === 0 && !record.isOpen) return goesOn(flow);
  return goesOn(flow, {
    record: withField(rest, under, { kind: 'map', record: { fields: new Map(inner), isOpen: record.isOpen } }),
  });
};

/** Parses the text of one key; what it does not match stays as it is. */
export const parser: Filter = (flow, section, { parsers }) => {
  const key = textOf(section.get('key_name')?.value);
  const names = section.all('parser').map(({ value }) => textOf(value) ?? '');
  const found = names.map((name) => parsers.parsers.get(name));
  if (key === undefined || find(flow.record, [key]).isThere === 'no') return goesOn(flow);
  const keepsOthers = isOn(textOf(section.get('reserve_data')?.value));
  const keepsKey = isOn(textOf(section.get('preserve_key')?.value));
  if (flow.isRaw && key === 'log') {
    // The line as containerd wrote it: what was not parsed by the input is parsed here.
    const fits = found.map((one) => one && fitOf(one)).find((one) => one?.kind === 'fits');
    if (fits?.kind === 'fits') {
      const fields = new Map<string, Field>(fits.keys.map((name) => [name, CONTENT]));
      const kept = keepsOthers ? [...without(flow.record, (one) => one === 'log' && !keepsKey).fields] : [];
      return goesOn(saw(flow, `filter parser ${names.join(', ')} takes the lines of containerd apart`, section.span), {
        isRaw: false,
        record: { fields: new Map([...kept, ...fields]), isOpen: flow.record.isOpen },
      });
    }
  }
  const record = keepsOthers ? flow.record : loosened(flow.record);
  return goesOn(flow, {
    record: { ...withField(record, key, keepsKey ? (record.fields.get(key) ?? MAYBE) : MAYBE), isOpen: true },
  });
};

/** A filter that may do anything with a record. */
export const script: Filter = (flow, section) => {
  const plugin = textOf(section.get('name')?.value) ?? 'a filter';
  return goesOn(
    lacking({ ...flow, record: loosened(flow.record) }, { kind: 'script', what: `what ${plugin} makes of a record` }),
  );
};

/** Adds keys of its own, and leaves the rest alone. */
export const adds: Filter = (flow) => goesOn(flow, { record: { ...flow.record, isOpen: true } });

/** Changes nothing that matters here. */
export const passes: Filter = (flow) => goesOn(flow);

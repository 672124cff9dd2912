import { concat, describe, equal, known, type LogGroup, textOf, unknown, type Value, type World } from '../../model';
import { readFilterPattern } from '../../read/filter-pattern';
import { type InsightsQuery, readInsights } from '../../read/insights';
import type { MappedText, Span } from '../../text';
import { blocked, type Hop, HopBuilder } from '../path';
import { fieldsHop } from './fields';
import { askedGroups } from './groups';
import type { AskedGroup, LogQuery } from './query';
import { LogStore } from './store';

/** What is to be said of a question, and what it is asked of. */
export interface JudgedQuery {
  /** `log-group`, `query`, `fields`. */
  readonly hops: readonly Hop[];
  readonly groups: readonly LogGroup[];
  /** Names of the groups, with or without somebody who makes them. */
  readonly names: readonly Value[];
  readonly region: Value;
}

/** Follows a question to the events that it is asked of. */
export function judgeInsights(query: LogQuery, world: World): JudgedQuery {
  const read = READERS[query.language]?.(query.text);
  const { groups, what } = groupsOf(query, read);
  const asked = askedGroups(query, groups, world);
  const target = { groups: asked.groups, names: asked.names, region: query.region };
  if (!read) {
    const other = { kind: 'not-examined', what: `not examined by this version: questions in ${query.language}` };
    const open = (kind: string) => new HopBuilder(kind, what, query.owner).lacks(other).build();
    return { ...target, hops: [asked.hop, open('query'), open('fields')] };
  }
  const parsed = queryHop(query, read);
  const plain = asked.groups.filter(({ storageClass }) => !storageClass || equal(storageClass, STANDARD) !== 'no');
  const isBare = asked.groups.length > 0 && plain.length === 0 && asked.groups.length === asked.names.length;
  const store = storeOf(asked.names, isBare ? asked.groups[0] : undefined, world);
  const fields =
    asked.hop.status === 'broken' || asked.names.length === 0
      ? blocked('fields', what, query.owner, 'log-group')
      : fieldsHop(query, read, asked.names, store);
  return { ...target, hops: [asked.hop, parsed, fields] };
}

const READERS: Readonly<Partial<Record<LogQuery['language'], (text: MappedText) => InsightsQuery>>> = {
  CWLI: readInsights,
  filter: readFilterPattern,
};

const STANDARD: Value = { kind: 'known', value: 'STANDARD' };

const stores = new WeakMap<World, Map<string, LogStore>>();

/** Thousands of panels ask the same few groups. */
function storeOf(names: readonly Value[], bare: LogGroup | undefined, world: World): LogStore {
  const known = stores.get(world) ?? new Map<string, LogStore>();
  stores.set(world, known);
  const key = JSON.stringify([names.map(describe), bare !== undefined]);
  const store = known.get(key) ?? new LogStore(names, bare, world);
  known.set(key, store);
  return store;
}

/** The groups that are given, or those that the question names itself. */
function groupsOf(query: LogQuery, read: InsightsQuery | undefined): { groups: readonly AskedGroup[]; what: string } {
  const named = (read?.commands ?? []).flatMap((command) => (command.kind === 'source' ? (command.groups ?? []) : []));
  const own = named.map(({ text, span }): AskedGroup => ({ name: valueIn(text, span, query), span }));
  const groups = own.length > 0 ? own : query.groups;
  return { groups, what: `log group ${groups.map(({ name }) => textOf(name) ?? '').join(', ')}` };
}

/** A text of the question, with the values of the template put back in. */
function valueIn(text: string, span: Span, { symbols = [] }: LogQuery): Value {
  const parts = text.split(/\uFFFC(\d*)\uFFFC/);
  return concat(
    parts.map((part, index) => (index % 2 === 0 ? known(part) : (symbols[Number(part)] ?? variable(text)))),
    span,
  );
}

function variable(text: string): Value {
  return unknown('variable', `what ${text.replaceAll('\uFFFC', '…')} is once its variables have values`);
}

function queryHop(query: LogQuery, { problems, doubts, commands }: InsightsQuery): Hop {
  const hop = new HopBuilder('query', query.owner, 'CloudWatch Logs Insights');
  const [problem] = problems;
  if (problem && query.open)
    hop.lacks({ kind: 'query', what: `what ${query.owner} asks once its variables have values` });
  else if (problem) {
    hop.breaks({
      claim: 'log-query-is-readable',
      message: `CloudWatch cannot read what ${query.owner} asks: ${problem.message}`,
      span: problem.span ?? query.span,
      related: [],
      ...(problem.help && { help: problem.help }),
    });
  }
  for (const { what } of doubts) hop.lacks({ kind: 'query', what: `whether CloudWatch takes ${what}` });
  if (problems.length + doubts.length === 0) {
    hop.saw(`CloudWatch takes it: ${commands.map(({ kind }) => kind).join(' | ')}`, query.span);
  }
  return hop.build();
}

import { type Dashboard, type DashboardVariable, textOf, type World } from '../../model';
import type { MappedText } from '../../text';
import { type Break, blocked, type Hop, HopBuilder, type Path } from '../path';
import type { Lookup } from './asked';
import type { QueryJudge } from './judge';
import { arrivalHop, parseHop, verdictHop } from './metrics-panel';
import { isPrometheus } from './plugins';
import type { ResolvedSource } from './resolved-source';
import { permission, storeOf, tailOf } from './tail';

interface Surroundings {
  readonly world: World;
  readonly judge: QueryJudge;
}

/** Variables whose values are asked of Prometheus: without one of them, panels show nothing. */
export function variablePaths(
  dashboard: Dashboard,
  name: string,
  lookup: Lookup,
  surroundings: Surroundings,
): readonly Path[] {
  return dashboard.variables.flatMap((variable) => {
    if (variable.type !== 'query' || !variable.query) return [];
    const found = lookup.find(variable.dataSource);
    if (found.kind === 'broken') return [unfound(variable, dashboard, name, found.broken, surroundings.world)];
    if (found.kind !== 'sources') return [];
    return found.sources.flatMap((source) => ofVariable(variable, dashboard, name, source, surroundings) ?? []);
  });
}

function unfound(
  variable: DashboardVariable,
  dashboard: Dashboard,
  name: string,
  broken: Break,
  { name: world }: World,
): Path {
  const who = `variable ${variable.name} of ${dashboard.label}`;
  return {
    id: `dashboards:${world}:${name}/$${variable.name}`,
    world,
    signal: 'dashboards',
    source: { kind: 'store', name: 'unknown' },
    sink: { kind: 'variable', id: who },
    hops: [
      blocked('query', 'a store', who, 'data-source'),
      new HopBuilder('data-source', who, 'a data source').breaks(broken).build(),
    ],
  };
}

/** Functions of Grafana's plugin for Prometheus (https://grafana.com/docs/grafana/latest/datasources/prometheus/template-variables/). */
const LABEL_VALUES = /^\s*label_values\s*\(\s*(?:([\s\S]*\S)\s*,)?\s*([A-Za-z_]\w*)\s*\)\s*$/;
const QUERY_RESULT = /^\s*query_result\s*\(([\s\S]*)\)\s*$/;
const OTHERS = /^\s*(?:label_names|metrics)\s*\(/;

function ofVariable(
  variable: DashboardVariable,
  dashboard: Dashboard,
  name: string,
  resolved: ResolvedSource,
  { world, judge }: Surroundings,
): Path | undefined {
  const type = resolved.source.type && textOf(resolved.source.type);
  if (!variable.query || type === undefined) return undefined;
  if (type === 'cloudwatch' && LABEL_VALUES.test(variable.query.text().text)) {
    const broken: Break = {
      claim: 'data-source-fits-panel',
      message: `variable ${variable.name} of ${dashboard.label} asks for values of a label, and ${resolved.source.label} is of type ${type}`,
      span: variable.query.span,
      related: [{ span: resolved.source.span, message: `${resolved.source.label} is made here` }],
    };
    return unfound(variable, dashboard, name, broken, world);
  }
  if (!isPrometheus(type)) return undefined;
  const { store, hops, place } = tailOf(resolved, world);
  if (!store.isAmazon) return undefined;
  const who = `variable ${variable.name} of ${dashboard.label}`;
  const asked = hopsOf(variable.query.text(), { who, store, judge });
  const source = new HopBuilder('data-source', who, resolved.source.label)
    .saw(`${who} reads ${resolved.source.label}`, variable.dataSource?.span ?? variable.span)
    .build();
  const asks = asked.actions.map((action) => permission(resolved, store, place, [action], world));
  const mayAsk = asks.find(({ status }) => status !== 'broken') ?? asks[0];
  return {
    id: `dashboards:${world.name}:${name}/$${variable.name}:${textOf(resolved.source.uid) ?? resolved.source.label}`,
    world: world.name,
    signal: 'dashboards',
    source: storeOf(store, resolved),
    sink: { kind: 'variable', id: who },
    hops: [...asked.hops, source, ...hops.filter(({ kind }) => kind !== 'permission'), mayAsk],
  };
}

function unclosed(text: MappedText, { who, store }: Parameters<typeof arrivalHop>[1]): Hop {
  const hop = new HopBuilder('query', who, 'PromQL');
  const what = `${text.text.trim().slice(0, 60)} has no bracket at its end`;
  if (!store.isAmazon) return hop.lacks({ kind: 'query', what: `whether its store takes it: ${what}` }).build();
  const message = `${who} asks what Prometheus cannot read: ${what}`;
  return hop.breaks({ claim: 'panel-query-parses', message, span: text.whole, related: [] }).build();
}

interface AskedLabels {
  readonly hops: readonly Hop[];
  /** What is called: one of these, which of them the version of Grafana decides. */
  readonly actions: readonly string[];
}

const LABELS = ['aps:GetLabels'];
/** Older versions ask for series, newer ones for labels. */
const SERIES = ['aps:GetLabels', 'aps:GetSeries'];
const QUERY = ['aps:QueryMetrics'];

function hopsOf(text: MappedText, asked: Parameters<typeof arrivalHop>[1]): AskedLabels {
  const { who, store, judge } = asked;
  const from = store.workspace?.label ?? 'a workspace';
  const values = LABEL_VALUES.exec(text.text);
  if (values?.[1] !== undefined) {
    const start = text.text.indexOf(values[1]);
    const { hop, query } = parseHop(text.slice(start, start + values[1].length), asked);
    const at = text.text.lastIndexOf(values[2]);
    const label = { text: values[2], span: text.span(at, at + values[2].length), isOpen: false };
    const metrics =
      query && store.workspace
        ? verdictHop(judge.label(query, label, store.workspace), from, who)
        : arrivalHop(query, asked);
    return { hops: [hop, metrics], actions: SERIES };
  }
  if (values || OTHERS.test(text.text)) {
    const seen = (kind: string) => new HopBuilder(kind, from, who).saw('it lists labels', text.whole).build();
    return { hops: [seen('query'), seen('metrics')], actions: LABELS };
  }
  // What does not end as it begins is asked as it stands, and no series is called so.
  if (/^\s*(?:label_values|query_result|label_names|metrics)\s*\(/.test(text.text) && !/\)\s*$/.test(text.text)) {
    return { hops: [unclosed(text, asked)], actions: QUERY };
  }
  const inner = QUERY_RESULT.exec(text.text)?.[1];
  if (inner === undefined) {
    const missing = { kind: 'not-examined', what: `not examined by this version: ${text.text.slice(0, 60)}` };
    return { hops: [new HopBuilder('query', who, 'PromQL').lacks(missing).build()], actions: QUERY };
  }
  const start = text.text.indexOf(inner);
  const { hop, query } = parseHop(text.slice(start, start + inner.length), asked);
  return { hops: [hop, arrivalHop(query, asked)], actions: QUERY };
}

import {
  type Dashboard,
  type DashboardVariable,
  type DataSourceRef,
  equal,
  known,
  type Missing,
  type Truth,
  textOf,
  type World,
} from '../../model';
import type { Span } from '../../text';
import { logRegex } from '../log-source/regex';
import type { Break } from '../path';
import { shareGrafana } from './places';
import { AMAZON, BY_VERSION, CORE, isPrometheus } from './plugins';
import { type ResolvedSource, sourcesOf } from './resolved-source';

/** What a panel's way of naming a data source comes to. */
export type Found =
  | { readonly kind: 'sources'; readonly sources: readonly ResolvedSource[]; readonly says: string }
  /** Grafana itself, or another panel. */
  | { readonly kind: 'built-in' }
  /** Each query names its own. */
  | { readonly kind: 'mixed' }
  | { readonly kind: 'open'; readonly missing: Missing }
  | { readonly kind: 'broken'; readonly broken: Break };

interface Asking {
  readonly dashboard: Dashboard;
  /** The panel or variable, for a report. */
  readonly who: string;
  readonly world: World;
  /** Data sources of the same Grafana. */
  readonly sources: readonly ResolvedSource[];
  /** Whether there are others that the input does not show. */
  readonly isClosed: boolean;
}

const BUILT_IN = new Set(['grafana', '-- Grafana --', '-- Dashboard --', '__expr__']);
const VARIABLE = /^(?:\$(\w+)|\$\{(\w+)(?::[^}]*)?\}|\[\[(\w+)(?::[^\]]*)?\]\])$/;

/** As Grafana looks a data source up: by UID, then by name; nothing is the default one. */
export function findSources(ref: DataSourceRef | undefined, dashboard: Dashboard, who: string, world: World): Found {
  const uid = ref?.uid?.value;
  if (uid === '-- Mixed --') return { kind: 'mixed' };
  if (uid !== undefined && BUILT_IN.has(uid)) return { kind: 'built-in' };
  if (ref?.type && BUILT_IN.has(ref.type.value)) return { kind: 'built-in' };
  const all = sourcesOf(world);
  const sources = all.filter(({ source }) => shareGrafana(dashboard.owner, source.owner, world) !== 'no');
  const asking = { dashboard, who, world, sources, isClosed: isClosed(sources, world) };
  if (!ref || uid === undefined || uid === 'default') return byDefault(ref, asking);
  const input = /^\$\{([^}]+)\}$/.exec(uid)?.[1];
  if (input !== undefined && dashboard.inputs.has(input)) return byVariable(input, ref, asking);
  const variable = VARIABLE.exec(uid);
  if (!variable) return uid.includes('$') ? someText(uid) : byText(uid, ref.span, asking);
  return byVariable(variable[1] ?? variable[2] ?? variable[3], ref, asking);
}

/** Nobody makes others by hand where some are made by what is in the input, and all of that is there. */
function isClosed(sources: readonly ResolvedSource[], world: World): boolean {
  if (!world.closedManifests || sources.length === 0) return false;
  return world.closedTemplates || sources.every(({ source }) => source.owner.kind === 'any');
}

function byDefault(ref: DataSourceRef | undefined, { sources, who }: Asking): Found {
  const found = sources.filter(({ source }) => source.isDefault);
  const says = `${who} takes the default data source`;
  const fits = found.length === 1 && (!ref?.type || isOfType(ref.type.value, found[0]) !== 'no');
  if (fits) return { kind: 'sources', sources: found, says };
  const what = `the default data source, which ${who} reads`;
  return { kind: 'open', missing: { kind: 'data-source', what, help: 'name a data source by its UID' } };
}

function byText(text: string, span: Span, { sources, who, isClosed: closed, dashboard }: Asking): Found {
  const says = `${who} reads data source ${text}`;
  const wanted = known(text);
  const byUid = sources.filter(({ source: { uid } }) => uid && equal(uid, wanted) === 'yes');
  if (byUid.length > 0) return { kind: 'sources', sources: byUid, says };
  const byName = sources.filter(({ source: { name } }) => name && equal(name, wanted) === 'yes');
  if (byName.length > 0) return { kind: 'sources', sources: byName, says };
  const maybe = sources.some(({ source: { uid } }) => !uid || equal(uid, wanted) === 'unknown');
  if (maybe || !closed) {
    const what = `data source ${text}, which ${dashboard.label} reads`;
    return { kind: 'open', missing: { kind: 'data-source', what, help: 'add what makes it to the input' } };
  }
  return {
    kind: 'broken',
    broken: {
      claim: 'data-source-exists',
      message: `${who} reads data source ${text}, which nobody makes`,
      span,
      related: listed(sources),
      help: `name ${choices(sources)}`,
    },
  };
}

function byVariable(name: string, ref: DataSourceRef, asking: Asking): Found {
  const { dashboard } = asking;
  const variable = dashboard.variables.find((one) => one.name === name);
  if (variable?.type === 'datasource') return byPlugin(variable, asking);
  if (variable?.constant !== undefined) return byText(variable.constant, variable.span, asking);
  if (variable) return someText(`$${name}`);
  const input = dashboard.inputs.get(name);
  if (input?.given) return byText(input.given.value, input.given.span, asking);
  if (input && !dashboard.isProvisioned) return byInput(name, input.plugin ?? ref.type?.value, asking);
  return unfilled(name, ref, asking);
}

/** Who imports it by hand is asked: where there is one of the kind only, it is that one. */
function byInput(name: string, plugin: string | undefined, { sources, dashboard, who }: Asking): Found {
  const fitting = plugin === undefined ? [] : sources.filter((one) => isOfType(plugin, one) === 'yes');
  if (fitting.length === 1) {
    return { kind: 'sources', sources: fitting, says: `${who} reads what is chosen for ${name} when it is imported` };
  }
  const what = `the data source that is chosen for ${name} when ${dashboard.label} is imported`;
  return { kind: 'open', missing: { kind: 'data-source', what } };
}

/** An export that is brought in without anybody being asked keeps `${DS_…}`, which is no data source. */
function unfilled(name: string, ref: DataSourceRef, { dashboard, who, isClosed: closed, sources }: Asking): Found {
  const input = dashboard.inputs.get(name);
  if (!closed || !dashboard.isProvisioned) return someText(`$${name}`);
  return {
    kind: 'broken',
    broken: {
      claim: 'data-source-exists',
      message: `${who} reads data source \${${name}}, ${input ? 'an input of the export that nobody fills in' : 'a variable that the dashboard does not have'}`,
      span: ref.span,
      related: [...(input ? [{ span: input.span, message: 'the input is declared here' }] : []), ...listed(sources)],
      help: input
        ? `write the UID of the data source in its place, or a variable of type datasource called ${name}`
        : `add a variable ${name} of type datasource, or name ${choices(sources)}`,
    },
  };
}

/** A variable of type `datasource` lists the data sources of a plugin, those whose names fit its expression. */
function byPlugin(variable: DashboardVariable, { sources, who, isClosed: closed, dashboard }: Asking): Found {
  const plugin = typeof variable.query?.value === 'string' ? variable.query.value : undefined;
  const open = (what: string): Found => ({ kind: 'open', missing: { kind: 'data-source', what } });
  if (plugin === undefined || plugin.includes('$')) return someText(`$${variable.name}`);
  const truths = sources.map((one) => ({ one, truth: listedBy(plugin, variable.regex?.value, one) }));
  const found = truths.filter(({ truth }) => truth === 'yes').map(({ one }) => one);
  const says = `${who} reads what is chosen for ${variable.name}, of type ${plugin}`;
  if (found.length > 0) return { kind: 'sources', sources: found, says };
  const what = `the data source of type ${plugin} that ${dashboard.label} reads by its variable ${variable.name}`;
  if (!closed || truths.some(({ truth }) => truth === 'unknown')) return open(what);
  const fits = variable.regex ? ` whose name fits ${variable.regex.value}` : '';
  return {
    kind: 'broken',
    broken: {
      claim: 'data-source-exists',
      message: `${who} reads what is chosen for ${variable.name}, and there is no data source of type ${plugin}${fits}`,
      span: variable.regex?.span ?? variable.query?.span ?? variable.span,
      related: listed(sources),
    },
  };
}

function listedBy(plugin: string, regex: string | undefined, one: ResolvedSource): Truth {
  const fits = isOfType(plugin, one);
  if (fits !== 'yes' || regex === undefined) return fits;
  const name = one.source.name && textOf(one.source.name);
  const compiled = regex.includes('$') && /\$\{?\w/.test(regex) ? undefined : logRegex(asExpression(regex));
  if (name === undefined || !compiled) return 'unknown';
  return compiled.search(name) ? 'yes' : 'no';
}

/** Without slashes Grafana anchors it. */
function asExpression(regex: string): string {
  return regex.startsWith('/') ? regex : `^(?:${regex})$`;
}

/** Grafana lists the plugins that are made of its own for Prometheus along with it. */
function isOfType(wanted: string, { source }: ResolvedSource): Truth {
  const type = source.type && textOf(source.type);
  if (type === undefined) return source.type ? 'unknown' : 'no';
  if (type === wanted || (wanted === CORE && isPrometheus(type))) return 'yes';
  return type === BY_VERSION && wanted === AMAZON ? 'unknown' : 'no';
}

function someText(text: string): Found {
  return { kind: 'open', missing: { kind: 'variable', what: `what ${text} stands for` } };
}

function listed(sources: readonly ResolvedSource[]): Break['related'] {
  return sources.slice(0, 3).map(({ source: { label, span } }) => ({ span, message: `${label} is made here` }));
}

function choices(sources: readonly ResolvedSource[]): string {
  const uids = sources.flatMap(({ source: { uid } }) => (uid && textOf(uid)) ?? []);
  return uids.length > 0 ? uids.slice(0, 5).join(', ') : 'one that is made';
}

import { known, type Missing, type PanelQuery, textOf, unknown, type Value, type World, written } from '../../model';
import { insightsPermission, judgeInsights, type LogQuery } from '../insights';
import { blocked, type Hop } from '../path';
import { grafanaOf } from './grafana';
import { mergeHops } from './merge';
import type { ResolvedSource } from './resolved-source';
import { assumedHop } from './tail';

/** What a panel asks of CloudWatch Logs, and as whom. */
export interface AskedLogs {
  readonly names: readonly Value[];
  readonly hops: readonly Hop[];
}

export function logsHops(
  queries: readonly PanelQuery[],
  resolved: ResolvedSource,
  who: string,
  world: World,
): AskedLogs {
  const place = grafanaOf(resolved.source.owner, world);
  const judged = queries.flatMap((query) => {
    const asked = logQuery(query, resolved, who, world);
    return asked ? [{ span: asked.span, judged: judgeInsights(asked, world) }] : [];
  });
  const permissions = judged.map(({ judged: one, span }) => {
    const assumed = assumedHop(resolved, place, world);
    if (assumed) return assumed;
    if (!place.role) return blocked('permission', 'IAM role', 'logs:StartQuery', 'role');
    const caller = { label: resolved.source.label, span, identity: place.identity, reads: true };
    return insightsPermission(place.role, one, caller, world);
  });
  return {
    names: judged.flatMap(({ judged: { names } }) => names),
    hops: mergeHops(...judged.flatMap(({ judged: { hops } }) => hops), ...place.hops, ...permissions),
  };
}

const LANGUAGES = new Set(['CWLI', 'PPL', 'SQL']);

function logQuery(
  { logs, span }: PanelQuery,
  resolved: ResolvedSource,
  who: string,
  world: World,
): LogQuery | undefined {
  if (!logs?.text) return undefined;
  const { region, language } = logs;
  const text = logs.text.text();
  return {
    text,
    language: (LANGUAGES.has(language) ? language : 'CWLI') as LogQuery['language'],
    groups: logs.groups.map(({ name, arn, span: at }) => ({
      name: withVariables(name?.value ?? groupIn(arn?.value ?? ''), at),
      span: at,
    })),
    region: regionOf(region?.value, resolved, world),
    ...(region && { regionSpan: region.span }),
    owner: who,
    span: logs.text.span ?? span,
  };
}

/** The name of a group in its ARN. */
function groupIn(arn: string): string {
  return /:log-group:([^:]*)/.exec(arn)?.[1] ?? arn;
}

function withVariables(text: string, span: Value['span']): Value {
  return /\$\{?\w|\[\[/.test(text)
    ? unknown('variable', `what ${text} stands for`, undefined, span)
    : known(text, span);
}

/** `default` is the region of the data source; nothing there is that of Grafana. */
function regionOf(text: string | undefined, { source }: ResolvedSource, world: World): Value {
  if (text !== undefined && text !== '' && text !== 'default') return written(text);
  const own = source.settings.get('defaultRegion');
  if (own && textOf(own.value) !== '') return own.value;
  const { workspace, workload } = grafanaOf(source.owner, world);
  const missing: Missing = { kind: 'region', what: `the region that ${source.label} reads` };
  return workspace?.region ?? (workload ? world.surroundings.region : { kind: 'unknown', missing });
}

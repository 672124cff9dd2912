import { describe, textOf, type World } from '../../model';
import { type Need, permissionHop } from '../hops/permission';
import { blocked, type Hop, HopBuilder, type Path } from '../path';
import { type GrafanaPlace, grafanaOf } from './grafana';
import { pluginHop } from './plugins';
import type { ResolvedSource } from './resolved-source';
import { signingHop } from './signing';
import { arnOf, type Store, storeHop } from './store';

/** What all panels share that read one data source for Prometheus. */
export interface Tail {
  readonly store: Store;
  readonly place: GrafanaPlace;
  readonly hops: readonly Hop[];
}

/** What Grafana calls for a panel; labels are asked for by variables. */
const QUERY = 'aps:QueryMetrics';

const kept = new WeakMap<ResolvedSource, Tail>();

export function tailOf(resolved: ResolvedSource, world: World): Tail {
  const seen = kept.get(resolved);
  if (seen) return seen;
  const place = grafanaOf(resolved.source.owner, world);
  const store = storeHop(resolved, world);
  const hops = [
    pluginHop(resolved, place),
    store.hop,
    ...(store.isAmazon
      ? [
          signingHop(resolved, store, place, world),
          ...place.hops,
          assumedHop(resolved, place, world) ?? permission(resolved, store, place, [QUERY], world),
        ]
      : []),
  ];
  const tail = { store, place, hops };
  kept.set(resolved, tail);
  return tail;
}

const ASSUMED = ['sigV4AssumeRoleArn', 'assumeRoleArn'];

/** A data source that is told to assume another role: if Grafana's own may not, that is the end; else it is not followed. */
export function assumedHop({ source }: ResolvedSource, place: GrafanaPlace, world: World): Hop | undefined {
  const setting = ASSUMED.map((name) => source.settings.get(name)).find((one) => one && textOf(one.value) !== '');
  if (!setting) return undefined;
  const { value, key } = setting;
  const { role, identity } = place;
  const caller = { label: source.label, span: value.span ?? key, identity };
  const need = { action: 'sts:AssumeRole', resources: [value], region: world.surroundings.region };
  const may = role && permissionHop(role, [need], caller, world);
  if (may?.status === 'broken') return may;
  const what = `not examined by this version: ${describe(value)}, which ${source.label} assumes`;
  return new HopBuilder('permission', describe(value), 'what it may read')
    .lacks({ kind: 'not-examined', what })
    .build();
}

/** May the role of Grafana call this on the workspace? */
export function permission(
  { source, url }: ResolvedSource,
  store: Store,
  { role, identity }: GrafanaPlace,
  actions: readonly string[],
  world: World,
): Hop {
  const named = actions.join(', ');
  if (!role) return blocked('permission', 'IAM role', named, 'role');
  const arn = arnOf(store, world);
  if (!arn || !store.region) return blocked('permission', role.label, named, 'url');
  const { workspace, region } = store;
  const needs = actions.map(
    (action): Need => ({ action, resources: [arn], region, ...(workspace?.tags && { tags: workspace.tags }) }),
  );
  const caller = {
    label: source.label,
    span: url?.span ?? source.span,
    identity,
    reads: true,
    ...(workspace && { resource: { span: workspace.span, label: workspace.label } }),
  };
  return permissionHop(role, needs, caller, world);
}

/** The start of a path: the store, as reports name it. */
export function storeOf({ workspace }: Store, { source }: ResolvedSource): Path['source'] {
  return endpoint(workspace?.label ?? source.label);
}

/** `Workspace ack-system/eks-metrics` taken apart again. */
export function endpoint(label: string): Path['source'] {
  const [, kind, namespace, name] = /^(data source|\S+) (?:([^/"]+)\/(?=[^/]+$))?(.+)$/.exec(label) ?? [];
  if (!kind || !name) return { kind: 'store', name: label };
  return { kind, name, ...(namespace && { namespace }) };
}

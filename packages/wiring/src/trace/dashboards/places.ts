import {
  equal,
  type GrafanaOwner,
  type GrafanaWorkspace,
  labelOf,
  type OperatedGrafana,
  type Truth,
  type World,
} from '../../model';
import { matchValue } from '../hops/url';
import type { Break } from '../path';

/** Do the two end up in one Grafana? */
export function shareGrafana(a: GrafanaOwner, b: GrafanaOwner, world: World): Truth {
  if (a.kind === 'any' || b.kind === 'any') return 'yes';
  if (a.kind === 'workspace' && b.kind === 'workspace') return equal(a.id, b.id);
  if (a.kind === 'operator' && b.kind === 'operator') {
    const [left, right] = [operatedBy(a, world), operatedBy(b, world)];
    if (left.length === 0 || right.length === 0) return sameSelector(a, b) ? 'yes' : 'unknown';
    return left.some((one) => right.includes(one)) ? 'yes' : 'no';
  }
  return 'unknown';
}

/** The Grafanas of the operator that a selector finds; in another namespace only where it is allowed. */
export function operatedBy(
  owner: Extract<GrafanaOwner, { kind: 'operator' }>,
  world: World,
): readonly OperatedGrafana[] {
  const { labels, crossesNamespaces, object } = owner;
  if (!labels) return [];
  return world.grafana.operated.filter(
    (one) =>
      (crossesNamespaces || one.object.namespace?.value === object.namespace?.value) &&
      [...labels].every(([name, { value }]) => one.labels.get(name)?.value === value),
  );
}

/** An object of the operator that finds none of the Grafanas that there are. */
export function strayed(owner: GrafanaOwner, world: World): Break | undefined {
  const { operated } = world.grafana;
  if (owner.kind !== 'operator' || !owner.labels || !world.closedManifests || operated.length === 0) return undefined;
  if (operatedBy(owner, world).length > 0) return undefined;
  const { object, labels, span } = owner;
  const wanted = [...labels].map(([name, { value }]) => `${name}: ${value}`).join(', ') || 'nothing';
  const elsewhere = operatedBy({ ...owner, crossesNamespaces: true }, world).length > 0;
  return {
    claim: 'grafana-is-found',
    message: elsewhere
      ? `${labelOf(object)} is for a Grafana in another namespace, and does not say allowCrossNamespaceImport`
      : `${labelOf(object)} is for a Grafana with ${wanted}, and there is none`,
    span,
    related: operated.slice(0, 3).map((one) => ({
      span: one.object.name.span,
      message: `${labelOf(one.object)} has ${[...one.labels].map(([name, { value }]) => `${name}: ${value}`).join(', ') || 'no labels'}`,
    })),
    help: elsewhere ? 'set allowCrossNamespaceImport: true' : 'use the labels of a Grafana object',
  };
}

function sameSelector(
  a: Extract<GrafanaOwner, { kind: 'operator' }>,
  b: Extract<GrafanaOwner, { kind: 'operator' }>,
): boolean {
  if (!a.labels || !b.labels || a.labels.size !== b.labels.size) return false;
  return [...a.labels].every(([name, { value }]) => b.labels?.get(name)?.value === value);
}

/** An address of Grafana, and whether it is that of a workspace. */
export function isAt({ url }: OperatedGrafana, workspace: GrafanaWorkspace): Truth {
  const [host] = (url && matchValue(url, /^https?:\/\/([^/]+)\/?$/)) ?? [];
  return host ? equal(host, workspace.endpoint) : 'no';
}

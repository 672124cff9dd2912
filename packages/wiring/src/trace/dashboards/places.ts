import {
  type Dashboard,
  equal,
  type GrafanaOwner,
  type GrafanaWorkspace,
  labelBy,
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
  if (owner.kind !== 'operator' || !owner.labels || !world.closedManifests) return undefined;
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

/** The operator waits for the folder before it brings a dashboard in. */
export function lostFolder({ folder, owner, label }: Dashboard, world: World): Break | undefined {
  if (!folder || owner.kind !== 'operator' || !world.closedManifests) return undefined;
  const { namespace } = owner.object;
  const found = world.grafana.folders.find(
    ({ object }) => object.name.value === folder.value && object.namespace?.value === namespace?.value,
  );
  if (found) return strayed(found.owner, world);
  const what = labelBy('GrafanaFolder', namespace, folder);
  return {
    claim: 'folder-exists',
    message: `${label} is put into ${what}, which nobody makes`,
    span: folder.span,
    related: world.grafana.folders.slice(0, 3).map(({ object }) => ({
      span: object.name.span,
      message: `${labelOf(object)} is declared here`,
    })),
    subject: what,
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

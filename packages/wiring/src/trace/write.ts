import { concat, describe, equal, known, labelOf, type Role, textOf, type Value, type World } from '../model';
import type { Collector } from './collectors/find';
import type { MetricsSink } from './collectors/metrics-plan';
import type { Environment } from './environment';
import type { Destination } from './flow';
import type { Identity } from './hops/identity';
import { permissionHop } from './hops/permission';
import { remoteWriteHop, type Target } from './hops/remote-write';
import { signatureHop } from './hops/signature';
import { blocked, type Hop, HopBuilder, type Path } from './path';

const ACTION = 'aps:RemoteWrite';

/** The part of a path that every workload shares: from the collector to the store. */
export interface Tail {
  readonly sink: Path['sink'];
  readonly destination: Destination;
  readonly hops: readonly Hop[];
}

export interface Writer {
  readonly collector: Collector;
  readonly environment: Environment;
  readonly identity: Identity;
  readonly world: World;
}

/** Where a collector writes to, signed how, as whom, and with which permission. */
export function tailOf(sink: MetricsSink, writer: Writer): Tail {
  const { collector, environment, world } = writer;
  const who = labelOf(collector.workload.object);
  const target = remoteWriteHop(sink, collector, world);
  return {
    sink: { kind: target.amazon ? 'prometheus-workspace' : 'remote-write', id: sinkId(target, sink) },
    destination: {
      amazon: target.amazon,
      ...(target.workspace && { workspace: target.workspace }),
      ...(target.id && { id: target.id }),
    },
    hops: [
      target.hop,
      target.amazon && target.region
        ? signatureHop(sink, target.region, collector, environment, world)
        : blocked('signature', who, 'SigV4', 'remote-write'),
      // As whom somebody writes to another store is that store's business.
      ...(target.amazon ? identityHops(sink, target, writer) : []),
    ],
  };
}

function identityHops(sink: MetricsSink, target: Target, { collector, identity, world }: Writer): readonly Hop[] {
  const who = labelOf(collector.workload.object);
  return [...identity.hops, assumed(sink, identity, who, world) ?? permission(sink, target, who, identity, world)];
}

function permission(sink: MetricsSink, target: Target, who: string, identity: Identity, world: World): Hop {
  const { id, region, workspace } = target;
  const { role, places } = identity;
  if (!role) return blocked('permission', 'IAM role', ACTION, 'role');
  if (!id || !region) return blocked('permission', role.label, ACTION, 'remote-write');
  const { partition, account } = world.surroundings;
  const parts = [known('arn:'), partition, known(':aps:'), region, known(':'), account, known(':workspace/'), id];
  const need = { action: ACTION, resources: [concat(parts)], region, ...(workspace?.tags && { tags: workspace.tags }) };
  const caller = {
    label: `${who} ${sink.component}`,
    span: sink.url.span,
    identity: places,
    ...(workspace && { resource: { span: workspace.span, label: workspace.label } }),
  };
  return permissionHop(role, [need], caller, world);
}

/** A collector that is told to assume a role: its own, which IAM refuses, or another, which is not followed yet. */
function assumed(sink: MetricsSink, identity: Identity, who: string, world: World): Hop | undefined {
  const wanted = sink.signing?.roleArn;
  const value: Value | undefined = wanted?.value;
  if (!wanted || !value || textOf(value) === '') return undefined;
  const hop = new HopBuilder('permission', describe(value), ACTION);
  if (identity.role && equal(identity.role.arn, value) === 'yes') {
    return hop
      .breaks({
        claim: 'role-is-not-assumed-twice',
        message: `${sink.component} assumes ${describe(value)}, the role that ${who} already has`,
        span: wanted.span,
        related: [{ span: identity.role.span, message: `${identity.role.label} does not trust itself` }],
        help: 'leave role_arn out of the sigv4 block',
      })
      .build();
  }
  const may = identity.role && mayAssume(identity.role, value, { sink, identity, who, world });
  if (may?.status === 'broken') return may;
  return hop
    .lacks({
      kind: 'not-examined',
      what: `not examined by this version: ${describe(value)}, which the collector assumes`,
    })
    .build();
}

interface Assuming {
  readonly sink: MetricsSink;
  readonly identity: Identity;
  readonly who: string;
  readonly world: World;
}

/** May the role of the pod assume the other one at all? */
function mayAssume(role: Role, value: Value, { sink, identity, who, world }: Assuming): Hop {
  const need = { action: 'sts:AssumeRole', resources: [value], region: world.surroundings.region };
  const caller = {
    label: `${who} ${sink.component}`,
    span: sink.signing?.roleArn?.span ?? sink.url.span,
    identity: identity.places,
  };
  return permissionHop(role, [need], caller, world);
}

function sinkId({ workspace, id }: Target, sink: MetricsSink): string {
  if (workspace) return workspace.label;
  return id ? describe(id) : describe(sink.url.value);
}

import { concat, describe, equal, known, symbol, textOf, type Value, type World } from '../../model';
import type { LogSink } from '../collectors/logs-plan';
import { blocked, type Hop, HopBuilder } from '../path';
import type { Identity } from './identity';
import type { GroupTarget } from './log-group';
import { type Need, permissionHop } from './permission';

/** May the role make what is to be made, and write where the output writes? */
export function logPermission(sink: LogSink, target: GroupTarget, who: string, identity: Identity, world: World): Hop {
  const { role } = identity;
  if (sink.roleArn && textOf(sink.roleArn.value) !== '') return assumed(sink, sink.roleArn.value, who, identity, world);
  if (!role) return blocked('permission', 'IAM role', 'logs:PutLogEvents', 'role');
  const { region, name, group } = target;
  if (!region || !name) return blocked('permission', role.label, 'logs:PutLogEvents', 'log-group');
  const caller = {
    label: `${who} ${sink.component}`,
    span: sink.group?.span ?? sink.span,
    identity: identity.places,
    ...(group && { resource: { span: group.span, label: group.label } }),
  };
  return permissionHop(role, needsOf(sink, region, name, world), caller, world);
}

/** AWS authorises the making of a stream on the group, in more than one spelling, and writing on the stream. */
function needsOf(sink: LogSink, region: Value, name: Value, world: World): readonly Need[] {
  const { partition, account } = world.surroundings;
  const arn = (...rest: readonly Value[]) =>
    concat([
      known('arn:'),
      partition,
      known(':logs:'),
      region,
      known(':'),
      account,
      known(':log-group:'),
      name,
      ...rest,
    ]);
  const stream = sink.stream.kind === 'unknown' ? symbol('fluent-bit', 'stream') : sink.stream;
  const onGroup = [arn(known(':log-stream:')), arn(), arn(known(':*')), arn(known(':log-stream:'), stream)];
  const writes = [arn(known(':log-stream:'), stream)];
  return [
    ...(sink.createsGroup ? [{ action: 'logs:CreateLogGroup', resources: onGroup, region }] : []),
    ...(sink.setsRetention ? [{ action: 'logs:PutRetentionPolicy', resources: onGroup, region }] : []),
    { action: 'logs:CreateLogStream', resources: onGroup, region },
    { action: 'logs:PutLogEvents', resources: writes, region },
  ];
}

/** An output that is told to assume a role: its own, which IAM refuses, or another, if its own lets it. */
function assumed(sink: LogSink, value: Value, who: string, { role, places }: Identity, world: World): Hop {
  const hop = new HopBuilder('permission', describe(value), 'logs:PutLogEvents');
  const span = sink.roleArn?.span ?? sink.span;
  if (role && equal(role.arn, value) === 'yes') {
    return hop
      .breaks({
        claim: 'role-is-not-assumed-twice',
        message: `${sink.component} assumes ${describe(value)}, the role that ${who} already has`,
        span,
        related: [],
        help: 'leave role_arn out of the output',
      })
      .build();
  }
  if (role) {
    const need = {
      action: 'sts:AssumeRole',
      resources: [value],
      region: sink.region?.value ?? world.surroundings.region,
    };
    const asks = permissionHop(role, [need], { label: `${who} ${sink.component}`, span, identity: places }, world);
    if (asks.status === 'broken') return asks;
  }
  return hop
    .lacks({ kind: 'not-examined', what: `not examined by this version: ${describe(value)}, which the output assumes` })
    .build();
}

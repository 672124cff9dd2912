import { concat, known, type Role, type Value, type World } from '../../model';
import { type Caller, type Need, permissionHop } from '../hops/permission';
import { blocked, type Hop } from '../path';
import type { JudgedQuery } from './judge';

/**
 * May a role ask the question, and fetch the answer? These are the calls of Grafana's CloudWatch plugin for logs: a
 * question is started on groups; it is fetched and stopped by its id alone, which is no resource of IAM's (AWS, Service
 * Authorization Reference, "Actions, resources, and condition keys for Amazon CloudWatch Logs").
 */
export function insightsPermission(role: Role, judged: JudgedQuery, caller: Caller, world: World): Hop {
  const { names, region } = judged;
  if (names.length === 0) return blocked('permission', role.label, 'logs:StartQuery', 'log-group');
  const { partition, account } = world.surroundings;
  const arn = (name: Value, ...rest: readonly Value[]) =>
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
  const ofGroup = (name: Value) => [arn(name, known(':*')), arn(name), arn(name, known(':log-stream:'))];
  const anywhere = [known('*'), ...names.flatMap(ofGroup)];
  const needs: readonly Need[] = [
    ...names.map((name) => ({ action: 'logs:StartQuery', resources: ofGroup(name), region })),
    { action: 'logs:GetQueryResults', resources: anywhere, region },
  ];
  return permissionHop(role, needs, caller, world);
}

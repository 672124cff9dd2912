import type { QueryRule, RuleGroup, RuleSet, World } from '../../model';
import { type Arrivals, judgeQuery } from '../arrivals';
import { blocked, type Endpoint, type Hop, HopBuilder, type Path } from '../path';
import { alertManagerHops, managerPath } from './alert-manager';
import { metricsHop, queryHop } from './query';
import { rulesHop } from './rules-hop';

/** The ways of what rules ask for: one for each rule, from its store to what it makes or to whom its alert reaches. */
export function alertPaths(world: World, arrivals: Arrivals): readonly Path[] {
  const ids = new Map<string, number>();
  const unique = (path: Path): Path => {
    const count = ids.get(path.id) ?? 0;
    ids.set(path.id, count + 1);
    return count === 0 ? path : { ...path, id: `${path.id}:${count}` };
  };
  const ofRules = world.rules.sets.flatMap((set) => setPaths(set, world, arrivals));
  const isUsed = ofRules.some(({ source }) => source.kind === 'AlertingRule');
  const ofManagers = isUsed
    ? []
    : world.rules.alertManagers.map((manager): Path => {
        const hops = managerPath(manager, world);
        const id = `alerts:${world.name}:${manager.label}`;
        const receivers = manager.config?.receivers.map(({ name }) => name.value).join(', ') ?? '';
        const source = { kind: 'AlertManager', name: manager.label };
        return {
          id,
          world: world.name,
          signal: 'alerts',
          source,
          sink: { kind: 'receiver', id: receivers || 'unknown' },
          hops,
        };
      });
  return [...ofRules, ...ofManagers].map(unique);
}

function setPaths(set: RuleSet, world: World, arrivals: Arrivals): readonly Path[] {
  const found = set.groups.flatMap((group) => group.rules.map((rule) => rulePath(rule, group, set, world, arrivals)));
  if (found.length > 0 || (set.defects.length === 0 && set.missing.length === 0)) return found;
  // Rules that cannot be read at all are still told of.
  const { owner } = set;
  const hop = owner.kind === 'workspace' ? rulesHop(set, owner.workspace, world).hop : clusterHop(set);
  const source = { kind: 'RuleSet', name: set.label };
  return [
    {
      id: `alerts:${world.name}:${set.label}`,
      world: world.name,
      signal: 'alerts',
      source,
      sink: { kind: 'unknown', id: 'rules' },
      hops: [hop],
    },
  ];
}

function rulePath(rule: QueryRule, group: RuleGroup, set: RuleSet, world: World, arrivals: Arrivals): Path {
  const who = `${rule.kind === 'alert' ? 'alert' : 'rule'} ${rule.name.value}`;
  const { hop, query } = queryHop(rule, who);
  const { owner } = set;
  const taken = owner.kind === 'workspace' ? rulesHop(set, owner.workspace, world) : { hop: clusterHop(set) };
  const workspace = 'workspace' in taken ? taken.workspace : undefined;
  const metrics = !query
    ? blocked('metrics', 'the store', who, 'query')
    : workspace
      ? metricsHop(judgeQuery(query, arrivals.at(workspace)), workspace.label, who)
      : blocked('metrics', 'the store', who, 'rules');
  const hops: readonly Hop[] = [taken.hop, hop, metrics];
  const source: Endpoint = {
    kind: rule.kind === 'alert' ? 'AlertingRule' : 'RecordingRule',
    name: `${group.name.value}/${rule.name.value}`,
  };
  const base = {
    id: `alerts:${world.name}:${set.label}:${source.name}`,
    world: world.name,
    signal: 'alerts' as const,
    source,
  };
  const store = workspace?.label ?? 'unknown';
  if (rule.kind === 'record') return { ...base, sink: { kind: 'prometheus-workspace', id: store }, hops };
  const after = alertManagerHops(rule, workspace, world);
  const receiver = after.find(({ kind }) => kind === 'receiver')?.to ?? 'unknown';
  return { ...base, sink: { kind: 'receiver', id: receiver }, hops: [...hops, ...after] };
}

/** Who in the cluster takes the rules is not looked at. */
function clusterHop(set: RuleSet): Hop {
  const hop = new HopBuilder('rules', set.label, 'a Prometheus');
  const [defect] = set.defects;
  if (defect)
    hop.breaks({
      claim: 'rules-are-accepted',
      message: `${set.label} is not taken: ${defect.message}`,
      span: defect.span,
      related: [],
      ...(defect.help && { help: defect.help }),
    });
  return hop.lacks({ kind: 'not-examined', what: `not examined by this version: who evaluates ${set.label}` }).build();
}

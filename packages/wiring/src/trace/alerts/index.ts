import type { QueryRule, RuleGroup, RuleSet, World } from '../../model';
import { type Arrivals, evaluatorsOf, judgeQuery, ruleSetsOf, type Store } from '../arrivals';
import { blocked, type Endpoint, type Hop, type Path } from '../path';
import { alertManagerHops, managerPath } from './alert-manager';
import { alertmanagerHop, takenHop } from './cluster';
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
  const ofRules = ruleSetsOf(world).flatMap((set) => setPaths(set, world, arrivals));
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
  const taken = takenBy(set, world, arrivals);
  const found = set.groups.flatMap((group) => group.rules.map((rule) => rulePath(rule, group, set, taken, world)));
  if (found.length > 0 || (set.defects.length === 0 && set.missing.length === 0)) return found;
  // Rules that cannot be read at all are still told of.
  const source = { kind: 'RuleSet', name: set.label };
  const base = { id: `alerts:${world.name}:${set.label}`, world: world.name, signal: 'alerts' as const, source };
  return [{ ...base, sink: { kind: 'unknown', id: 'rules' }, hops: [taken.hop] }];
}

/** Who evaluates a set of rules, what it finds, and whom its alerts reach. */
interface Taken {
  readonly hop: Hop;
  readonly store?: Store;
  readonly sink: string;
  readonly after: (rule: QueryRule) => { readonly hops: readonly Hop[]; readonly id: string };
}

function takenBy(set: RuleSet, world: World, arrivals: Arrivals): Taken {
  const { owner } = set;
  if (owner.kind === 'workspace') {
    const { hop, workspace } = rulesHop(set, owner.workspace, world);
    const after = (rule: QueryRule) => {
      const hops = alertManagerHops(rule, workspace, world);
      return { hops, id: hops.find(({ kind }) => kind === 'receiver')?.to ?? 'unknown' };
    };
    return { hop, sink: 'prometheus-workspace', after, ...(workspace && { store: arrivals.at(workspace) }) };
  }
  const evaluators = evaluatorsOf(set, world);
  const [taker] = evaluators.takers;
  const hop = takenHop(set, evaluators);
  if (!taker) {
    const after = () => ({
      hops: [blocked('alert-manager', 'a Prometheus', 'an Alertmanager', 'rules')],
      id: 'unknown',
    });
    return { hop, sink: 'prometheus', after };
  }
  const after = (rule: QueryRule) => {
    const { hop: last, id } = alertmanagerHop(taker, rule, world);
    return { hops: [last], id };
  };
  return { hop, sink: 'prometheus', after, store: arrivals.local(taker.object) };
}

function rulePath(rule: QueryRule, group: RuleGroup, set: RuleSet, taken: Taken, world: World): Path {
  const who = `${rule.kind === 'alert' ? 'alert' : 'rule'} ${rule.name.value}`;
  const { hop, query } = queryHop(rule, who);
  const { store } = taken;
  const metrics =
    query && store
      ? metricsHop(judgeQuery(query, store), store.label, who)
      : blocked('metrics', 'the store', who, query ? 'rules' : 'query');
  const hops: readonly Hop[] = [taken.hop, hop, metrics];
  const name = `${group.name.value}/${rule.name.value}`;
  const source: Endpoint = { kind: rule.kind === 'alert' ? 'AlertingRule' : 'RecordingRule', name };
  const base = {
    id: `alerts:${world.name}:${set.label}:${name}`,
    world: world.name,
    signal: 'alerts' as const,
    source,
  };
  if (rule.kind === 'record') return { ...base, sink: { kind: taken.sink, id: store?.label ?? 'unknown' }, hops };
  const { hops: after, id } = taken.after(rule);
  return { ...base, sink: { kind: 'receiver', id }, hops: [...hops, ...after] };
}

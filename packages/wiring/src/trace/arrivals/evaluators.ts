import { type KubeObject, labelOf, type Missing, type RuleSet, type World } from '../../model';
import { mapAt } from '../../read/access';
import type { MapNode } from '../../text';
import { type Choice, choose, selectorAt } from '../collectors/monitors/choice';

/** A Prometheus that may take rules: one of the operator, by its `spec`, or one with a configuration of its own. */
export interface Evaluator {
  readonly object: KubeObject;
  readonly spec?: MapNode;
  readonly config?: MapNode;
}

/** Who takes the rules of an object. */
export interface Evaluators {
  readonly takers: readonly Evaluator[];
  /** Why the others do not. */
  readonly leavers: readonly { readonly evaluator: Evaluator; readonly choice: Extract<Choice, { truth: 'no' }> }[];
  readonly missing: readonly Missing[];
}

const NOBODY: Evaluators = { takers: [], leavers: [], missing: [] };
const found = new WeakMap<World, readonly Evaluator[]>();
const settled = new WeakMap<World, Map<RuleSet, Evaluators>>();

/** The servers that the Prometheus operator makes; agents evaluate nothing. */
export function serversOf(world: World): readonly Evaluator[] {
  const before = found.get(world);
  if (before) return before;
  const servers = world.objects.flatMap((object): readonly Evaluator[] => {
    if (object.kind !== 'Prometheus' || !object.apiVersion.startsWith('monitoring.coreos.com/')) return [];
    const { inline } = object;
    const spec = inline?.node.kind === 'map' ? inline.node : mapAt(object.node, 'spec');
    return spec ? [{ object, spec }] : [];
  });
  found.set(world, servers);
  return servers;
}

/** By `ruleSelector` and `ruleNamespaceSelector`: without the first none is taken, without the second those beside it. */
export function evaluatorsOf(set: RuleSet, world: World): Evaluators {
  const { owner } = set;
  if (owner.kind === 'server') return { ...NOBODY, takers: [{ object: owner.server, config: owner.config }] };
  if (owner.kind !== 'cluster') return NOBODY;
  const kept = settled.get(world) ?? new Map<RuleSet, Evaluators>();
  settled.set(world, kept);
  const before = kept.get(set);
  if (before) return before;
  const takers: Evaluator[] = [];
  const leavers: Evaluators['leavers'][number][] = [];
  const missing: Missing[] = [];
  for (const evaluator of serversOf(world)) {
    const { object, spec } = evaluator;
    const [labels, namespaces] = [selectorAt(spec, 'ruleSelector'), selectorAt(spec, 'ruleNamespaceSelector')];
    const filter = {
      who: labelOf(object),
      span: object.name.span,
      ...(object.namespace && { own: object.namespace }),
      ...(labels && { labels }),
      ...(namespaces && { namespaces }),
    };
    const choice = choose(owner.source, filter, world);
    if (choice.truth === 'yes') takers.push(evaluator);
    else if (choice.truth === 'no') leavers.push({ evaluator, choice });
    else missing.push(choice.missing);
  }
  const made = { takers, leavers, missing };
  kept.set(set, made);
  return made;
}

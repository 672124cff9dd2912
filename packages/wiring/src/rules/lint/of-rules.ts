import type { QueryRule, RuleGroup, RuleSet, World } from '../../model';
import { type PromqlQuery, readPromql } from '../../read/promql';
import { type Arrivals, evaluatorsOf, ruleSetsOf, type Store, workspaceOf } from '../../trace';

/** A rule that somebody evaluates, with what it asks and where. */
export interface AskedRule {
  readonly rule: QueryRule;
  readonly group: RuleGroup;
  readonly set: RuleSet;
  /** Absent: it cannot be read. */
  readonly query?: PromqlQuery;
  /** Absent: nobody knows who evaluates it. */
  readonly store?: Store;
  /** Names it in the id of a finding. */
  readonly subject: string;
}

export function askedRules(world: World, arrivals: Arrivals): readonly AskedRule[] {
  return ruleSetsOf(world).flatMap((set) => {
    const store = storeOf(set, world, arrivals);
    return set.groups.flatMap((group) =>
      group.rules.map((rule) => {
        const query = rule.expr && readPromql(rule.expr.text(), { values: true }).query;
        const subject = `${set.label}: ${group.name.value}/${rule.name.value}`;
        return { rule, group, set, subject, ...(query && { query }), ...(store && { store }) };
      }),
    );
  });
}

function storeOf(set: RuleSet, world: World, arrivals: Arrivals): Store | undefined {
  if (set.owner.kind === 'workspace') {
    const workspace = workspaceOf(set.owner.workspace, world);
    return workspace && arrivals.at(workspace);
  }
  const [taker] = evaluatorsOf(set, world).takers;
  return taker && arrivals.local(taker.object);
}

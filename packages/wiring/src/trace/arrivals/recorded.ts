import { type PrometheusWorkspace, type QueryRule, textOf, type World } from '../../model';
import { type PromqlQuery, readPromql } from '../../read/promql';
import { isOf } from './owner';

/** A metric that a rule makes in its store. */
export interface Recorded {
  readonly rule: QueryRule;
  readonly label: string;
  /** Labels that the rule gives to what it makes. */
  readonly labels: ReadonlyMap<string, string>;
  /** Absent: the expression cannot be read. */
  readonly query?: PromqlQuery;
}

/** Series that the ruler writes of every alert. */
export const ALERTS: readonly string[] = ['ALERTS', 'ALERTS_FOR_STATE'];

/** What the rules of a workspace make, by the name of the metric. */
export function recordedIn(
  workspace: PrometheusWorkspace,
  looks: readonly { readonly world: World }[],
): ReadonlyMap<string, readonly Recorded[]> {
  const found = new Map<string, Recorded[]>();
  const add = (name: string, one: Recorded) => found.set(name, [...(found.get(name) ?? []), one]);
  for (const { world } of looks) {
    for (const { owner, groups, label } of world.rules.sets) {
      if (owner.kind !== 'workspace' || isOf(owner.workspace, workspace, world) !== 'yes') continue;
      for (const rule of groups.flatMap(({ rules }) => rules)) {
        const one = recorded(rule, label);
        for (const name of rule.kind === 'record' ? [rule.name.value] : ALERTS) add(name, one);
      }
    }
  }
  return found;
}

function recorded(rule: QueryRule, label: string): Recorded {
  const query = rule.expr && readPromql(rule.expr.text()).query;
  const labels = new Map([...rule.labels].map(([name, { value }]) => [name, `${value ?? ''}`]));
  if (rule.kind === 'alert') labels.set('alertname', rule.name.value);
  return { rule, label, labels, ...(query && { query }) };
}

/** A label with a template in it has any value. */
export function isTemplate(text: string): boolean {
  return text.includes('{{');
}

export function textValue(value: Parameters<typeof textOf>[0]): string {
  return textOf(value) ?? '';
}

import type { KubeObject, PrometheusWorkspace, QueryRule, RuleSet, World } from '../../model';
import { type PromqlQuery, readPromql } from '../../read/promql';
import type { FlowRecord } from '../flow';
import { evaluatorsOf } from './evaluators';
import { ruleSetsOf } from './mounted-rules';
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

/** A world, and what was taken down of where its samples go. */
interface Seen {
  readonly world: World;
  readonly record: FlowRecord;
}

/** What the rules of a workspace make, and those of each Prometheus that writes there, by the name of the metric. */
export function recordedIn(
  workspace: PrometheusWorkspace,
  looks: readonly Seen[],
): ReadonlyMap<string, readonly Recorded[]> {
  const found = new Map<string, Recorded[]>();
  for (const { world, record } of looks) {
    const writers = new Set(
      record.flows.filter(({ destination }) => destination.workspace === workspace).map(({ collector }) => collector),
    );
    for (const set of ruleSetsOf(world)) {
      const { owner } = set;
      const isOwn =
        owner.kind === 'workspace'
          ? isOf(owner.workspace, workspace, world) === 'yes'
          : evaluatorsOf(set, world).takers.some(({ object }) => writers.has(object));
      if (isOwn) add(set, found);
    }
  }
  return found;
}

/** What the rules that a Prometheus takes make in it. */
export function recordedBy(object: KubeObject, looks: readonly Seen[]): ReadonlyMap<string, readonly Recorded[]> {
  const found = new Map<string, Recorded[]>();
  for (const { world } of looks) {
    for (const set of ruleSetsOf(world)) {
      if (evaluatorsOf(set, world).takers.some((one) => one.object === object)) add(set, found);
    }
  }
  return found;
}

function add({ groups, label }: RuleSet, into: Map<string, Recorded[]>): void {
  for (const rule of groups.flatMap(({ rules }) => rules)) {
    const one = recorded(rule, label);
    for (const name of rule.kind === 'record' ? [rule.name.value] : ALERTS)
      into.set(name, [...(into.get(name) ?? []), one]);
  }
}

function recorded(rule: QueryRule, label: string): Recorded {
  const query = rule.expr && readPromql(rule.expr.text(), { values: true }).query;
  const labels = new Map([...rule.labels].map(([name, { value }]) => [name, `${value ?? ''}`]));
  if (rule.kind === 'alert') labels.set('alertname', rule.name.value);
  return { rule, label, labels, ...(query && { query }) };
}

/** A label with a template in it has any value. */
export function isTemplate(text: string): boolean {
  return text.includes('{{');
}

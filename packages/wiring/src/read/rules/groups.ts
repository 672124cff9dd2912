import type { Defect, QueryRule, RuleGroup } from '../../model';
import type { MapNode, Node, ScalarNode, Span } from '../../text';
import { itemsAt, mapAt, scalarAt } from '../access';
import { located } from '../kubernetes';
import { promSeconds } from './durations';

export interface Groups {
  readonly groups: readonly RuleGroup[];
  /** Why a ruler does not take them (Prometheus, model/rulefmt). */
  readonly defects: readonly Defect[];
}

const GROUP_KEYS = ['name', 'interval', 'limit', 'query_offset', 'rules', 'labels', 'partial_response_strategy'];
const RULE_KEYS = ['record', 'alert', 'expr', 'for', 'keep_firing_for', 'labels', 'annotations'];
/** What older or younger rulers than Prometheus take beside. */
const OTHERS = ['source_tenants', 'evaluation_delay', 'align_evaluation_time_on_interval'];
const RECORDED = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const LABEL = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/** The groups of a rule file, or of the part of an object that looks like one. */
export function readRuleGroups(root: Node | undefined): Groups {
  const defects: Defect[] = [];
  const say = (message: string, span: Span, help?: string) => defects.push({ message, span, ...(help && { help }) });
  // A file that is empty, or an empty map, has no rules and no fault.
  const isEmptyFile =
    !root || (root.kind === 'scalar' && root.value === null) || (root.kind === 'map' && root.entries.size === 0);
  if (isEmptyFile) return { groups: [], defects };
  const entry = root.kind === 'map' ? root.entries.get('groups') : undefined;
  if (!entry || root.kind !== 'map') {
    say('a rule file begins with groups', root.span, 'write groups: and below it a list of groups');
    return { groups: [], defects };
  }
  for (const [key, { key: span }] of root.entries) if (key !== 'groups') say(`a rule file has no ${key}`, span);
  const isEmpty = entry.value.kind === 'scalar' && entry.value.value === null;
  if (entry.value.kind !== 'list' && !isEmpty) say('groups is no list', entry.value.span);
  const names = new Set<string>();
  const groups = itemsAt(root, 'groups').flatMap((node) => {
    const group = readGroup(node, say);
    if (!group) return [];
    if (names.has(group.name.value)) say(`two groups are called ${group.name.value}`, group.name.span);
    names.add(group.name.value);
    return [group];
  });
  return { groups, defects };
}

type Say = (message: string, span: Span, help?: string) => void;

function readGroup(node: Node, say: Say): RuleGroup | undefined {
  const name = located(node, 'name');
  if (node.kind !== 'map' || !name || name.value === '') {
    say('a group has no name', node.span);
    return undefined;
  }
  strange(node, GROUP_KEYS, `group ${name.value}`, say);
  const interval = located(node, 'interval');
  if (interval && promSeconds(interval.value) === undefined)
    say(`${JSON.stringify(interval.value)} is no interval`, interval.span, 'write 1m, 30s or the like');
  const rules = itemsAt(node, 'rules').flatMap((rule) => readRule(rule, name.value, say) ?? []);
  return { name, rules, ...(interval && { interval }) };
}

function readRule(node: Node, group: string, say: Say): QueryRule | undefined {
  const [record, alert] = [located(node, 'record'), located(node, 'alert')];
  const name = record ?? alert;
  if (node.kind !== 'map' || !name || name.value === '') {
    say(`a rule of group ${group} has neither record nor alert`, node.span);
    return undefined;
  }
  const who = `rule ${name.value}`;
  strange(node, RULE_KEYS, who, say);
  if (record && alert) say(`${who} has record and alert at once`, name.span);
  const expr = scalarAt(node, 'expr');
  if (!expr || `${expr.value ?? ''}`.trim() === '') say(`${who} has no expr`, name.span);
  if (record && !RECORDED.test(record.value))
    say(`${JSON.stringify(record.value)} is no name of a metric`, record.span);
  const waits = located(node, 'for');
  for (const key of ['for', 'keep_firing_for']) {
    const time = located(node, key);
    if (time && promSeconds(time.value) === undefined)
      say(
        `${key} of ${who} is ${JSON.stringify(time.value)}, which is no duration`,
        time.span,
        'write 5m, 30s or the like',
      );
  }
  for (const key of ['for', 'keep_firing_for', 'annotations']) {
    const extra = node.entries.get(key);
    if (record && extra) say(`${who} records, and has ${key}, which only alerts have`, extra.key);
  }
  const [labels, annotations] = [texts(node, 'labels'), texts(node, 'annotations')];
  for (const [label, value] of labels)
    if (!LABEL.test(label) || label === '__name__') say(`${JSON.stringify(label)} is no name of a label`, value.span);
  return {
    kind: record ? 'record' : 'alert',
    name,
    labels,
    annotations,
    span: name.span,
    ...(expr && { expr }),
    ...(waits && { waits }),
  };
}

function texts(node: Node, key: string): ReadonlyMap<string, ScalarNode> {
  const found = new Map<string, ScalarNode>();
  for (const [name, { value }] of mapAt(node, key)?.entries ?? []) if (value.kind === 'scalar') found.set(name, value);
  return found;
}

/** A key that a strict reader does not know. */
function strange(node: MapNode, known: readonly string[], who: string, say: Say): void {
  for (const [key, { key: span }] of node.entries) {
    if (!known.includes(key) && !OTHERS.includes(key))
      say(`${who} has no setting ${key}`, span, `settings are ${known.join(', ')}`);
  }
}

import type { AlertManagerConfig, AlertMatcher, AlertRoute, Defect, Located, Receiver, TopicTarget } from '../../model';
import type { Node, Span } from '../../text';
import { at, itemsAt, mapAt, scalarAt, stringAt } from '../access';
import { type Embedded, embeddedValue } from '../embedded';
import { located } from '../kubernetes';
import { readYaml } from '../yaml';

export interface Definition {
  readonly config?: AlertManagerConfig;
  readonly defects: readonly Defect[];
}

/** Receivers that AMP has (its user guide, "Alertmanager receiver configuration"). */
const RECEIVERS = ['sns_configs', 'pagerduty_configs'];
const OUTER = ['template_files', 'alertmanager_config'];
/** Settings of SNS that AMP does not take. */
const REFUSED = ['api_url', 'http_config'];
const MATCHER = /^\s*([a-zA-Z_][\w.]*|"[^"]*")\s*(=~|!~|!=|=)\s*(?:"((?:[^"\\]|\\.)*)"|(.*?))\s*$/;

/** The definition that a workspace of AMP takes: `alertmanager_config`, a text of its own, beside `template_files`. */
export function readDefinition(embedded: Embedded): Definition {
  const { text } = embedded;
  const outer = readYaml(text);
  const [root] = outer.documents;
  const broken = outer.problems[0];
  if (broken) return { defects: [{ message: `it is no YAML: ${broken.message}`, span: broken.span ?? text.whole }] };
  const defects: Defect[] = [];
  const help = 'write alertmanager_config: | and below it the configuration, further in';
  for (const [key, entry] of root?.kind === 'map' ? root.entries : [])
    if (!OUTER.includes(key)) defects.push({ message: `a definition has no ${key}`, span: entry.key, help });
  const config = at(root, 'alertmanager_config');
  if (config?.kind !== 'scalar' || typeof config.value !== 'string') {
    const message = config ? 'alertmanager_config is no text' : 'there is no alertmanager_config';
    if (defects.length === 0) defects.push({ message, span: config?.span ?? text.whole, help });
    return { defects };
  }
  const inner = readYaml(config.text());
  const problem = inner.problems[0];
  if (problem) {
    const message = `alertmanager_config is no YAML: ${problem.message}`;
    return { defects: [...defects, { message, span: problem.span ?? config.span }] };
  }
  const found = readConfig(inner.documents[0], config.span, embedded);
  return {
    defects: [...defects, ...found.defects],
    ...(found.config && { config: { ...found.config, text: config.text() } }),
  };
}

interface Config {
  readonly config?: Omit<AlertManagerConfig, 'text'>;
  readonly defects: readonly Defect[];
}

/** Alertmanager's own configuration, as far as alerts are led by it. */
export function readConfig(root: Node | undefined, whole: Span, values: Pick<Embedded, 'values'>): Config {
  const defects: Defect[] = [];
  const say = (message: string, span: Span, help?: string) => defects.push({ message, span, ...(help && { help }) });
  const route = mapAt(root, 'route');
  if (!route) {
    say('alertmanager_config has no route', root?.span ?? whole);
    return { defects };
  }
  const top = readRoute(route, say);
  if (!top.receiver)
    say('the first route has no receiver', top.span, 'name the receiver that takes what no other route takes');
  if (top.matchers.length > 0) say('the first route has matchers, and must take every alert', top.span);
  const receivers = itemsAt(root, 'receivers').flatMap((node) => readReceiver(node, values, say) ?? []);
  const names = new Set<string>();
  for (const { name } of receivers) {
    if (names.has(name.value)) say(`two receivers are called ${name.value}`, name.span);
    names.add(name.value);
  }
  return { config: { route: top, receivers }, defects };
}

type Say = (message: string, span: Span, help?: string) => void;

function readRoute(node: Node, say: Say): AlertRoute {
  const receiver = located(node, 'receiver');
  const matchers = [
    ...itemsAt(node, 'matchers').flatMap((item) => readMatcher(item, say)),
    ...old(node, 'match', '='),
    ...old(node, 'match_re', '=~'),
  ];
  return {
    matchers,
    continues: scalarAt(node, 'continue')?.value === true,
    routes: itemsAt(node, 'routes').map((item) => readRoute(item, say)),
    span: receiver?.span ?? node.span,
    ...(receiver && { receiver }),
  };
}

function old(node: Node, key: string, op: AlertMatcher['op']): readonly AlertMatcher[] {
  return [...(mapAt(node, key)?.entries ?? [])].flatMap(([label, { value }]) =>
    value.kind === 'scalar' ? [{ label, op, value: `${value.value ?? ''}`, span: value.span }] : [],
  );
}

function readMatcher(node: Node, say: Say): readonly AlertMatcher[] {
  const text = stringAt(node);
  if (text === undefined) return [];
  const inner = text.trim().replace(/^\{|\}$/g, '');
  return inner.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/).flatMap((part) => {
    const [, label, op, quoted, plain] = MATCHER.exec(part) ?? [];
    if (label === undefined) {
      if (part.trim() !== '') say(`${JSON.stringify(part.trim())} is no matcher`, node.span, 'write severity="page"');
      return [];
    }
    const value = quoted === undefined ? plain : quoted.replace(/\\(.)/g, '$1');
    return [{ label: label.replace(/"/g, ''), op: op as AlertMatcher['op'], value, span: node.span }];
  });
}

function readReceiver(node: Node, values: Pick<Embedded, 'values'>, say: Say): Receiver | undefined {
  const name = located(node, 'name');
  if (!name) {
    say('a receiver has no name', node.span);
    return undefined;
  }
  const others: Located<string>[] = [];
  for (const [key, entry] of node.kind === 'map' ? node.entries : []) {
    if (key === 'name' || key === 'sns_configs') continue;
    if (RECEIVERS.includes(key)) others.push({ value: key, span: entry.key });
    else
      say(
        `receiver ${name.value} has ${key}, and a workspace sends only to SNS and PagerDuty`,
        entry.key,
        'send to an SNS topic, and from there to where people are',
      );
  }
  const topics = itemsAt(node, 'sns_configs').map((item) => readTopic(item, name.value, values, say));
  return { name, topics, others, span: name.span };
}

function readTopic(node: Node, receiver: string, values: Pick<Embedded, 'values'>, say: Say): TopicTarget {
  const value = (...path: readonly string[]) => {
    const scalar = scalarAt(node, ...path);
    return scalar && scalar.value !== null ? embeddedValue(`${scalar.value}`, values, scalar.span) : undefined;
  };
  const [arn, region, roleArn] = [value('topic_arn'), value('sigv4', 'region'), value('sigv4', 'role_arn')];
  const refused = (node.kind === 'map' ? [...node.entries] : [])
    .filter(([key]) => REFUSED.includes(key))
    .map(([key, entry]) => ({ value: key, span: entry.key }));
  for (const { value: key, span } of refused)
    say(`receiver ${receiver} has ${key}, which a workspace does not take`, span);
  if (!arn) say(`receiver ${receiver} names no topic_arn`, node.span);
  if (!region)
    say(
      `receiver ${receiver} does not say in which region its topic is`,
      node.span,
      'add sigv4: {region: <region of the topic>}',
    );
  return {
    isSigned: mapAt(node, 'sigv4') !== undefined,
    refused,
    span: arn?.span ?? node.span,
    ...(arn && { arn }),
    ...(region && { region }),
    ...(roleArn && { roleArn }),
  };
}

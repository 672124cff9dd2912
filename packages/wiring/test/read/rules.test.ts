import { readDefinition, readRuleGroups } from '../../src/read/rules';
import { readYaml } from '../../src/read/yaml';
import { MappedText, SourceText } from '../../src/text';

const textOf = (text: string) => MappedText.whole(new SourceText('rules.yaml', text));

describe('rule files', () => {
  const read = (yaml: string) => {
    const text = textOf(yaml);
    return readRuleGroups(readYaml(text).documents[0]);
  };
  const rule = (lines: string) =>
    `groups:\n- name: g\n  interval: 30s\n  rules:\n  - ${lines.replaceAll('\n', '\n    ')}\n`;

  it.each([
    ['an alert', rule('alert: A\nexpr: up == 0\nfor: 1h30m\nkeep_firing_for: 5m\nlabels: {a: b}\nannotations: {s: x}')],
    ['a recording rule', rule('record: a:b:c\nexpr: sum(up)\nlabels: {a: b}')],
    ['a number', rule('alert: A\nexpr: 1')],
    ['an empty group', 'groups:\n- name: g\n  rules: []\n'],
    ['no groups', 'groups: []\n'],
  ])('%s is taken', (_, yaml) => {
    expect(read(yaml).defects).toEqual([]);
  });

  it.each([
    ['rules:\n- name: g\n', 'a rule file begins with groups'],
    ['groups: {name: g}\n', 'groups is no list'],
    ['groups:\n- rules: []\n', 'a group has no name'],
    ['groups:\n- {name: g, rules: []}\n- {name: g, rules: []}\n', 'two groups are called g'],
    ['groups:\n- {name: g, interval: often, rules: []}\n', '"often" is no interval'],
    [rule('expr: up'), 'a rule of group g has neither record nor alert'],
    [rule('alert: A\nrecord: b\nexpr: up'), 'rule b has record and alert at once'],
    [rule('alert: A'), 'rule A has no expr'],
    [rule('alert: A\nexpression: up\nexpr: up'), 'rule A has no setting expression'],
    [rule('record: a-b\nexpr: up'), '"a-b" is no name of a metric'],
    [rule('record: a\nexpr: up\nfor: 5m'), 'rule a records, and has for, which only alerts have'],
    [rule('alert: A\nexpr: up\nfor: 5 minutes'), 'for of rule A is "5 minutes", which is no duration'],
    [rule('alert: A\nexpr: up\nlabels: {a-b: c}'), '"a-b" is no name of a label'],
  ])('%j is not', (yaml, message) => {
    expect(read(yaml).defects.map((one) => one.message)).toContain(message);
  });
});

describe('definitions of an alert manager', () => {
  const read = (yaml: string) => readDefinition({ text: textOf(yaml), values: new Map() });
  const config = (inner: string) => `alertmanager_config: |\n  ${inner.replaceAll('\n', '\n  ')}\n`;
  const topic = 'sns_configs: [{topic_arn: arn:aws:sns:eu-west-1:111122223333:t, sigv4: {region: eu-west-1}}]';

  it('gives the tree of routes, receivers and topics', () => {
    const route = 'route:\n  receiver: a\n  routes:\n  - matchers: [severity="page", team=~"x|y"]\n    continue: true';
    const { config: found, defects } = read(config(`${route}\nreceivers:\n- name: a\n  ${topic}`));
    expect(defects).toEqual([]);
    expect(found?.route.routes[0].matchers.map(({ label, op, value }) => label + op + value)).toEqual([
      'severity=page',
      'team=~x|y',
    ]);
    expect(found?.receivers[0].topics[0].region).toMatchObject({ value: 'eu-west-1' });
  });

  it.each([
    ['route: {receiver: a}\n', 'a definition has no route'],
    ['alertmanager_config: {route: {receiver: a}}\n', 'alertmanager_config is no text'],
    ['template_files: {}\n', 'there is no alertmanager_config'],
    [config('receivers: []'), 'alertmanager_config has no route'],
    [config('route: {routes: []}'), 'the first route has no receiver'],
    [config('route: {receiver: a, matchers: [x="y"]}'), 'the first route has matchers, and must take every alert'],
    [config('route: {receiver: a}\nreceivers: [{name: a}, {name: a}]'), 'two receivers are called a'],
    [
      config('route: {receiver: a}\nreceivers: [{name: a, slack_configs: []}]'),
      'receiver a has slack_configs, and a workspace sends only to SNS and PagerDuty',
    ],
    [
      config('route: {receiver: a}\nreceivers: [{name: a, sns_configs: [{sigv4: {region: x}}]}]'),
      'receiver a names no topic_arn',
    ],
    [
      config(
        `route: {receiver: a}\nreceivers: [{name: a, ${topic.replace('topic_arn', 'api_url: http://x, topic_arn')}}]`,
      ),
      'receiver a has api_url, which a workspace does not take',
    ],
    [config('route: {receiver: a, routes: [{matchers: [severity]}]}'), '"severity" is no matcher'],
  ])('%j is refused', (yaml, message) => {
    expect(read(yaml).defects.map((one) => one.message)).toContain(message);
  });
});

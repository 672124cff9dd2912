import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CfnParameter, Duration } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import {
  PrometheusRule,
  type PrometheusRuleGroup,
  PrometheusWorkspace,
  RuleGroups,
  RuleGroupsDefinition,
  type RuleGroupsProps,
} from '../../src';
import { agnosticStack, stackIn } from '../support/stack';

const TYPE = 'AWS::APS::RuleGroupsNamespace';
const RULE = PrometheusRule.alerting('Down', { expr: 'up == 0' });

function make(definition: RuleGroupsDefinition, more: Partial<RuleGroupsProps> = {}, stack = stackIn()): Template {
  const workspace = new PrometheusWorkspace(stack, 'Metrics');
  new RuleGroups(stack, 'Rules', { workspace, definition, ...more });
  return Template.fromStack(stack);
}

function dataOf(...groups: PrometheusRuleGroup[]): string {
  const [resource] = Object.values(make(RuleGroupsDefinition.fromGroups(...groups)).findResources(TYPE));
  return resource.Properties.Data;
}

test('rules belong to the workspace by its ARN, in a namespace named by the path', () => {
  make(RuleGroupsDefinition.fromText('groups: []')).hasResourceProperties(TYPE, {
    Workspace: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Metrics'), 'Arn'] },
    Name: 'Stack-Rules-E5BE01BD',
    Data: 'groups: []',
  });
});

test('a name that is given is taken', () => {
  make(RuleGroupsDefinition.fromText('groups: []'), { namespaceName: 'tictactoe' }).hasResourceProperties(TYPE, {
    Name: 'tictactoe',
  });
});

test('rules that are written here become a rules file', () => {
  const data = dataOf(
    {
      name: 'tictactoe',
      interval: Duration.seconds(30),
      rules: [
        PrometheusRule.recording('namespace:up:avg', { expr: 'avg by (namespace) (up)', labels: { team: 'web' } }),
        PrometheusRule.alerting('TargetDown', {
          expr: 'up{app="web"} == 0',
          forDuration: Duration.minutes(5),
          keepFiringFor: Duration.hours(1),
          labels: { severity: 'warning' },
          annotations: { summary: '{{ $labels.pod }} does not answer' },
        }),
      ],
    },
    { name: 'other', rules: [RULE] },
  );

  expect(data).toBe(`groups:
  - name: tictactoe
    interval: 30s
    rules:
      - record: namespace:up:avg
        expr: avg by (namespace) (up)
        labels:
          team: web
      - alert: TargetDown
        expr: up{app="web"} == 0
        for: 5m
        keep_firing_for: 1h
        labels:
          severity: warning
        annotations:
          summary: "{{ $labels.pod }} does not answer"
  - name: other
    rules:
      - alert: Down
        expr: up == 0
`);
});

test.each([
  [Duration.seconds(0), '0s'],
  [Duration.seconds(90), '90s'],
  [Duration.hours(24), '1d'],
])('a duration of %s is written %s', (forDuration, text) => {
  const rule = PrometheusRule.alerting('Down', { expr: 'up == 0', forDuration });

  expect(dataOf({ name: 'group', rules: [rule] })).toContain(`for: ${text}\n`);
});

test('rules come from a file as they are', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'rules-')), 'rules.yaml');
  writeFileSync(file, '# ours\ngroups:\n  - name: x\n    rules: []\n');

  make(RuleGroupsDefinition.fromFile(file)).hasResourceProperties(TYPE, {
    Data: '# ours\ngroups:\n  - name: x\n    rules: []\n',
  });
});

test('what only the deployment knows is passed on', () => {
  const stack = agnosticStack();
  const text = new CfnParameter(stack, 'Text').valueAsString;
  const seconds = new CfnParameter(stack, 'Seconds', { type: 'Number' }).valueAsNumber;
  const rule = PrometheusRule.alerting(text, {
    expr: text,
    forDuration: Duration.seconds(seconds),
    labels: { account: text },
  });

  new RuleGroups(stack, 'Text2', {
    workspace: PrometheusWorkspace.fromWorkspaceAttributes(stack, 'Other', { workspaceId: 'ws-1' }),
    definition: RuleGroupsDefinition.fromText(text),
  });
  const template = make(RuleGroupsDefinition.fromGroups({ name: text, rules: [rule] }), { namespaceName: text }, stack);

  const ref = { Ref: 'Text' };
  template.hasResourceProperties(TYPE, {
    Name: ref,
    Data: {
      'Fn::Join': [
        '',
        [
          'groups:\n  - name: ',
          ref,
          '\n    rules:\n      - alert: ',
          ref,
          '\n        expr: ',
          ref,
          '\n        for: ',
          { Ref: 'Seconds' },
          's\n        labels:\n          account: ',
          ref,
          '\n',
        ],
      ],
    },
  });
  template.hasResourceProperties(TYPE, { Data: ref });
});

describe('refused', () => {
  test.each<[string, () => unknown, string]>([
    ['no groups', () => dataOf(), 'groups is []; it must be at least one group. Leave the rule groups out'],
    [
      'two groups of one name',
      () => dataOf({ name: 'a', rules: [RULE] }, { name: 'a', rules: [RULE] }),
      'Stack/Rules: name of a rule group is "a"; it must be unique in the namespace',
    ],
    [
      'a group without a name',
      () => dataOf({ name: ' ', rules: [RULE] }),
      'name of a rule group is " "; it must be some text',
    ],
    [
      'an interval of half a second',
      () => dataOf({ name: 'a', rules: [RULE], interval: Duration.millis(500) }),
      'interval of a is "Duration.millis(500)"; it must be a whole number of seconds',
    ],
    [
      'a file of Kubernetes',
      () => make(RuleGroupsDefinition.fromText('kind: PrometheusRule\nspec: {}')),
      'text is "kind: PrometheusRule\\nspec: {}"; it must be YAML with a top-level key groups. It is what promtool',
    ],
    [
      'a namespace with a slash',
      () => make(RuleGroupsDefinition.fromText('groups: []'), { namespaceName: 'a/b' }),
      'Stack/Rules: namespaceName is "a/b"; it must be 1 to 64 letters',
    ],
    [
      'a metric with a hyphen',
      () => PrometheusRule.recording('a-b', { expr: 'up' }),
      'metricName is "a-b"; it must be the name of a metric',
    ],
    [
      'a query that is empty',
      () => PrometheusRule.recording('a', { expr: '' }),
      'expr of a is ""; it must be some text',
    ],
    ['an alert without a name', () => PrometheusRule.alerting('', { expr: 'up' }), 'alert is ""; it must be some text'],
    [
      'a label with a dot',
      () => PrometheusRule.alerting('A', { expr: 'up', labels: { 'a.b': 'c' } }),
      'labels of A is "a.b"; it must be labels named by',
    ],
    [
      'an annotation with a hyphen',
      () => PrometheusRule.alerting('A', { expr: 'up', annotations: { 'runbook-url': 'c' } }),
      'annotations of A is "runbook-url"; it must be labels named by',
    ],
  ])('%s', (_, make_, message) => {
    expect(make_).toThrow(message);
  });

  test('a file that does not exist', () => {
    expect(() => make(RuleGroupsDefinition.fromFile('/nowhere/rules.yaml'))).toThrow('/nowhere/rules.yaml');
  });
});

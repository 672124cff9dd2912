import { App, CfnParameter, Duration, type Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import { AlertManager, type AlertManagerProps, AlertReceiver, type AlertRoute, PrometheusWorkspace } from '../../src';
import { allows } from '../support/policy';
import { ACCOUNT, agnosticStack, OTHER_ACCOUNT, REGION, stackIn, WORKSPACE_ID } from '../support/stack';

const TOPIC = `arn:aws:sns:${REGION}:${ACCOUNT}:alerts`;
const SECRET = `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:pagerduty-AbCdEf`;

const topicIn = (stack: Stack) => sns.Topic.fromTopicArn(stack, 'Topic', TOPIC);
const secretIn = (stack: Stack) => secretsmanager.Secret.fromSecretCompleteArn(stack, 'Secret', SECRET);
const teamIn = (stack: Stack) => AlertReceiver.sns('team', { topic: topicIn(stack) });

function make(stack: Stack, route: AlertRoute, more: Partial<AlertManagerProps> = {}): Template {
  const workspace = new PrometheusWorkspace(stack, 'Metrics');
  new AlertManager(stack, 'AlertManager', { workspace, route, ...more });
  return Template.fromStack(stack);
}

function definitionOf(template: Template): unknown {
  const [resource] = Object.values(template.findResources('AWS::APS::Workspace'));
  return resource.Properties.AlertManagerDefinition;
}

test('one receiver for everything is the least', () => {
  const stack = stackIn();

  expect(definitionOf(make(stack, { receiver: teamIn(stack) }))).toBe(`alertmanager_config: |
  route:
    receiver: team
  receivers:
    - name: team
      sns_configs:
        - topic_arn: ${TOPIC}
          sigv4:
            region: ${REGION}
`);
});

test('routes, receivers, inhibitions and templates arrive as Prometheus writes them', () => {
  const stack = stackIn();
  const team = AlertReceiver.sns('team', {
    topic: topicIn(stack),
    subject: '{{ template "subject" . }}',
    message: 'text',
    attributes: { severity: '{{ .CommonLabels.severity }}' },
    sendResolved: false,
  });
  const onCall = AlertReceiver.pagerDuty('on-call', {
    secret: secretIn(stack),
    secretKey: 'routing_key',
    refreshInterval: Duration.minutes(5),
    severity: 'critical',
    description: 'text',
    details: { cluster: 'tictactoe-dev' },
    sendResolved: true,
  });

  const template = make(
    stack,
    {
      receiver: team,
      groupBy: ['alertname', 'namespace'],
      groupWait: Duration.seconds(10),
      groupInterval: Duration.minutes(2),
      repeatInterval: Duration.days(5),
      routes: [
        { receiver: onCall, matchers: ['severity="critical"', 'namespace=~"tictactoe-.*"'], continueMatching: true },
        { receiver: team, groupBy: ['...'] },
      ],
    },
    {
      inhibitions: [
        { sourceMatchers: ['severity="critical"'], targetMatchers: ['severity!="critical"'], equal: ['namespace'] },
      ],
      templates: { ours: '{{ define "subject" }}\nalert\n{{ end }}\n' },
    },
  );

  expect(definitionOf(template)).toBe(`template_files:
  ours: |
    {{ define "subject" }}
    alert
    {{ end }}
alertmanager_config: |
  templates:
    - ours
  route:
    receiver: team
    group_by:
      - alertname
      - namespace
    group_wait: 10s
    group_interval: 2m
    repeat_interval: 5d
    routes:
      - receiver: on-call
        matchers:
          - severity="critical"
          - namespace=~"tictactoe-.*"
        continue: true
      - receiver: team
        group_by:
          - ...
  inhibit_rules:
    - source_matchers:
        - severity="critical"
      target_matchers:
        - severity!="critical"
      equal:
        - namespace
  receivers:
    - name: team
      sns_configs:
        - topic_arn: ${TOPIC}
          sigv4:
            region: ${REGION}
          subject: '{{ template "subject" . }}'
          message: text
          attributes:
            severity: "{{ .CommonLabels.severity }}"
          send_resolved: false
    - name: on-call
      pagerduty_configs:
        - routing_key:
            aws_secrets_manager:
              secret_arn: ${SECRET}
              secret_key: routing_key
              refresh_interval: 5m
          severity: critical
          description: text
          details:
            cluster: tictactoe-dev
          send_resolved: true
`);
});

test('an ARN that only the deployment knows stays in its line', () => {
  const stack = agnosticStack();
  const topic = new sns.Topic(stack, 'Topic');

  expect(definitionOf(make(stack, { receiver: AlertReceiver.sns('team', { topic }) }))).toEqual({
    'Fn::Join': [
      '',
      [
        'alertmanager_config: |\n  ',
        'route:\n    receiver: team\n  receivers:\n    - name: team\n      sns_configs:\n        - topic_arn: ',
        { Ref: expect.stringMatching(/^Topic/) },
        '\n          sigv4:\n            region: ',
        { Ref: 'AWS::Region' },
        '\n',
      ],
    ],
  });
});

test('texts of several lines keep their indent around what only the deployment knows', () => {
  const stack = agnosticStack();
  const text = new CfnParameter(stack, 'Text').valueAsString;
  const receiver = AlertReceiver.sns('team', { topic: topicIn(stack), message: `first\n${text} second\n\nthird\n` });

  const rendered = JSON.stringify(definitionOf(make(stack, { receiver }, { templates: { ours: `a\n${text}\n` } })));

  expect(rendered).toContain('"template_files:\\n  ours: |\\n    a\\n    ",{"Ref":"Text"},"\\n"');
  expect(rendered).toContain(
    '          message: |\\n            first\\n            ",{"Ref":"Text"}," second\\n\\n            third\\n',
  );
});

test('a topic of another stack is imported', () => {
  const app = new App();
  const topic = new sns.Topic(stackIn(undefined, 'Alerts', app), 'Topic');
  const stack = stackIn(undefined, 'Stack', app);
  const workspace = new PrometheusWorkspace(stack, 'Metrics');
  // The policy of a topic that is made here would need the workspace's ARN there, and each stack would wait for the other.
  const imported = sns.Topic.fromTopicArn(stack, 'Imported', topic.topicArn);

  new AlertManager(stack, 'AlertManager', {
    workspace,
    route: { receiver: AlertReceiver.sns('x', { topic: imported }) },
  });

  expect(JSON.stringify(definitionOf(Template.fromStack(stack)))).toContain('Fn::ImportValue');
});

describe('under evaluation, what AMP may do', () => {
  const stack = stackIn();
  const topic = new sns.Topic(stack, 'Topic');
  const secret = new secretsmanager.Secret(stack, 'Secret');
  const template = make(stack, {
    receiver: AlertReceiver.sns('team', { topic }),
    routes: [{ receiver: AlertReceiver.pagerDuty('on-call', { secret, secretKey: 'key' }) }],
  });
  const workspace = `arn:aws:aps:${REGION}:${ACCOUNT}:workspace/${WORKSPACE_ID}`;
  const attributes = { 'Metrics*.Arn': workspace, 'Topic*': TOPIC };
  const right = {
    service: 'aps.amazonaws.com',
    context: { 'aws:SourceArn': workspace, 'aws:SourceAccount': ACCOUNT },
  };
  const statementsOf = (type: string, property: string) =>
    Object.values(template.findResources(type)).flatMap(({ Properties }) => Properties[property].Statement);

  describe.each([
    ['publish', 'AWS::SNS::TopicPolicy', 'PolicyDocument', 'sns:Publish', TOPIC],
    ['read', 'AWS::SecretsManager::ResourcePolicy', 'ResourcePolicy', 'secretsmanager:GetSecretValue', SECRET],
  ])('is to %s', (_, type, property, action, resource) => {
    const statements = statementsOf(type, property);
    const request = { ...right, action, resource };

    test('for this workspace', () => {
      expect(allows(statements, request, attributes)).toBe(true);
    });

    test.each([
      ['another workspace', { context: { ...right.context, 'aws:SourceArn': `${workspace}0` } }],
      ['another account', { context: { ...right.context, 'aws:SourceAccount': OTHER_ACCOUNT } }],
      ['nobody in particular', { context: {} }],
      ['another service', { service: 'ec2.amazonaws.com' }],
    ])('but not for %s', (__, wrong) => {
      expect(allows(statements, { ...request, ...wrong }, attributes)).toBe(false);
    });

    test('and nothing else', () => {
      expect(allows(statements, { ...request, action: action.replace(/:.*/, ':Delete') }, attributes)).toBe(false);
    });
  });
});

describe('policies', () => {
  const workspaceArn = { 'Fn::GetAtt': [Match.stringLikeRegexp('^Metrics'), 'Arn'] };
  const conditions = {
    ArnEquals: { 'aws:SourceArn': workspaceArn },
    StringEquals: { 'aws:SourceAccount': ACCOUNT },
  };
  const anyWorkspace = {
    ArnLike: { 'aws:SourceArn': `arn:aws:aps:${REGION}:${ACCOUNT}:workspace/*` },
    StringEquals: { 'aws:SourceAccount': ACCOUNT },
  };

  test('of a topic let AMP publish for this workspace and account only', () => {
    const stack = stackIn();
    const topic = new sns.Topic(stack, 'Topic');

    make(stack, { receiver: AlertReceiver.sns('team', { topic }) }).hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: {
        Statement: [
          {
            Sid: Match.anyValue(),
            Effect: 'Allow',
            Action: ['sns:GetTopicAttributes', 'sns:Publish'],
            Principal: { Service: 'aps.amazonaws.com' },
            Resource: { Ref: Match.stringLikeRegexp('^Topic') },
            Condition: conditions,
          },
        ],
      },
    });
  });

  test('of a secret let AMP read it for this workspace and account only', () => {
    const stack = stackIn();
    const secret = new secretsmanager.Secret(stack, 'Secret');

    const template = make(stack, { receiver: AlertReceiver.pagerDuty('x', { secret, secretKey: 'k' }) });

    template.hasResourceProperties('AWS::SecretsManager::ResourcePolicy', {
      ResourcePolicy: {
        Statement: [
          {
            Effect: 'Allow',
            Action: 'secretsmanager:GetSecretValue',
            Principal: { Service: 'aps.amazonaws.com' },
            Resource: '*',
            Condition: conditions,
          },
        ],
      },
    });
  });

  test('of keys let AMP use them for the workspaces of the account and region', () => {
    const stack = stackIn();
    const topicKey = new kms.Key(stack, 'TopicKey');
    const secretKms = new kms.Key(stack, 'SecretKey');
    const topic = new sns.Topic(stack, 'Topic', { masterKey: topicKey });
    const secret = new secretsmanager.Secret(stack, 'Secret', { encryptionKey: secretKms });

    const template = make(stack, {
      receiver: AlertReceiver.sns('team', { topic }),
      routes: [{ receiver: AlertReceiver.pagerDuty('x', { secret, secretKey: 'k' }) }],
    });

    for (const action of [['kms:Decrypt', 'kms:GenerateDataKey*'], 'kms:Decrypt']) {
      template.hasResourceProperties('AWS::KMS::Key', {
        KeyPolicy: {
          Statement: Match.arrayWith([
            {
              Effect: 'Allow',
              Action: action,
              Principal: { Service: 'aps.amazonaws.com' },
              Resource: '*',
              Condition: anyWorkspace,
            },
          ]),
        },
      });
    }
  });

  test('that cannot be extended give warnings that say what they must allow', () => {
    const stack = stackIn();
    const key = kms.Key.fromKeyArn(stack, 'Key', `arn:aws:kms:${REGION}:${ACCOUNT}:key/1234abcd`);
    const secret = secretsmanager.Secret.fromSecretAttributes(stack, 'Secret', {
      secretCompleteArn: SECRET,
      encryptionKey: key,
    });

    make(stack, {
      receiver: teamIn(stack),
      routes: [{ receiver: AlertReceiver.pagerDuty('x', { secret, secretKey: 'k' }) }],
    });

    for (const text of [
      `imported topic ${TOPIC} cannot be extended. It must allow sns:GetTopicAttributes and sns:Publish`,
      `imported secret ${SECRET} cannot be extended. It must allow secretsmanager:GetSecretValue to aps.amazonaws.com`,
      'imported key .* cannot be extended. It must allow kms:Decrypt',
    ]) {
      Annotations.fromStack(stack).hasWarning('/Stack/AlertManager', Match.stringLikeRegexp(text));
    }
  });
});

describe('refused', () => {
  test.each<[string, (stack: Stack) => unknown, string]>([
    [
      'matchers at the top',
      (stack) => make(stack, { receiver: teamIn(stack), matchers: ['a="b"'] }),
      'Stack/AlertManager: route.matchers is ["a=\\"b\\""]; it must be left out at the top. Every alert must go',
    ],
    [
      'a matcher without an operator',
      (stack) => {
        const receiver = teamIn(stack);
        make(stack, { receiver, routes: [{ receiver, matchers: ['critical'] }] });
      },
      'matchers is "critical"; it must be a label, one of = != =~ !~, and a value. Write it like',
    ],
    [
      'two receivers of one name',
      (stack) => {
        const topic = topicIn(stack);
        const again = AlertReceiver.sns('team', { topic });
        make(stack, { receiver: AlertReceiver.sns('team', { topic }), routes: [{ receiver: again }] });
      },
      'receiver is "team"; it must be a name for one receiver only',
    ],
    [
      'a receiver without a name',
      (stack) => AlertReceiver.sns('', { topic: topicIn(stack) }),
      'name is ""; it must be some text',
    ],
    [
      'a FIFO topic',
      (stack) => {
        const topic = new sns.Topic(stack, 'Fifo', { fifo: true });
        make(stack, { receiver: AlertReceiver.sns('team', { topic }) });
      },
      'topic of team is "a FIFO topic"; it must be a standard topic',
    ],
    [
      'to repeat after more than five days',
      (stack) => make(stack, { receiver: teamIn(stack), repeatInterval: Duration.days(6) }),
      'repeatInterval is "6 days"; it must be at most 5 days. AMP would take',
    ],
    [
      'to bundle by what is no label',
      (stack) => make(stack, { receiver: teamIn(stack), groupBy: ['a-b'] }),
      'groupBy is "a-b"; it must be labels named by',
    ],
    [
      'a second alert manager',
      (stack) => {
        const workspace = new PrometheusWorkspace(stack, 'Metrics');
        const route = { receiver: teamIn(stack) };
        new AlertManager(stack, 'First', { workspace, route });
        new AlertManager(stack, 'Second', { workspace, route });
      },
      'Stack/Second: workspace is "Stack/Metrics"; it must be a workspace that has no alert manager yet',
    ],
  ])('%s', (_, act, message) => {
    const stack = stackIn();

    expect(() => act(stack)).toThrow(message);
  });

  test('not: names, matchers and intervals that only the deployment knows', () => {
    const stack = agnosticStack();
    const text = new CfnParameter(stack, 'Text').valueAsString;
    const seconds = new CfnParameter(stack, 'Seconds', { type: 'Number' }).valueAsNumber;
    const receiver = AlertReceiver.sns(text, { topic: topicIn(stack) });

    const template = make(stack, {
      receiver,
      repeatInterval: Duration.seconds(seconds),
      routes: [{ receiver, matchers: [text] }],
    });

    expect(JSON.stringify(definitionOf(template))).toContain('repeat_interval: ",{"Ref":"Seconds"},"s');
  });
});

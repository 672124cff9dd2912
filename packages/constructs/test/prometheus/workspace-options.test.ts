import { CfnParameter, Duration } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { PrometheusWorkspace, type PrometheusWorkspaceProps } from '../../src';
import { ACCOUNT, agnosticStack, REGION, stackIn } from '../support/stack';

const TYPE = 'AWS::APS::Workspace';

function make(props: PrometheusWorkspaceProps, stack = stackIn()): Template {
  new PrometheusWorkspace(stack, 'Metrics', props);
  return Template.fromStack(stack);
}

test('windows, offsets and limits arrive beside the retention', () => {
  const template = make({
    retentionPeriod: Duration.days(90),
    outOfOrderWindow: Duration.minutes(5),
    ruleQueryOffset: Duration.seconds(30),
    labelSetLimits: [{ labels: { namespace: 'tictactoe-dev', app: 'web' }, maxSeries: 1000 }],
  });

  template.hasResourceProperties(TYPE, {
    WorkspaceConfiguration: {
      RetentionPeriodInDays: 90,
      OutOfOrderTimeWindowInSeconds: 300,
      RuleQueryOffsetInSeconds: 30,
      LimitsPerLabelSets: [
        {
          LabelSet: [
            { Name: 'namespace', Value: 'tictactoe-dev' },
            { Name: 'app', Value: 'web' },
          ],
          Limits: { MaxSeries: 1000 },
        },
      ],
    },
  });
});

test('a limit without labels is for the series that fit no other', () => {
  make({
    labelSetLimits: [
      { labels: { app: 'web' }, maxSeries: 1000 },
      { labels: {}, maxSeries: 50 },
    ],
  }).hasResourceProperties(TYPE, {
    WorkspaceConfiguration: {
      LimitsPerLabelSets: [
        { LabelSet: [{ Name: 'app', Value: 'web' }], Limits: { MaxSeries: 1000 } },
        { LabelSet: [], Limits: { MaxSeries: 50 } },
      ],
    },
  });
});

test('a window of zero is told, because it differs from the default', () => {
  make({ outOfOrderWindow: Duration.seconds(0) }).hasResourceProperties(TYPE, {
    WorkspaceConfiguration: { OutOfOrderTimeWindowInSeconds: 0 },
  });
});

test('no limits are no configuration', () => {
  make({ labelSetLimits: [] }).hasResource(TYPE, { Properties: Match.absent() });
});

test('logs go to the given groups, queries from the given size on', () => {
  const stack = stackIn();
  const alertingLogGroup = new logs.LogGroup(stack, 'Alerting');
  const queryLogGroup = logs.LogGroup.fromLogGroupName(stack, 'Queries', '/aws/vendedlogs/queries');

  const template = make({ alertingLogGroup, queryLogGroup, queryLogThreshold: 1000 }, stack);

  template.hasResourceProperties(TYPE, {
    LoggingConfiguration: { LogGroupArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Alerting'), 'Arn'] } },
    QueryLoggingConfiguration: {
      Destinations: [
        {
          // The service wants the form with :* at the end.
          CloudWatchLogs: {
            LogGroupArn: {
              'Fn::Join': [
                '',
                ['arn:', { Ref: 'AWS::Partition' }, `:logs:${REGION}:${ACCOUNT}:log-group:/aws/vendedlogs/queries:*`],
              ],
            },
          },
          Filters: { QspThreshold: 1000 },
        },
      ],
    },
  });
});

test('without a threshold every query is logged', () => {
  const stack = stackIn();
  const queryLogGroup = new logs.LogGroup(stack, 'Queries');

  make({ queryLogGroup }, stack).hasResourceProperties(TYPE, {
    QueryLoggingConfiguration: { Destinations: [{ Filters: { QspThreshold: 0 } }] },
  });
});

describe('a key', () => {
  test('encrypts the workspace and lets its makers have AMP make grants', () => {
    const stack = stackIn();
    const encryptionKey = new kms.Key(stack, 'Key');

    const template = make({ encryptionKey }, stack);

    template.hasResourceProperties(TYPE, { KmsKeyArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Key'), 'Arn'] } });
    template.hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: {
        Statement: Match.arrayWith([
          {
            Effect: 'Allow',
            Action: ['kms:CreateGrant', 'kms:DescribeKey'],
            Principal: { AWS: '*' },
            Resource: '*',
            Condition: {
              StringEquals: {
                'kms:CallerAccount': ACCOUNT,
                'kms:ViaService': `aps.${REGION}.amazonaws.com`,
              },
            },
          },
        ]),
      },
    });
  });

  test('that is imported gives a warning that says what its policy must allow', () => {
    const stack = stackIn();
    const encryptionKey = kms.Key.fromKeyArn(stack, 'Key', `arn:aws:kms:${REGION}:${ACCOUNT}:key/1234abcd`);

    make({ encryptionKey }, stack);

    Annotations.fromStack(stack).hasWarning(
      '/Stack/Metrics',
      Match.stringLikeRegexp(
        `allow kms:CreateGrant and kms:DescribeKey with kms:ViaService aps.${REGION}.amazonaws.com`,
      ),
    );
  });
});

describe('refused', () => {
  test.each<[string, PrometheusWorkspaceProps, string]>([
    [
      'a window of half a second',
      { outOfOrderWindow: Duration.millis(500) },
      'outOfOrderWindow is "Duration.millis(500)"; it must be a whole number of seconds. Use Duration.seconds(n)',
    ],
    [
      'an offset of half a second',
      { ruleQueryOffset: Duration.millis(1500) },
      'ruleQueryOffset is "Duration.millis(1500)"; it must be a whole number of seconds. Use Duration.seconds(n)',
    ],
    [
      'two limits for the series that fit no other',
      {
        labelSetLimits: [
          { labels: {}, maxSeries: 1 },
          { labels: {}, maxSeries: 2 },
        ],
      },
      'labelSetLimits[1].labels is {}; it must be another label set than that of labelSetLimits[0]',
    ],
    [
      'a label that no series can have',
      { labelSetLimits: [{ labels: { 'a-b': 'x' }, maxSeries: 1 }] },
      'labelSetLimits[0].labels is "a-b"; it must be labels named by letters, digits and _',
    ],
    [
      'a label without a value',
      { labelSetLimits: [{ labels: { app: '' }, maxSeries: 1 }] },
      `labelSetLimits[0].labels['app'] is ""; it must be at least one character`,
    ],
    [
      'a negative limit',
      { labelSetLimits: [{ labels: { app: 'web' }, maxSeries: -1 }] },
      'labelSetLimits[0].maxSeries is -1; it must be a whole number from 0',
    ],
    [
      'a threshold without a group',
      { queryLogThreshold: 5 },
      'queryLogThreshold is 5; it must be left out when queryLogGroup is. Give the log group',
    ],
  ])('%s', (_, props, message) => {
    expect(() => make(props)).toThrow(`Stack/Metrics: ${message}`);
  });

  test('a negative threshold', () => {
    const stack = stackIn();
    const queryLogGroup = new logs.LogGroup(stack, 'Queries');

    expect(() => make({ queryLogGroup, queryLogThreshold: -1 }, stack)).toThrow(
      'queryLogThreshold is -1; it must be a whole number from 0',
    );
  });
});

test('numbers, labels and durations that only the deployment knows are passed on', () => {
  const stack = agnosticStack();
  const number = new CfnParameter(stack, 'Number', { type: 'Number' }).valueAsNumber;
  const text = new CfnParameter(stack, 'Text').valueAsString;
  const queryLogGroup = new logs.LogGroup(stack, 'Queries');

  const template = make(
    {
      outOfOrderWindow: Duration.seconds(number),
      ruleQueryOffset: Duration.seconds(number),
      labelSetLimits: [{ labels: { app: text }, maxSeries: number }],
      queryLogGroup,
      queryLogThreshold: number,
    },
    stack,
  );

  template.hasResourceProperties(TYPE, {
    WorkspaceConfiguration: {
      OutOfOrderTimeWindowInSeconds: { Ref: 'Number' },
      RuleQueryOffsetInSeconds: { Ref: 'Number' },
      LimitsPerLabelSets: [
        { LabelSet: [{ Name: 'app', Value: { Ref: 'Text' } }], Limits: { MaxSeries: { Ref: 'Number' } } },
      ],
    },
    QueryLoggingConfiguration: { Destinations: [{ Filters: { QspThreshold: { Ref: 'Number' } } }] },
  });
});

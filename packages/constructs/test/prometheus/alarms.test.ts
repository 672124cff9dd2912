import { App, CfnParameter, Duration, type Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { type IPrometheusWorkspace, PrometheusAlarms, PrometheusWorkspace } from '../../src';
import { agnosticStack, stackIn, WORKSPACE_ID } from '../support/stack';

function existing(stack: Stack, region?: string): IPrometheusWorkspace {
  return PrometheusWorkspace.fromWorkspaceAttributes(stack, 'Metrics', { workspaceId: WORKSPACE_ID, region });
}

describe('metrics', () => {
  const workspace = existing(stackIn());

  test('of usage are in AWS/Usage, with the five dimensions that AMP publishes them under', () => {
    const usage = (resource: string) => ({
      namespace: 'AWS/Usage',
      metricName: 'ResourceCount',
      statistic: 'Maximum',
      dimensions: {
        Service: 'Prometheus',
        Type: 'Resource',
        Class: 'None',
        Resource: resource,
        ResourceId: WORKSPACE_ID,
      },
    });

    expect(workspace.metricActiveSeries()).toMatchObject(usage('ActiveSeries'));
    expect(workspace.metricIngestionRate()).toMatchObject(usage('IngestionRate'));
    expect(workspace.metricResourceCount('ActiveAlerts')).toMatchObject(usage('ActiveAlerts'));
  });

  test('of the workspace are in AWS/Prometheus', () => {
    expect(workspace.metric('QuerySamplesProcessed', { statistic: 'Sum' })).toMatchObject({
      namespace: 'AWS/Prometheus',
      metricName: 'QuerySamplesProcessed',
      statistic: 'Sum',
      dimensions: { Workspace: WORKSPACE_ID },
    });
    expect(workspace.metricNotificationsFailed()).toMatchObject({
      metricName: 'AlertManagerNotificationsFailed',
      statistic: 'Sum',
    });
  });

  test('that are published by reason or rule group are added up by a query', () => {
    expect(workspace.metricDiscardedSamples().expression).toBe(
      `SELECT SUM(DiscardedSamples) FROM "AWS/Prometheus" WHERE Workspace = '${WORKSPACE_ID}'`,
    );
    expect(workspace.metricRuleEvaluationFailures().expression).toBe(
      `SELECT SUM(RuleEvaluationFailures) FROM "AWS/Prometheus" WHERE Workspace = '${WORKSPACE_ID}'`,
    );
  });

  test('take options', () => {
    const options = { period: Duration.minutes(1), label: 'mine' };

    expect(workspace.metricActiveSeries(options).period.toMinutes()).toBe(1);
    expect(workspace.metricDiscardedSamples(options)).toMatchObject({ label: 'mine', period: Duration.minutes(1) });
  });
});

describe('alarms', () => {
  test('ring on what the alert manager could not tell, and not on missing data', () => {
    const stack = stackIn();

    new PrometheusAlarms(stack, 'Alarms', { workspace: existing(stack) });

    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::CloudWatch::Alarm', 3);
    template.allResourcesProperties('AWS::CloudWatch::Alarm', {
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      Threshold: 1,
      EvaluationPeriods: 1,
      TreatMissingData: 'notBreaching',
      AlarmActions: Match.absent(),
    });
    for (const metric of ['DiscardedSamples', 'RuleEvaluationFailures']) {
      template.hasResourceProperties('AWS::CloudWatch::Alarm', {
        Metrics: [Match.objectLike({ Expression: Match.stringLikeRegexp(`SUM\\(${metric}\\)`), Period: 300 })],
      });
    }
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      Namespace: 'AWS/Prometheus',
      MetricName: 'AlertManagerNotificationsFailed',
      Dimensions: [{ Name: 'Workspace', Value: WORKSPACE_ID }],
    });
  });

  test('ring on many series if asked to', () => {
    const stack = stackIn();

    const alarms = new PrometheusAlarms(stack, 'Alarms', { workspace: existing(stack), maxActiveSeries: 1_600_000 });

    expect(alarms.activeSeries).toBeDefined();
    Template.fromStack(stack).hasResourceProperties('AWS::CloudWatch::Alarm', {
      Namespace: 'AWS/Usage',
      MetricName: 'ResourceCount',
      Threshold: 1_600_000,
      Statistic: 'Maximum',
    });
  });

  test('act when they ring and when they are over', () => {
    const stack = stackIn();
    const action: cloudwatch.IAlarmAction = {
      bind: () => ({ alarmActionArn: 'arn:aws:sns:ap-northeast-2:111122223333:t' }),
    };

    new PrometheusAlarms(stack, 'Alarms', { workspace: existing(stack), actions: [action] });

    Template.fromStack(stack).allResourcesProperties('AWS::CloudWatch::Alarm', {
      AlarmActions: ['arn:aws:sns:ap-northeast-2:111122223333:t'],
      OKActions: ['arn:aws:sns:ap-northeast-2:111122223333:t'],
    });
  });

  test('of a workspace that is made in the stack wait for its id', () => {
    const stack = agnosticStack();

    new PrometheusAlarms(stack, 'Alarms', { workspace: new PrometheusWorkspace(stack, 'Metrics') });

    Template.fromStack(stack).hasResourceProperties('AWS::CloudWatch::Alarm', {
      Dimensions: [{ Name: 'Workspace', Value: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Metrics'), 'WorkspaceId'] } }],
    });
  });

  test('of a workspace in another region are refused', () => {
    const stack = stackIn('us-east-1', 'Stack', new App());

    expect(() => new PrometheusAlarms(stack, 'Alarms', { workspace: existing(stack, 'eu-west-1') })).toThrow(
      'Stack/Alarms: workspace is "a workspace in eu-west-1"; it must be in us-east-1, the region of the stack. Put',
    );
  });

  test('on no series at all are refused, unless only the deployment knows the number', () => {
    const stack = agnosticStack();
    const workspace = existing(stack);
    const maxActiveSeries = new CfnParameter(stack, 'Max', { type: 'Number' }).valueAsNumber;

    expect(() => new PrometheusAlarms(stack, 'None', { workspace, maxActiveSeries: 0 })).toThrow(
      'maxActiveSeries is 0; it must be more than 0. Leave it out',
    );
    expect(() => new PrometheusAlarms(stack, 'Some', { workspace, maxActiveSeries })).not.toThrow();
  });
});

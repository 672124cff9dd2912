import { Aws, Duration } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as cloudwatchActions from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as sns from 'aws-cdk-lib/aws-sns';
import {
  AlertReceiver,
  ContainerLogGroup,
  EksObservability,
  GrafanaRole,
  GrafanaWorkspace,
  LogCollection,
  MetricsCollection,
  ObservabilityAddonName,
  PrivateComponent,
  PrometheusRule,
  PrometheusWorkspace,
  RuleGroupsDefinition,
} from '../../src';
import { ACCOUNT, agnosticStack, REGION, stackIn, WORKSPACE_ID } from '../support/stack';
import { issuer, observe, templateOf, typesOf, vpcOf } from './support';

const metrics = MetricsCollection.alloy();
const logs = LogCollection.fluentBit();

describe('the cluster', () => {
  test('can be a construct', () => {
    const stack = stackIn();
    const cluster = eks.Cluster.fromClusterAttributes(stack, 'Mine', { clusterName: 'other' });
    const observability = observe({ cluster, metrics }, stack);

    expect(observability.cluster).toBe(cluster);
    expect(observability.bindings.clusterName).toBe('other');
  });

  test('must be given once', () => {
    const stack = stackIn();
    const cluster = eks.Cluster.fromClusterAttributes(stack, 'Mine', { clusterName: 'other' });

    expect(() => new EksObservability(stack, 'None', { metrics })).toThrow(
      'Stack/None: clusterName is undefined; it must be given when cluster is not',
    );
    expect(() => new EksObservability(stack, 'Both', { metrics, cluster, clusterName: 'other' })).toThrow(
      'clusterName is "other"; it must be left out when cluster is given',
    );
  });

  test('may have a name that only the deployment knows', () => {
    const stack = agnosticStack();
    new EksObservability(stack, 'Observability', { clusterName: Aws.STACK_NAME, metrics, logs });

    Template.fromStack(stack).hasResourceProperties('AWS::Logs::LogGroup', {
      LogGroupName: { 'Fn::Join': ['', ['/eks/', { Ref: 'AWS::StackName' }]] },
    });
  });
});

describe('logs by Fluent Bit', () => {
  test('make a log group named like the cluster and a role that may write to it', () => {
    const template = templateOf({ issuer, logs });

    template.hasResourceProperties('AWS::Logs::LogGroup', { LogGroupName: '/eks/tictactoe-dev', RetentionInDays: 30 });
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: [{ Action: ['logs:CreateLogStream', 'logs:PutLogEvents'] }] },
    });
    expect(typesOf(template)).toEqual({ 'AWS::Logs::LogGroup': 1, 'AWS::IAM::Role': 1, 'AWS::IAM::Policy': 1 });
  });

  test('go to a log group that exists, which is not made again', () => {
    const stack = stackIn();
    const logGroup = ContainerLogGroup.fromContainerLogGroupAttributes(stack, 'Theirs', { logGroupName: '/theirs' });
    const observability = observe({ issuer, logs, logGroup }, stack);

    expect(observability.logGroup).toBe(logGroup);
    Template.fromStack(stack).resourceCountIs('AWS::Logs::LogGroup', 0);
  });

  test('are not collected twice', () => {
    expect(() => observe({ logs, metrics: MetricsCollection.adotAddon({ containerLogs: true }) })).toThrow(
      'logs is "a second collector of logs"; it must be left out when the add-on ADOT collects container logs',
    );
  });
});

describe('a workspace that somebody else makes', () => {
  test('is granted by its tags', () => {
    const stack = stackIn();
    const workspace = PrometheusWorkspace.fromWorkspaceTags(stack, 'Acks', { tags: { 'sightline-overlay': 'dev' } });
    const template = templateOf({ issuer, metrics, workspace }, stack);

    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: [
          {
            Action: 'aps:RemoteWrite',
            Condition: { StringEquals: { 'aws:ResourceTag/sightline-overlay': 'dev' } },
          },
        ],
      },
    });
    template.resourceCountIs('AWS::APS::Workspace', 0);
  });

  test('keeps its rules and its alert manager', () => {
    const stack = stackIn();
    const workspace = PrometheusWorkspace.fromWorkspaceTags(stack, 'Acks', { tags: { team: 'a' } });
    const known = PrometheusWorkspace.fromWorkspaceAttributes(stack, 'Known', { workspaceId: WORKSPACE_ID });
    const receiver = AlertReceiver.sns('team', { topic: new sns.Topic(stack, 'Topic') });

    expect(() => new EksObservability(stack, 'A', { clusterName: 'a', metrics, workspace, alerts: {} })).toThrow(
      'workspace is "Stack/Acks"; it must be a workspace whose id is known, not one that is told by its tags',
    );
    expect(
      () => new EksObservability(stack, 'B', { clusterName: 'b', metrics, workspace: known, alerts: { receiver } }),
    ).toThrow('alerts.receiver is "team"; it must be left out for a workspace that is not made in this app');
  });

  test('takes rules if its id is known', () => {
    const stack = stackIn();
    const workspace = PrometheusWorkspace.fromWorkspaceAttributes(stack, 'Known', { workspaceId: WORKSPACE_ID });
    const rule = PrometheusRule.alerting('Down', { expr: 'up == 0' });
    const rules = { game: RuleGroupsDefinition.fromGroups({ name: 'game', rules: [rule] }) };
    const observability = observe({ workspace, alerts: { rules } }, stack);

    expect(Object.keys(observability.ruleGroups)).toEqual(['game']);
    expect(observability.alertManager).toBeUndefined();
    Template.fromStack(stack).hasResourceProperties('AWS::APS::RuleGroupsNamespace', {
      Name: 'game',
      Workspace: `arn:aws:aps:${REGION}:${ACCOUNT}:workspace/${WORKSPACE_ID}`,
    });
  });
});

describe('alerts', () => {
  test('go to the receiver, the critical ones to another, and alarms watch the workspace itself', () => {
    const stack = stackIn();
    const topic = new sns.Topic(stack, 'Topic');
    const pager = new sns.Topic(stack, 'Pager');
    const alerts = {
      receiver: AlertReceiver.sns('team', { topic }),
      criticalReceiver: AlertReceiver.sns('on-call', { topic: pager }),
      groupBy: ['alertname'],
      maxActiveSeries: 1000,
      alarmActions: [new cloudwatchActions.SnsAction(topic)],
    };
    const template = templateOf({ metrics, alerts }, stack);

    const definition = JSON.stringify(template.findResources('AWS::APS::Workspace'));
    expect(definition).toMatch(/receiver: team.*group_by:.*- alertname.*receiver: on-call.*severity=.*critical/);
    template.resourceCountIs('AWS::CloudWatch::Alarm', 4);
    template.allResourcesProperties('AWS::CloudWatch::Alarm', { AlarmActions: [Match.anyValue()] });
  });

  test('are bundled by name and namespace', () => {
    const stack = stackIn();
    const receiver = AlertReceiver.sns('team', { topic: new sns.Topic(stack, 'Topic') });
    const template = templateOf({ metrics, alerts: { receiver } }, stack);

    const definition = JSON.stringify(template.findResources('AWS::APS::Workspace'));
    expect(definition).toMatch(/group_by:.*- alertname.*- namespace/);
    template.resourceCountIs('AWS::CloudWatch::Alarm', 3);
  });

  test.each([
    ['criticalReceiver', { criticalReceiver: 'x' }, '"x"'],
    ['groupBy', { groupBy: ['alertname'] }, '["alertname"]'],
  ])('refuse %s without a receiver', (prop, given, got) => {
    const stack = stackIn();
    const topic = new sns.Topic(stack, 'Topic');
    const criticalReceiver = 'criticalReceiver' in given ? AlertReceiver.sns('x', { topic }) : undefined;

    expect(() => observe({ metrics, alerts: { ...given, criticalReceiver } }, stack)).toThrow(
      `alerts.${prop} is ${got}; it must be left out when alerts.receiver is`,
    );
  });

  test('need metrics', () => {
    expect(() => observe({ logs, alerts: {} })).toThrow('alerts is "alerts without metrics"');
  });
});

test('Grafana may query the workspace and read the log group', () => {
  const stack = stackIn();
  const grafana = new GrafanaWorkspace(stack, 'Grafana');
  const { bindings } = observe({ metrics, logs, grafana }, stack);

  const policies = JSON.stringify(Template.fromStack(stack).findResources('AWS::IAM::Policy'));
  expect(policies).toContain('aps:QueryMetrics');
  expect(policies).toContain('logs:StartQuery');
  expect(bindings.grafanaWorkspaceId).toBe(grafana.workspaceId);
  expect(bindings.grafanaUrl).toBe(grafana.workspaceUrl);
});

test('Grafana without logs is not granted to read any', () => {
  const stack = stackIn();
  observe({ metrics, grafana: new GrafanaWorkspace(stack, 'Grafana') }, stack);

  expect(JSON.stringify(Template.fromStack(stack).findResources('AWS::IAM::Policy'))).not.toContain('logs:');
});

describe('people', () => {
  const group = '01234567-89ab-cdef-0123-456789abcdef';

  test('may log in to Grafana, with one role each', () => {
    const stack = stackIn();
    const grafana = new GrafanaWorkspace(stack, 'Grafana');
    const logins = [
      { role: GrafanaRole.ADMIN, groupIds: [group] },
      { role: GrafanaRole.VIEWER, userIds: [group.replace(/f$/, '0')] },
    ];
    const template = templateOf({ metrics, grafana, logins }, stack);

    const assigned = Object.values(template.toJSON().Resources as Record<string, { Properties: { Role?: string } }>)
      .map(({ Properties }) => Properties?.Role)
      .filter((role) => role === 'ADMIN' || role === 'VIEWER');
    expect(assigned.sort()).toEqual(['ADMIN', 'VIEWER']);
  });

  test.each([
    ['without a Grafana', false, [GrafanaRole.ADMIN], 'logins is ["ADMIN"]; it must be given with grafana'],
    [
      'with one role in two entries',
      true,
      [GrafanaRole.ADMIN, GrafanaRole.ADMIN],
      'logins is "ADMIN"; it must be a role that has no entry yet',
    ],
  ])('are refused %s', (_, has, roles, message) => {
    const stack = stackIn();
    const grafana = has ? new GrafanaWorkspace(stack, 'Grafana') : undefined;
    const logins = roles.map((role) => ({ role, groupIds: [group] }));

    expect(() => observe({ metrics, grafana, logins }, stack)).toThrow(message);
  });
});

test('add-ons are made, each once', () => {
  const { KUBE_STATE_METRICS, NODE_EXPORTER } = ObservabilityAddonName;
  const stack = stackIn();
  const { addons } = observe({ metrics, addons: [KUBE_STATE_METRICS, NODE_EXPORTER, NODE_EXPORTER] }, stack);

  expect(Object.keys(addons)).toEqual(['kube-state-metrics', 'prometheus-node-exporter']);
  Template.fromStack(stack).resourceCountIs('AWS::EKS::Addon', 2);
});

describe('a private network', () => {
  const served = (props: Parameters<typeof observe>[0]) =>
    Object.keys(observe(props, stackIn()).endpoints?.interfaceEndpoints ?? {}).sort();

  test.each([
    ['metrics with IRSA', { issuer, metrics }, ['aps-workspaces', 'ecr.api', 'ecr.dkr', 'sts']],
    ['logs with Pod Identity', { logs }, ['ecr.api', 'ecr.dkr', 'eks-auth', 'logs']],
  ])('gets the endpoints of %s', (_, props, services) => {
    const vpc = vpcOf(stackIn(REGION, 'Network'));

    expect(served({ ...props, privateNetwork: { vpc } })).toEqual(services);
  });

  test('keeps the endpoints that it has, and gets what is asked for beside', () => {
    const vpc = vpcOf(stackIn(REGION, 'Network'));
    const alreadyServed = [PrivateComponent.IMAGES, PrivateComponent.POD_IDENTITY];
    const also = [PrivateComponent.SECRETS];

    expect(served({ logs, privateNetwork: { vpc, alreadyServed, also } })).toEqual(['logs', 'secretsmanager']);
  });

  test('gets none when all is served', () => {
    const vpc = vpcOf(stackIn(REGION, 'Network'));
    const alreadyServed = Object.values(PrivateComponent);

    expect(observe({ logs, privateNetwork: { vpc, alreadyServed } }).endpoints).toBeUndefined();
  });

  test('lists the images of collectors that no endpoint serves', () => {
    const vpc = vpcOf(stackIn(REGION, 'Network'));
    const images = ['docker.io/grafana/alloy:v1.18.1'];
    const { endpoints } = observe({ metrics: MetricsCollection.alloy({ images }), privateNetwork: { vpc } });

    expect(endpoints?.unservedImages).toEqual(images);
  });

  test('takes subnets', () => {
    const stack = stackIn();
    const vpc = vpcOf(stack);
    observe({ logs, privateNetwork: { vpc, vpcSubnets: { subnets: [vpc.privateSubnets[0]] } } }, stack);

    Template.fromStack(stack).hasResourceProperties('AWS::EC2::VPCEndpoint', {
      SubnetIds: ['subnet-0123456789abcde0a'],
    });
  });
});

describe('choices of which nothing would come', () => {
  test('are refused: nothing at all', () => {
    expect(() => observe({})).toThrow('metrics is undefined; it must be given when logs is not');
  });

  test('are refused: a workspace that nothing uses', () => {
    const stack = stackIn();
    const workspace = new PrometheusWorkspace(stack, 'Mine', { retentionPeriod: Duration.days(30) });

    expect(() => observe({ workspace, logs }, stack)).toThrow(
      'workspace is "Stack/Mine"; it must be given only with metrics, alerts or grafana',
    );
  });

  test('are refused: a log group that nothing uses', () => {
    const stack = stackIn();
    const logGroup = new ContainerLogGroup(stack, 'Mine');

    expect(() => observe({ metrics, logGroup }, stack)).toThrow(
      'logGroup is "Stack/Mine"; it must be given only with logs or grafana',
    );
  });
});

import { CfnParameter, type Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as eks from 'aws-cdk-lib/aws-eks';
import {
  AdotAddon,
  type AdotAddonProps,
  ClusterOidcIssuer,
  ContainerLogGroup,
  PrometheusWorkspace,
  WorkloadIdentityMode,
} from '../../src';
import { permissionsOf } from '../support/policy';
import { agnosticStack, ISSUER, REGION, stackIn, WORKSPACE_ID } from '../support/stack';

const TYPE = 'AWS::EKS::Addon';
const NAMESPACE = 'opentelemetry-operator-system';

const metricsIn = (stack: Stack) =>
  PrometheusWorkspace.fromWorkspaceAttributes(stack, 'Metrics', { workspaceId: WORKSPACE_ID });
const logsIn = (stack: Stack) =>
  ContainerLogGroup.fromContainerLogGroupAttributes(stack, 'Logs', { logGroupName: '/eks/tictactoe' });

const clusterIn = (stack: Stack) =>
  eks.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'tictactoe-dev' });

function make(stack: Stack, more: Partial<AdotAddonProps> = {}): Template {
  new AdotAddon(stack, 'Adot', { cluster: clusterIn(stack), ...more });
  return Template.fromStack(stack);
}

function configurationOf(template: Template): unknown {
  const [addon] = Object.values(template.findResources(TYPE));
  return JSON.parse(addon.Properties.ConfigurationValues);
}

test('the operator alone needs no settings and no roles', () => {
  const template = make(stackIn());

  template.hasResourceProperties(TYPE, { AddonName: 'adot', ConfigurationValues: Match.absent() });
  template.resourceCountIs('AWS::IAM::Role', 0);
});

describe('a collector of metrics', () => {
  test('writes to the workspace, as a service account that may', () => {
    const stack = stackIn();

    const template = make(stack, { metricsTo: metricsIn(stack) });

    expect(configurationOf(template)).toEqual({
      collector: {
        prometheusMetrics: {
          pipelines: { metrics: { amp: { enabled: true } } },
          exporters: {
            prometheusremotewrite: {
              endpoint: `https://aps-workspaces.${REGION}.amazonaws.com/workspaces/${WORKSPACE_ID}/api/v1/remote_write`,
            },
          },
        },
      },
    });
    template.hasResourceProperties('AWS::EKS::PodIdentityAssociation', {
      Namespace: NAMESPACE,
      ServiceAccount: 'adot-col-prom-metrics',
    });
    expect(permissionsOf(stack).map(({ Action }) => Action)).toEqual(['aps:RemoteWrite']);
  });

  test('starts when its role can be assumed and may write', () => {
    const stack = stackIn();

    make(stack, { metricsTo: metricsIn(stack) }).hasResource(TYPE, {
      DependsOn: Match.arrayWith([
        Match.stringLikeRegexp('Association'),
        Match.stringLikeRegexp('DefaultPolicy'),
        Match.stringLikeRegexp('Role[0-9A-F]{8}$'),
      ]),
    });
  });

  test('has its role by an annotation with IRSA', () => {
    const stack = stackIn();

    const template = make(stack, { metricsTo: metricsIn(stack), issuer: ClusterOidcIssuer.fromIssuerUrl(ISSUER) });

    template.resourceCountIs('AWS::EKS::PodIdentityAssociation', 0);
    template.hasResourceProperties(TYPE, {
      ConfigurationValues: {
        'Fn::Join': [
          '',
          [
            '{"collector":{"prometheusMetrics":{"serviceAccount":{"annotations":{"eks.amazonaws.com/role-arn":"',
            { 'Fn::GetAtt': [Match.stringLikeRegexp('^AdotMetricsIdentity'), 'Arn'] },
            Match.stringLikeRegexp('^"}},"pipelines":{"metrics":{"amp":{"enabled":true}}}'),
          ],
        ],
      },
    });
    template.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [
          {
            Condition: {
              StringEquals: { [`${ISSUER}:sub`]: `system:serviceaccount:${NAMESPACE}:adot-col-prom-metrics` },
            },
          },
        ],
      },
    });
  });

  test('has its role by EKS Pod Identity if asked to, in spite of an issuer', () => {
    const stack = stackIn();
    const issuer = ClusterOidcIssuer.fromIssuerUrl(ISSUER);

    make(stack, {
      metricsTo: metricsIn(stack),
      issuer,
      identityMode: WorkloadIdentityMode.POD_IDENTITY,
    }).resourceCountIs('AWS::EKS::PodIdentityAssociation', 1);
  });
});

test('a collector of logs writes to the log group, as a service account that may', () => {
  const stack = stackIn();

  const template = make(stack, { logsTo: logsIn(stack), operatorReplicas: 2 });

  template.hasResourceProperties(TYPE, {
    ConfigurationValues:
      '{"replicaCount":2,"collector":{"containerLogs":{"pipelines":{"logs":{"cloudwatchLogs":{"enabled":true}}},' +
      '"exporters":{"awscloudwatchlogs":{"log_group_name":"/eks/tictactoe"}}}}}',
  });
  template.hasResourceProperties('AWS::EKS::PodIdentityAssociation', {
    Namespace: NAMESPACE,
    ServiceAccount: 'adot-col-container-logs',
  });
  expect(permissionsOf(stack).map(({ Action }) => Action)).toEqual([['logs:CreateLogStream', 'logs:PutLogEvents']]);
});

test('a collector of traces sends them to X-Ray, and tells where it takes them', () => {
  const stack = stackIn();

  const template = make(stack, { tracesToXray: true });

  expect(configurationOf(template)).toEqual({
    collector: { otlpIngest: { pipelines: { traces: { xray: { enabled: true } } } } },
  });
  template.hasResourceProperties('AWS::EKS::PodIdentityAssociation', {
    Namespace: NAMESPACE,
    ServiceAccount: 'adot-col-otlp-ingest',
  });
  expect(permissionsOf(stack).map(({ Action }) => Action)).toEqual([
    ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'],
  ]);
  const addon = stack.node.findChild('Adot') as AdotAddon;
  expect(addon.tracesRole?.serviceAccountName).toBe('adot-col-otlp-ingest');
  expect(addon.otlpEndpoint).toBe('http://adot-col-otlp-ingest-collector.opentelemetry-operator-system:4317');
});

describe('the version of the cluster', () => {
  const warningsOf = (version: string | undefined, kubernetesVersion: string) => {
    const stack = stackIn();
    make(stack, { version, kubernetesVersion });
    return Annotations.fromStack(stack)
      .findWarning('*', Match.stringLikeRegexp('was not announced for'))
      .map(({ entry }) => String(entry.data));
  };

  test.each([
    ['v0.151.0-eksbuild.2', '1.36'],
    ['v0.151.0-eksbuild.2', '1.31'],
    ['v0.141.0-eksbuild.1', '1.34'],
    ['v0.141.0-eksbuild.1', '1.30'],
    ['v0.161.0-eksbuild.1', '1.38'],
    ['v0.109.0-eksbuild.2', '1.34'],
    [undefined, '1.36'],
  ])('%s on %s is fine, as far as is known', (version, kubernetesVersion) => {
    expect(warningsOf(version, kubernetesVersion)).toEqual([]);
  });

  test.each([
    ['v0.151.0-eksbuild.2', '1.30', 'v0.141.0-eksbuild.1 (2025-'],
    ['v0.151.0-eksbuild.2', '1.37', 'none was'],
    ['v0.141.0-eksbuild.1', '1.36', 'v0.151.0-eksbuild.1 (2026-06-03) was'],
    ['v0.117.0-eksbuild.1', '1.33', 'v0.151.0-eksbuild.1 (2026-06-03) was'],
  ])('%s on %s gets a warning that names one that fits: %s', (version, kubernetesVersion, fits) => {
    expect(warningsOf(version, kubernetesVersion)).toEqual([expect.stringContaining(fits)]);
  });

  test('is refused if it is none, and left alone if only the deployment knows it', () => {
    const kubernetesVersion = new CfnParameter(stackIn(), 'Kubernetes').valueAsString;

    expect(() => make(stackIn(), { kubernetesVersion: 'v1.36.1' })).toThrow(
      'kubernetesVersion is "v1.36.1"; it must be a version of Kubernetes with one dot, such as 1.36',
    );
    expect(
      () => new AdotAddon(agnosticStack(), 'A', { cluster: clusterIn(stackIn()), kubernetesVersion }),
    ).not.toThrow();
  });
});

test('both collectors have roles of their own', () => {
  const stack = stackIn();

  const template = make(stack, { logsTo: logsIn(stack), metricsTo: metricsIn(stack) });

  expect(configurationOf(template)).toEqual({
    collector: { prometheusMetrics: expect.anything(), containerLogs: expect.anything() },
  });
  template.resourceCountIs('AWS::IAM::Role', 2);
  const addon = stack.node.findChild('Adot') as AdotAddon;
  expect(addon.metricsRole?.serviceAccountName).toBe('adot-col-prom-metrics');
  expect(addon.logsRole?.serviceAccountName).toBe('adot-col-container-logs');
  expect(stack.resolve(addon.addonArn)).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^Adot/), 'Arn'] });
});

describe('refused', () => {
  test('collectors with an add-on that makes none', () => {
    const stack = stackIn();

    expect(() => make(stack, { version: 'v0.80.0-eksbuild.2', metricsTo: metricsIn(stack) })).toThrow(
      'version is "v0.80.0-eksbuild.2"; it must be v0.88.0-eksbuild.1 or newer with metricsTo, logsTo or tracesToXray',
    );
    expect(() => make(stackIn(), { version: 'v0.80.0-eksbuild.2' })).not.toThrow();
  });

  test.each([0, 1.5])('%d copies of the operator', (operatorReplicas) => {
    expect(() => make(stackIn(), { operatorReplicas })).toThrow(
      `operatorReplicas is ${operatorReplicas}; it must be a whole number from 1`,
    );
  });

  test('not: numbers and versions that only the deployment knows', () => {
    const stack = agnosticStack();
    const operatorReplicas = new CfnParameter(stack, 'Number', { type: 'Number' }).valueAsNumber;
    const version = new CfnParameter(stack, 'Version').valueAsString;

    make(stack, { operatorReplicas, version, metricsTo: metricsIn(stack) }).hasResourceProperties(TYPE, {
      AddonVersion: { Ref: 'Version' },
    });
  });
});

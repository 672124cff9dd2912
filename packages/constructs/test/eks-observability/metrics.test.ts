import { Match } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as logs from 'aws-cdk-lib/aws-logs';
import {
  AddonConflictResolution,
  LogCollection,
  MetricsCollection,
  ObservabilityAddonName,
  PrometheusWorkspace,
  ServiceAccountRole,
} from '../../src';
import { allows, permissionsOf } from '../support/policy';
import { ACCOUNT, ISSUER, REGION, stackIn, WORKSPACE_ID } from '../support/stack';
import { definition, issuer, observe, outputsOf, templateOf, typesOf, vpcOf } from './support';

describe.each([
  ['alloy', 'grafana-alloy'],
  ['adot', 'adot-collector'],
  ['prometheus', 'prometheus-agent'],
] as const)('metrics by %s', (way, serviceAccount) => {
  test('make a workspace, kept and named like the cluster, and a role that may write to it and to nothing else', () => {
    const stack = stackIn();
    const template = templateOf({ issuer, metrics: MetricsCollection[way]() }, stack);

    template.hasResource('AWS::APS::Workspace', { Properties: { Alias: 'tictactoe-dev' }, DeletionPolicy: 'Retain' });
    template.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [
          {
            Condition: {
              StringEquals: {
                [`${ISSUER}:sub`]: `system:serviceaccount:monitoring:${serviceAccount}`,
                [`${ISSUER}:aud`]: 'sts.amazonaws.com',
              },
            },
          },
        ],
      },
    });
    expect(typesOf(template)).toEqual({ 'AWS::APS::Workspace': 1, 'AWS::IAM::Role': 1, 'AWS::IAM::Policy': 1 });
    const workspace = `arn:aws:aps:${REGION}:${ACCOUNT}:workspace/${WORKSPACE_ID}`;
    const attributes = { 'ObservabilityWorkspace*.Arn': workspace };
    const may = (action: string, resource = workspace) =>
      allows(permissionsOf(stack), { action, resource }, attributes);
    expect(may('aps:RemoteWrite')).toBe(true);
    expect(may('aps:RemoteWrite', workspace.replace(/.$/, '3'))).toBe(false);
    expect(may('aps:QueryMetrics')).toBe(false);
  });

  test('get credentials by EKS Pod Identity without an issuer', () => {
    templateOf({ metrics: MetricsCollection[way]() }).hasResourceProperties('AWS::EKS::PodIdentityAssociation', {
      ClusterName: 'tictactoe-dev',
      Namespace: 'monitoring',
      ServiceAccount: serviceAccount,
    });
  });

  test('may be looked up by the collector, too', () => {
    const stack = stackIn();
    observe({ metrics: MetricsCollection[way]({ looksUpSeries: true }) }, stack);

    expect(permissionsOf(stack)).toEqual([
      expect.objectContaining({
        Action: ['aps:GetLabels', 'aps:GetMetricMetadata', 'aps:GetSeries', 'aps:RemoteWrite'],
      }),
    ]);
  });

  test('run as whom the options say, in an image that EKS Pod Identity works with', () => {
    const options = { serviceAccountName: 'writer', namespace: 'collectors', roleName: 'Writer' };
    const template = templateOf({ metrics: MetricsCollection[way](options) });

    template.hasResourceProperties('AWS::EKS::PodIdentityAssociation', {
      Namespace: 'collectors',
      ServiceAccount: 'writer',
    });
    template.hasResourceProperties('AWS::IAM::Role', { RoleName: 'Writer' });
    expect(() => observe({ metrics: MetricsCollection[way]({ images: ['grafana/alloy:v1.0.0'] }) })).toThrow(
      'images is "grafana/alloy:v1.0.0"; it must be version 1.4.2 or newer',
    );
  });
});

test('the namespace of all collectors can be chosen', () => {
  const template = templateOf({
    namespace: 'observability',
    metrics: MetricsCollection.alloy(),
    logs: LogCollection.fluentBit(),
  });

  template.allResourcesProperties('AWS::EKS::PodIdentityAssociation', { Namespace: 'observability' });
});

describe('a role that somebody else owns', () => {
  const roleArn = `arn:aws:iam::${ACCOUNT}:role/Writer`;

  test('is granted, not made', () => {
    const stack = stackIn();
    const identity = ServiceAccountRole.fromServiceAccountRoleAttributes(stack, 'Writer', {
      roleArn,
      namespace: 'monitoring',
      serviceAccountName: 'grafana-alloy',
    });
    const observability = observe({ issuer, metrics: MetricsCollection.alloy({ identity }) }, stack);
    const template = templateOf({ issuer, metrics: MetricsCollection.alloy({ identity }) }, stackIn());

    expect(observability.metricsRole).toBe(identity);
    expect(observability.bindings.metricsRoleArn).toBe(roleArn);
    template.resourceCountIs('AWS::IAM::Role', 0);
  });

  test.each([
    ['serviceAccountName', 'writer'],
    ['namespace', 'collectors'],
    ['roleName', 'Other'],
  ])('refuses %s beside it', (prop, value) => {
    const stack = stackIn();
    const identity = ServiceAccountRole.fromServiceAccountRoleAttributes(stack, 'Writer', {
      roleArn,
      namespace: 'monitoring',
      serviceAccountName: 'grafana-alloy',
    });

    expect(() => observe({ metrics: MetricsCollection.alloy({ identity, [prop]: value }) }, stack)).toThrow(
      `${prop} is "${value}"; it must be left out when identity is given`,
    );
  });
});

describe('metrics by the add-on ADOT', () => {
  test('are written to the workspace by the collector that the add-on makes', () => {
    const template = templateOf({ metrics: MetricsCollection.adotAddon() });

    template.hasResourceProperties('AWS::EKS::Addon', {
      AddonName: 'adot',
      ClusterName: 'tictactoe-dev',
      ConfigurationValues: Match.anyValue(),
      AddonVersion: Match.absent(),
    });
    template.hasResourceProperties('AWS::EKS::PodIdentityAssociation', { ServiceAccount: 'adot-col-prom-metrics' });
    template.resourceCountIs('AWS::Logs::LogGroup', 0);
    expect(outputsOf(template)).toContain('MetricsRoleArn');
  });

  test('come with logs when it collects them, too', () => {
    const template = templateOf({ metrics: MetricsCollection.adotAddon({ containerLogs: true }) });

    template.hasResourceProperties('AWS::Logs::LogGroup', { LogGroupName: '/eks/tictactoe-dev' });
    template.hasResourceProperties('AWS::EKS::PodIdentityAssociation', { ServiceAccount: 'adot-col-container-logs' });
    expect(outputsOf(template)).toEqual(expect.arrayContaining(['LogGroupName', 'LogsRoleArn']));
  });

  test('come with traces when it collects them, too', () => {
    const template = templateOf({
      metrics: MetricsCollection.adotAddon({ tracesToXray: true, kubernetesVersion: '1.36' }),
    });

    template.hasResourceProperties('AWS::EKS::PodIdentityAssociation', { ServiceAccount: 'adot-col-otlp-ingest' });
  });

  test('take the version and the resolution of conflicts', () => {
    const conflictResolution = AddonConflictResolution.OVERWRITE;
    templateOf({
      metrics: MetricsCollection.adotAddon({ version: 'v0.151.0-eksbuild.2', conflictResolution }),
    }).hasResourceProperties('AWS::EKS::Addon', {
      AddonVersion: 'v0.151.0-eksbuild.2',
      ResolveConflicts: 'OVERWRITE',
    });
  });

  test('come after cert-manager when that is an add-on, too', () => {
    const template = templateOf({
      metrics: MetricsCollection.adotAddon(),
      addons: [ObservabilityAddonName.CERT_MANAGER, ObservabilityAddonName.POD_IDENTITY_AGENT],
    });

    template.hasResource('AWS::EKS::Addon', {
      Properties: { AddonName: 'adot' },
      DependsOn: Match.arrayWith([Match.stringLikeRegexp('^ObservabilityAddoncertmanager')]),
    });
    template.resourceCountIs('AWS::EKS::Addon', 3);
  });

  test('need a workspace whose id is known', () => {
    const stack = stackIn();
    const workspace = PrometheusWorkspace.fromWorkspaceTags(stack, 'Acks', { tags: { team: 'a' } });

    expect(() => observe({ workspace, metrics: MetricsCollection.adotAddon() }, stack)).toThrow(
      'workspace is "Stack/Acks"; it must be a workspace whose id is known',
    );
  });
});

describe('metrics without an agent', () => {
  test('are scraped by a managed collector, and no role is made', () => {
    const stack = stackIn();
    const template = templateOf({ metrics: MetricsCollection.agentless({ definition, vpc: vpcOf(stack) }) }, stack);

    template.hasResourceProperties('AWS::APS::Scraper', {
      Source: { EksConfiguration: { SubnetIds: ['subnet-0123456789abcde0a', 'subnet-0123456789abcde0b'] } },
      Destination: { AmpConfiguration: { WorkspaceArn: Match.anyValue() } },
    });
    template.resourceCountIs('AWS::IAM::Role', 0);
    expect(outputsOf(template)).toEqual(expect.arrayContaining(['ScraperId', 'ScraperRoleArn']));
  });

  test('take subnets, security groups, a log group, and warn of a cluster without access entries', () => {
    const stack = stackIn();
    const vpc = vpcOf(stack);
    const observability = observe(
      {
        metrics: MetricsCollection.agentless({
          definition,
          vpc,
          vpcSubnets: { subnets: vpc.privateSubnets },
          securityGroups: [ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-0123456789abcdef0')],
          authenticationMode: eks.AuthenticationMode.CONFIG_MAP,
          logGroup: logs.LogGroup.fromLogGroupName(stack, 'Scrapes', '/aws/vendedlogs/scraper'),
        }),
      },
      stack,
    );

    expect(observability.scraper?.node.metadata.map(({ data }) => data).join()).toContain('aws-auth');
  });

  test('need a workspace whose id is known', () => {
    const stack = stackIn();
    const workspace = PrometheusWorkspace.fromWorkspaceTags(stack, 'Acks', { tags: { team: 'a' } });
    const metrics = MetricsCollection.agentless({ definition, vpc: vpcOf(stack) });

    expect(() => observe({ workspace, metrics }, stack)).toThrow('run a collector in the cluster instead');
  });
});

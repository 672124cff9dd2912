import { CfnParameter, type Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as eksv2 from 'aws-cdk-lib/aws-eks-v2';
import {
  AddonConflictResolution,
  ObservabilityAddon,
  ObservabilityAddonName,
  type ObservabilityAddonProps,
} from '../../src';
import { agnosticStack, stackIn } from '../support/stack';

const TYPE = 'AWS::EKS::Addon';

function make(more: Partial<ObservabilityAddonProps> = {}, stack: Stack = stackIn()): Template {
  new ObservabilityAddon(stack, 'Addon', {
    cluster: eks.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'tictactoe-dev' }),
    addon: ObservabilityAddonName.KUBE_STATE_METRICS,
    ...more,
  });
  return Template.fromStack(stack);
}

test('EKS chooses the version, and everything else is the add-on’s', () => {
  const [addon] = Object.values(make().findResources(TYPE));

  expect(addon.Properties).toEqual({ AddonName: 'kube-state-metrics', ClusterName: 'tictactoe-dev' });
});

test.each([
  [ObservabilityAddonName.CERT_MANAGER, 'cert-manager'],
  [ObservabilityAddonName.NODE_EXPORTER, 'prometheus-node-exporter'],
  [ObservabilityAddonName.POD_IDENTITY_AGENT, 'eks-pod-identity-agent'],
])('%s is %s to EKS', (addon, name) => {
  make({ addon }).hasResourceProperties(TYPE, { AddonName: name });
});

test('version, settings and what to do about conflicts arrive', () => {
  make({
    version: 'v2.16.0-eksbuild.1',
    configuration: { replicas: 2 },
    conflictResolution: AddonConflictResolution.OVERWRITE,
    preserveOnDelete: true,
  }).hasResourceProperties(TYPE, {
    AddonVersion: 'v2.16.0-eksbuild.1',
    ConfigurationValues: '{"replicas":2}',
    ResolveConflicts: 'OVERWRITE',
    PreserveOnDelete: true,
  });
});

test('an add-on waits for those that must be there before', () => {
  const stack = stackIn();
  const cluster = eks.Cluster.fromClusterAttributes(stack, 'Cluster2', { clusterName: 'tictactoe-dev' });
  const first = new ObservabilityAddon(stack, 'First', { cluster, addon: ObservabilityAddonName.CERT_MANAGER });

  make({ after: [first] }, stack).hasResource(TYPE, {
    Properties: { AddonName: 'kube-state-metrics' },
    DependsOn: [Match.stringLikeRegexp('^First')],
  });
});

test('clusters of the CDK’s other module for EKS are clusters, too', () => {
  const stack = stackIn();
  const cluster = eksv2.Cluster.fromClusterAttributes(stack, 'V2', { clusterName: 'tictactoe-prod' });

  make({ cluster }, stack).hasResourceProperties(TYPE, { ClusterName: 'tictactoe-prod' });
});

test('the ARN is an attribute', () => {
  const stack = stackIn();
  make({}, stack);

  const { addonArn } = stack.node.findChild('Addon') as ObservabilityAddon;

  expect(stack.resolve(addonArn)).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^Addon/), 'Arn'] });
});

test.each(['1.2.3', 'latest', 'v2.16.0'])('version %s is refused', (version) => {
  expect(() => make({ version })).toThrow(
    `Stack/Addon: version is "${version}"; it must be a version of the add-on, such as v0.151.0-eksbuild.2. aws eks`,
  );
});

test('a version that only the deployment knows is passed on', () => {
  const stack = agnosticStack();
  const version = new CfnParameter(stack, 'Version').valueAsString;

  make({ version, configuration: { image: version } }, stack).hasResourceProperties(TYPE, {
    AddonVersion: { Ref: 'Version' },
    ConfigurationValues: { 'Fn::Join': ['', ['{"image":"', { Ref: 'Version' }, '"}']] },
  });
});

import { Annotations as CdkAnnotations, type Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as eks from 'aws-cdk-lib/aws-eks';
import { IdentityCenterUser, PrometheusScraper, PrometheusWorkspace, ScrapeDefinition } from '../src';
import { vpcOf } from './eks-observability/support';
import { agnosticStack, stackIn } from './support/stack';

const person = { identityStoreId: 'd-1234567890', userName: 'operator', givenName: 'On', familyName: 'Call' };

const MAKERS: Record<string, (stack: Stack) => void> = {
  'AWS::APS::Workspace': (stack) => new PrometheusWorkspace(stack, 'It'),
  'AWS::APS::Scraper': (stack) => {
    const workspace = PrometheusWorkspace.fromWorkspaceAttributes(stack, 'W', { workspaceId: 'ws-1' });
    const cluster = eks.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'tictactoe' });
    const definition = ScrapeDefinition.fromText('scrape_configs: []');
    new PrometheusScraper(stack, 'It', { workspace, cluster, definition, vpc: vpcOf(stack) });
  },
  'AWS::IdentityStore::User': (stack) => new IdentityCenterUser(stack, 'It', person),
};

function warnings(stack: Stack): unknown[] {
  return Annotations.fromStack(stack)
    .findWarning('*', Match.stringLikeRegexp('did not know'))
    .map(({ entry }) => entry.data);
}

test.each([
  ['AWS::APS::Workspace', 'ap-northeast-2', false],
  ['AWS::APS::Workspace', 'us-gov-west-1', false],
  ['AWS::APS::Workspace', 'cn-north-1', true],
  ['AWS::APS::Workspace', 'us-iso-east-1', false],
  ['AWS::APS::Scraper', 'ap-northeast-2', false],
  ['AWS::APS::Scraper', 'us-gov-west-1', true],
  ['AWS::IdentityStore::User', 'us-east-1', false],
  ['AWS::IdentityStore::User', 'ap-northeast-2', true],
])('%s in %s: a warning that CloudFormation did not know it: %p', (type, region, warned) => {
  const stack = stackIn(region);
  MAKERS[type](stack);

  expect(warnings(stack)).toEqual(
    warned ? [expect.stringContaining(`On 2026-11-22 CloudFormation did not know ${type} in ${region}`)] : [],
  );
});

test.each(Object.entries(MAKERS))('%s in a region that only the deployment knows: no warning', (_, make) => {
  const stack = agnosticStack();
  make(stack);

  expect(warnings(stack)).toEqual([]);
});

test('the warning can be acknowledged once the region has caught up', () => {
  const stack = stackIn('cn-north-1');
  const workspace = new PrometheusWorkspace(stack, 'It');
  CdkAnnotations.of(workspace).acknowledgeWarning('@eks-sightline/constructs:unavailable.APSWorkspace');

  expect(warnings(stack)).toEqual([]);
});

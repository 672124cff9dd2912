import { CfnParameter, type Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as iam from 'aws-cdk-lib/aws-iam';
import { ClusterAccess, type ClusterAccessProps } from '../../src';
import { ACCOUNT, agnosticStack, stackIn } from '../support/stack';

const TYPE = 'AWS::EKS::AccessEntry';
const ROLE = `arn:aws:iam::${ACCOUNT}:role/on-call`;

function make(more: Partial<ClusterAccessProps>, stack: Stack = stackIn(), roleArn = ROLE): Template {
  new ClusterAccess(stack, 'Access', {
    cluster: eks.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'tictactoe-dev' }),
    role: iam.Role.fromRoleArn(stack, 'Role', roleArn),
    ...more,
  });
  return Template.fromStack(stack);
}

test('a role may look at a namespace', () => {
  make({
    accessPolicies: [
      eks.AccessPolicy.fromAccessPolicyName('AmazonEKSViewPolicy', {
        accessScopeType: eks.AccessScopeType.NAMESPACE,
        namespaces: ['monitoring'],
      }),
    ],
  }).hasResourceProperties(TYPE, {
    ClusterName: 'tictactoe-dev',
    PrincipalArn: ROLE,
    KubernetesGroups: Match.absent(),
    AccessPolicies: [
      {
        PolicyArn: {
          'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':eks::aws:cluster-access-policy/AmazonEKSViewPolicy']],
        },
        AccessScope: { Type: 'namespace', Namespaces: ['monitoring'] },
      },
    ],
  });
});

test('a role may be in groups that are bound in the cluster', () => {
  const stack = stackIn();

  make({ kubernetesGroups: ['observers'] }, stack).hasResourceProperties(TYPE, {
    KubernetesGroups: ['observers'],
    AccessPolicies: Match.absent(),
  });
  const { accessEntryArn } = stack.node.findChild('Access') as ClusterAccess;
  expect(stack.resolve(accessEntryArn)).toEqual({
    'Fn::GetAtt': [expect.stringMatching(/^Access/), 'AccessEntryArn'],
  });
});

test('a role without policies and groups is refused', () => {
  expect(() => make({})).toThrow(
    'Stack/Access: accessPolicies is []; it must be at least one, or kubernetesGroups at least one. Otherwise',
  );
});

test('a group of Kubernetes itself is refused', () => {
  expect(() => make({ kubernetesGroups: ['observers', 'system:masters'] })).toThrow(
    'kubernetesGroups is "system:masters"; it must be groups that do not start with system:',
  );
});

test('a role of an AWS service is refused, because AWS makes its entry', () => {
  const arn = `arn:aws:iam::${ACCOUNT}:role/aws-service-role/scraper.aps.amazonaws.com/AWSServiceRoleForAmazonPrometheusScraper`;

  expect(() => make({ kubernetesGroups: ['observers'] }, stackIn(), arn)).toThrow(
    `role is "${arn}"; it must be a role of yours, no service-linked one. AWS makes`,
  );
});

test('a role and a group that only the deployment knows are passed on', () => {
  const stack = agnosticStack();
  const text = new CfnParameter(stack, 'Text').valueAsString;
  const role = new iam.Role(stack, 'New', { assumedBy: new iam.AccountRootPrincipal() });

  make({ role, kubernetesGroups: [text] }, stack).hasResourceProperties(TYPE, {
    PrincipalArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^New'), 'Arn'] },
    KubernetesGroups: [{ Ref: 'Text' }],
  });
});

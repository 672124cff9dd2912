import { CfnParameter, type Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as iam from 'aws-cdk-lib/aws-iam';
import {
  type ArgoCdCapabilityOptions,
  ArgoCdRole,
  EksCapability,
  EksCapabilityKind,
  type EksCapabilityProps,
} from '../../src';
import { trustOf } from '../support/policy';
import { ACCOUNT, agnosticStack, stackIn } from '../support/stack';

const TYPE = 'AWS::EKS::Capability';
const INSTANCE = 'arn:aws:sso:::instance/ssoins-0123456789abcdef';

function make(kind: EksCapabilityKind, more: Partial<EksCapabilityProps> = {}, stack: Stack = stackIn()): Template {
  const cluster = eks.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'tictactoe-dev' });
  new EksCapability(stack, 'Capability', { cluster, kind, ...more });
  return Template.fromStack(stack);
}

const argoCd = (more: Partial<ArgoCdCapabilityOptions>) =>
  EksCapabilityKind.argoCd({ identityCenterInstanceArn: INSTANCE, ...more });

test.each([
  [EksCapabilityKind.ack(), 'ACK', 'ack'],
  [EksCapabilityKind.kro(), 'KRO', 'kro'],
])('%p without options has no configuration', (kind, type, name) => {
  make(kind).hasResourceProperties(TYPE, {
    ClusterName: 'tictactoe-dev',
    Type: type,
    CapabilityName: name,
    RoleArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^CapabilityRole'), 'Arn'] },
    DeletePropagationPolicy: 'RETAIN',
    Configuration: Match.absent(),
  });
});

test.each([
  [{ crossNamespace: true }, { EnableCrossNamespace: true }],
  [
    { crossNamespace: false, disabledServices: ['s3'] },
    { EnableCrossNamespace: false, DisabledServices: ['s3'] },
  ],
])('ACK is set up by %p', (options, rendered) => {
  make(EksCapabilityKind.ack(options)).hasResourceProperties(TYPE, { Configuration: { Ack: rendered } });
});

test('Argo CD knows who may log in, and from where', () => {
  make(
    argoCd({
      identityCenterRegion: 'us-east-1',
      namespace: 'argocd',
      vpcEndpointIds: ['vpce-0123456789abcdef0'],
      access: [
        { role: ArgoCdRole.ADMIN, groupIds: ['group'], userIds: ['user'] },
        { role: ArgoCdRole.VIEWER, userIds: ['other'] },
      ],
    }),
  ).hasResourceProperties(TYPE, {
    Type: 'ARGOCD',
    CapabilityName: 'argocd',
    Configuration: {
      ArgoCd: {
        AwsIdc: { IdcInstanceArn: INSTANCE, IdcRegion: 'us-east-1' },
        Namespace: 'argocd',
        NetworkAccess: { VpceIds: ['vpce-0123456789abcdef0'] },
        RbacRoleMappings: [
          {
            Role: 'ADMIN',
            Identities: [
              { Id: 'group', Type: 'SSO_GROUP' },
              { Id: 'user', Type: 'SSO_USER' },
            ],
          },
          { Role: 'VIEWER', Identities: [{ Id: 'other', Type: 'SSO_USER' }] },
        ],
      },
    },
  });
});

test('Argo CD needs its instance of IAM Identity Center only', () => {
  make(argoCd({})).hasResourceProperties(TYPE, {
    Configuration: { ArgoCd: { AwsIdc: { IdcInstanceArn: INSTANCE }, RbacRoleMappings: Match.absent() } },
  });
});

describe('the role', () => {
  test('trusts the capabilities of EKS, and may do nothing', () => {
    const stack = stackIn();

    make(EksCapabilityKind.ack(), { roleName: 'AckRole' }, stack).resourceCountIs('AWS::IAM::Policy', 0);

    expect(trustOf(stack)).toEqual([
      {
        Effect: 'Allow',
        Action: ['sts:AssumeRole', 'sts:TagSession'],
        Principal: { Service: 'capabilities.eks.amazonaws.com' },
      },
    ]);
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', { RoleName: 'AckRole' });
  });

  test('is the grantee', () => {
    const stack = stackIn();
    const cluster = eks.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'tictactoe-dev' });
    const grantee = new EksCapability(stack, 'Capability', { cluster, kind: EksCapabilityKind.ack() });

    iam.Grant.addToPrincipal({ grantee, actions: ['aps:CreateWorkspace'], resourceArns: ['*'] });

    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: [{ Action: 'aps:CreateWorkspace' }] },
    });
  });

  test('may be given', () => {
    const stack = stackIn();
    const role = iam.Role.fromRoleArn(stack, 'Role', `arn:aws:iam::${ACCOUNT}:role/AckRole`);

    const template = make(EksCapabilityKind.ack(), { role }, stack);

    template.hasResourceProperties(TYPE, { RoleArn: `arn:aws:iam::${ACCOUNT}:role/AckRole` });
    template.resourceCountIs('AWS::IAM::Role', 0);
  });
});

describe('refused', () => {
  test.each<[string, () => unknown, string]>([
    [
      'an instance by its id',
      () => EksCapabilityKind.argoCd({ identityCenterInstanceArn: 'ssoins-0123456789abcdef' }),
      'identityCenterInstanceArn is "ssoins-0123456789abcdef"; it must be arn:<partition>:sso:::instance/<id>. aws sso-admin',
    ],
    [
      'a role for nobody',
      () => argoCd({ access: [{ role: ArgoCdRole.EDITOR }] }),
      'access for EDITOR is []; it must be at least one group or user',
    ],
    [
      'a name with a dot',
      () => make(EksCapabilityKind.kro(), { capabilityName: 'a.b' }),
      'Stack/Capability: capabilityName is "a.b"; it must be 1 to 100 letters',
    ],
    [
      'a name for a role that is given',
      () => {
        const stack = stackIn();
        const role = iam.Role.fromRoleArn(stack, 'Role', `arn:aws:iam::${ACCOUNT}:role/AckRole`);
        make(EksCapabilityKind.kro(), { role, roleName: 'x' }, stack);
      },
      'roleName is "x"; it must be left out when role is given',
    ],
    [
      'a role name with a slash',
      () => make(EksCapabilityKind.kro(), { roleName: 'a/b' }),
      'roleName is "a/b"; it must be 1 to 64',
    ],
  ])('%s', (_, act, message) => {
    expect(act).toThrow(message);
  });

  test('not: an instance and a name that only the deployment knows', () => {
    const stack = agnosticStack();
    const text = new CfnParameter(stack, 'Text').valueAsString;

    make(argoCd({ identityCenterInstanceArn: text }), { capabilityName: text }, stack).hasResourceProperties(TYPE, {
      CapabilityName: { Ref: 'Text' },
      Configuration: { ArgoCd: { AwsIdc: { IdcInstanceArn: { Ref: 'Text' } } } },
    });
  });
});

import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Annotations as CdkAnnotations, CfnParameter, Duration, type Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import {
  GrafanaAuthenticationProvider,
  type GrafanaSaml,
  GrafanaWorkspace,
  type GrafanaWorkspaceProps,
  SamlMetadata,
} from '../../src';
import { permissionsOf } from '../support/policy';
import { agnosticStack, REGION, stackIn } from '../support/stack';

const TYPE = 'AWS::Grafana::Workspace';
const URL = 'https://idp.example.com/metadata';
const XML = '<?xml version="1.0"?>\n<md:EntityDescriptor entityID="idp"></md:EntityDescriptor>';

function make(props: GrafanaWorkspaceProps, stack: Stack = stackIn()): Template {
  new GrafanaWorkspace(stack, 'Grafana', props);
  return Template.fromStack(stack);
}

function vpcIn(stack: Stack, subnets = 2): ec2.IVpc {
  const ids = [...Array(subnets).keys()];
  return ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-0123456789abcdef0',
    availabilityZones: ids.map((i) => `${REGION}${'abcdefgh'[i]}`),
    privateSubnetIds: ids.map((i) => `subnet-0123456789abcde0${i}`),
  });
}

test('without options none of them is in the template', () => {
  make({}).hasResourceProperties(TYPE, {
    SamlConfiguration: Match.absent(),
    PluginAdminEnabled: Match.absent(),
    NetworkAccessControl: Match.absent(),
    VpcConfiguration: Match.absent(),
    NotificationDestinations: Match.absent(),
  });
});

test.each([true, false])('plugins may be managed by admins: %s', (pluginAdmin) => {
  make({ pluginAdmin }).hasResourceProperties(TYPE, { PluginAdminEnabled: pluginAdmin });
});

describe('SAML', () => {
  const metadata = SamlMetadata.fromUrl(URL);

  test('is how people log in once it is set up', () => {
    make({ saml: { metadata } }).hasResourceProperties(TYPE, {
      AuthenticationProviders: ['SAML'],
      SamlConfiguration: { IdpMetadata: { Url: URL }, AssertionAttributes: Match.absent(), RoleValues: Match.absent() },
    });
  });

  test('may stand beside Identity Center', () => {
    const authenticationProviders = [GrafanaAuthenticationProvider.AWS_SSO, GrafanaAuthenticationProvider.SAML];

    make({ authenticationProviders, saml: { metadata } }).hasResourceProperties(TYPE, {
      AuthenticationProviders: ['AWS_SSO', 'SAML'],
    });
  });

  test('maps attributes, roles and organizations', () => {
    make({
      saml: {
        metadata,
        roleAttribute: 'role',
        loginAttribute: 'mail',
        nameAttribute: 'displayName',
        emailAttribute: 'mail',
        groupsAttribute: 'groups',
        organizationAttribute: 'org',
        adminRoleValues: ['platform'],
        editorRoleValues: ['dev'],
        allowedOrganizations: ['games'],
      },
    }).hasResourceProperties(TYPE, {
      SamlConfiguration: {
        AssertionAttributes: {
          Role: 'role',
          Login: 'mail',
          Name: 'displayName',
          Email: 'mail',
          Groups: 'groups',
          Org: 'org',
        },
        RoleValues: { Admin: ['platform'], Editor: ['dev'] },
        AllowedOrganizations: ['games'],
      },
    });
  });

  test('lets people stay logged in for a while, in minutes', () => {
    make({ saml: { metadata, loginValidity: Duration.hours(8) } }).hasResourceProperties(TYPE, {
      SamlConfiguration: { LoginValidityDuration: 480 },
    });
  });

  test('lets them stay logged in for what only the deployment knows', () => {
    const stack = agnosticStack();
    const minutes = new CfnParameter(stack, 'Minutes', { type: 'Number' }).valueAsNumber;

    make({ saml: { metadata, loginValidity: Duration.minutes(minutes) } }, stack).hasResourceProperties(TYPE, {
      SamlConfiguration: { LoginValidityDuration: { Ref: 'Minutes' } },
    });
  });

  test.each([Duration.seconds(90), Duration.minutes(0), Duration.days(31)])('does not last %s', (loginValidity) => {
    expect(() => make({ saml: { metadata, loginValidity } })).toThrow(
      `saml.loginValidity is "${loginValidity}"; it must be whole minutes, 1 minute to 30 days. Use Duration.minutes(n)`,
    );
  });

  test('takes metadata as a text and from a file', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'saml-')), 'metadata.xml');
    writeFileSync(file, XML);

    for (const from of [SamlMetadata.fromXml(XML), SamlMetadata.fromFile(file)]) {
      make({ saml: { metadata: from } }).hasResourceProperties(TYPE, {
        SamlConfiguration: { IdpMetadata: { Xml: XML } },
      });
    }
  });

  test('takes metadata that only the deployment knows', () => {
    const stack = agnosticStack();
    const url = new CfnParameter(stack, 'Url').valueAsString;

    make({ saml: { metadata: SamlMetadata.fromUrl(url) } }, stack).hasResourceProperties(TYPE, {
      SamlConfiguration: { IdpMetadata: { Url: { Ref: 'Url' } } },
    });
    expect(() => SamlMetadata.fromXml(url)).not.toThrow();
  });

  test.each<[string, () => unknown, string]>([
    [
      'a URL without https',
      () => SamlMetadata.fromUrl('http://idp.example.com'),
      'url is "http://idp.example.com"; it must be an https URL',
    ],
    [
      'XML that is none',
      () => SamlMetadata.fromXml('{}'),
      'xml is "{}"; it must be XML with an EntityDescriptor. Give what the identity provider offers',
    ],
    [
      'roles without their attribute',
      () => make({ saml: { metadata, adminRoleValues: ['platform'] } }),
      'Stack/Grafana: saml.roleAttribute is undefined; it must be given with the values platform. Name the attribute',
    ],
    [
      'organizations without their attribute',
      () => make({ saml: { metadata, allowedOrganizations: ['games'] } satisfies GrafanaSaml }),
      'saml.organizationAttribute is undefined; it must be given with the values games',
    ],
    [
      'a workspace without SAML',
      () => make({ saml: { metadata }, authenticationProviders: [GrafanaAuthenticationProvider.AWS_SSO] }),
      'authenticationProviders is ["AWS_SSO"]; it must be with SAML among them when saml is given',
    ],
  ])('refuses %s', (_, act, message) => {
    expect(act).toThrow(message);
  });
});

describe('network access', () => {
  test('lists both kinds, because AWS wants both lists', () => {
    const stack = stackIn();
    const prefixLists = [ec2.PrefixList.fromPrefixListId(stack, 'Office', 'pl-0123456789abcdef0')];

    make({ networkAccess: { prefixLists } }, stack).hasResourceProperties(TYPE, {
      NetworkAccessControl: { PrefixListIds: ['pl-0123456789abcdef0'], VpceIds: [] },
    });
  });

  test('may be by endpoints', () => {
    const stack = stackIn();
    const endpoint = ec2.InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes(stack, 'Endpoint', {
      vpcEndpointId: 'vpce-0123456789abcdef0',
      port: 443,
    });

    make({ networkAccess: { vpcEndpoints: [endpoint] } }, stack).hasResourceProperties(TYPE, {
      NetworkAccessControl: { PrefixListIds: [], VpceIds: ['vpce-0123456789abcdef0'] },
    });
  });

  test('that lets nobody in is refused', () => {
    expect(() => make({ networkAccess: {} })).toThrow(
      'Stack/Grafana: networkAccess is {}; it must be at least one prefix list or endpoint. Otherwise nobody',
    );
  });
});

describe('a VPC', () => {
  test('is reached from its private subnets, with a security group that is made', () => {
    const stack = stackIn('us-east-1');

    const template = make({ vpc: vpcIn(stack) }, stack);

    template.hasResourceProperties(TYPE, {
      VpcConfiguration: {
        SubnetIds: ['subnet-0123456789abcde00', 'subnet-0123456789abcde01'],
        SecurityGroupIds: [{ 'Fn::GetAtt': [Match.stringLikeRegexp('^GrafanaSecurityGroup'), 'GroupId'] }],
      },
    });
    Annotations.fromStack(stack).hasNoWarning('/Stack/Grafana', Match.anyValue());
  });

  test('is reached with given security groups', () => {
    const stack = stackIn('us-east-1');
    const group = ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-0123456789abcdef0');

    const template = make({ vpc: vpcIn(stack), securityGroups: [group] }, stack);

    template.resourceCountIs('AWS::EC2::SecurityGroup', 0);
    template.hasResourceProperties(TYPE, { VpcConfiguration: { SecurityGroupIds: ['sg-0123456789abcdef0'] } });
    expect((stack.node.findChild('Grafana') as GrafanaWorkspace).securityGroups).toEqual([group]);
  });

  const warning = Match.stringLikeRegexp('to a VPC in ap-northeast-2 when its documentation was read on 2026-11-22');

  test('gives a warning where AWS did not offer it, which can be acknowledged', () => {
    const stack = stackIn('ap-northeast-2');
    make({ vpc: vpcIn(stack) }, stack);
    Annotations.fromStack(stack).hasWarning('/Stack/Grafana', warning);

    const acknowledged = stackIn('ap-northeast-2');
    const workspace = new GrafanaWorkspace(acknowledged, 'Grafana', { vpc: vpcIn(acknowledged) });
    CdkAnnotations.of(workspace).acknowledgeWarning('@eks-sightline/constructs:grafana.vpcNotInRegion');
    Annotations.fromStack(acknowledged).hasNoWarning('/Stack/Grafana', warning);
  });

  test.each<[string, (stack: Stack) => GrafanaWorkspaceProps, string]>([
    [
      'one subnet',
      (stack) => ({ vpc: vpcIn(stack, 1) }),
      'vpcSubnets is "1 of them"; it must be 2 to 6. Select them by vpcSubnets.',
    ],
    ['seven subnets', (stack) => ({ vpc: vpcIn(stack, 7) }), 'vpcSubnets is "7 of them"; it must be 2 to 6'],
    [
      'no security group',
      (stack) => ({ vpc: vpcIn(stack), securityGroups: [] }),
      'securityGroups is "0 of them"; it must be 1 to 5. Leave it out',
    ],
    [
      'subnets without a VPC',
      () => ({ vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED } }),
      'vpcSubnets is "given"; it must be left out when vpc is. Give the VPC',
    ],
    [
      'security groups without a VPC',
      () => ({ securityGroups: [] }),
      'securityGroups is "given"; it must be left out when vpc is',
    ],
  ])('refuses %s', (_, props, message) => {
    const stack = stackIn('us-east-1');

    expect(() => make(props(stack), stack)).toThrow(`Stack/Grafana: ${message}`);
  });
});

test('topics may be published to, and their keys used', () => {
  const stack = stackIn();
  const topic = new sns.Topic(stack, 'Topic', { masterKey: new kms.Key(stack, 'Key') });

  make({ notificationTopics: [topic] }, stack).hasResourceProperties(TYPE, { NotificationDestinations: ['SNS'] });

  expect(permissionsOf(stack)).toEqual([
    { Effect: 'Allow', Action: 'sns:Publish', Resource: { Ref: expect.stringMatching(/^Topic/) } },
    {
      Effect: 'Allow',
      Action: expect.arrayContaining(['kms:Decrypt', 'kms:GenerateDataKey*']),
      Resource: { 'Fn::GetAtt': [expect.stringMatching(/^Key/), 'Arn'] },
    },
  ]);
});

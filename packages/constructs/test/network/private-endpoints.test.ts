import { CfnParameter, type Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { PrivateComponent, PrivateObservabilityEndpoints, type PrivateObservabilityEndpointsProps } from '../../src';
import { allows } from '../support/policy';
import { ACCOUNT, agnosticStack, OTHER_ACCOUNT, REGION, stackIn } from '../support/stack';

type Statements = Parameters<typeof allows>[0];

const TYPE = 'AWS::EC2::VPCEndpoint';

function make(
  components: PrivateComponent[],
  more: Partial<PrivateObservabilityEndpointsProps> = {},
  stack: Stack = stackIn(),
) {
  const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-0123456789abcdef0',
    vpcCidrBlock: '10.0.0.0/16',
    availabilityZones: [`${REGION}a`, `${REGION}b`],
    privateSubnetIds: ['subnet-0123456789abcde0a', 'subnet-0123456789abcde0b'],
    privateSubnetRouteTableIds: ['rtb-0123456789abcde0a', 'rtb-0123456789abcde0b'],
  });
  const endpoints = new PrivateObservabilityEndpoints(stack, 'Endpoints', { vpc, components, ...more });
  return { endpoints, stack, template: Template.fromStack(stack) };
}

function policyOf(template: Template, service: string) {
  const endpoint = Object.values(template.findResources(TYPE)).find(({ Properties }) =>
    JSON.stringify(Properties.ServiceName).includes(`.${service}"`),
  );
  return endpoint?.Properties.PolicyDocument?.Statement;
}

describe('the endpoints', () => {
  test.each<[PrivateComponent, string[]]>([
    [PrivateComponent.METRICS, ['aps-workspaces']],
    [PrivateComponent.METRICS_CONTROL, ['aps']],
    [PrivateComponent.LOGS, ['logs']],
    [PrivateComponent.IRSA, ['sts']],
    [PrivateComponent.POD_IDENTITY, ['eks-auth']],
    [PrivateComponent.GRAFANA, ['grafana-workspace']],
    [PrivateComponent.GRAFANA_CONTROL, ['grafana']],
    [PrivateComponent.SECRETS, ['secretsmanager']],
    [PrivateComponent.IMAGES, ['ecr.api', 'ecr.dkr']],
  ])('for %s are %p', (component, services) => {
    const { endpoints, template } = make([component]);

    expect(Object.keys(endpoints.interfaceEndpoints)).toEqual(services);
    template.resourcePropertiesCountIs(TYPE, { VpcEndpointType: 'Interface' }, services.length);
    for (const service of services) {
      template.hasResourceProperties(TYPE, {
        ServiceName: `com.amazonaws.${REGION}.${service}`,
        PrivateDnsEnabled: true,
        SubnetIds: ['subnet-0123456789abcde0a', 'subnet-0123456789abcde0b'],
      });
    }
  });

  test('of images come with the gateway of Amazon S3, without a policy', () => {
    const { endpoints, template } = make([PrivateComponent.IMAGES]);

    expect(endpoints.s3Gateway).toBeDefined();
    template.hasResourceProperties(TYPE, {
      VpcEndpointType: 'Gateway',
      RouteTableIds: ['rtb-0123456789abcde0a', 'rtb-0123456789abcde0b'],
      PolicyDocument: Match.absent(),
    });
  });

  test('are each made once', () => {
    make([PrivateComponent.LOGS, PrivateComponent.LOGS]).template.resourceCountIs(TYPE, 1);
  });

  test('go into the given subnets and security groups', () => {
    const stack = stackIn();
    const group = ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-0123456789abcdef0');

    make(
      [PrivateComponent.LOGS, PrivateComponent.IMAGES],
      { vpcSubnets: { availabilityZones: [`${REGION}a`] }, securityGroups: [group] },
      stack,
    ).template.hasResourceProperties(TYPE, {
      SubnetIds: ['subnet-0123456789abcde0a'],
      SecurityGroupIds: ['sg-0123456789abcdef0'],
    });
    Template.fromStack(stack).hasResourceProperties(TYPE, { RouteTableIds: ['rtb-0123456789abcde0a'] });
  });

  test('for nothing are refused', () => {
    expect(() => make([])).toThrow('Stack/Endpoints: components is []; it must be at least one component. Name what');
  });
});

describe('policies', () => {
  const principal = (account: string) => ({ 'aws:PrincipalAccount': account });

  test.each([
    [PrivateComponent.METRICS, 'aps-workspaces', 'aps:RemoteWrite'],
    [PrivateComponent.METRICS_CONTROL, 'aps', 'aps:CreateWorkspace'],
    [PrivateComponent.LOGS, 'logs', 'logs:PutLogEvents'],
    [PrivateComponent.IRSA, 'sts', 'sts:AssumeRole'],
    [PrivateComponent.SECRETS, 'secretsmanager', 'secretsmanager:GetSecretValue'],
    [PrivateComponent.IMAGES, 'ecr.dkr', 'ecr:BatchGetImage'],
  ])('of %s let principals of the account through %s, and no others', (component, service, action) => {
    const statements = withoutPrincipals(policyOf(make([component]).template, service));
    const request = { action, resource: '*' };

    expect(allows(statements, { ...request, context: principal(ACCOUNT) })).toBe(true);
    expect(allows(statements, { ...request, context: principal(OTHER_ACCOUNT) })).toBe(false);
    expect(allows(statements, { ...request, context: {} })).toBe(false);
    expect(allows(statements, { ...request, action: 'iam:CreateUser', context: principal(ACCOUNT) })).toBe(false);
  });

  test('of AWS STS let tokens of the cluster become roles of the account only', () => {
    const statements = withoutPrincipals(policyOf(make([PrivateComponent.IRSA]).template, 'sts'));
    const request = { action: 'sts:AssumeRoleWithWebIdentity', context: {} };
    const roleIn = (account: string) => `arn:aws:iam::${account}:role/GrafanaAgentAMPRole`;

    expect(allows(statements, { ...request, resource: roleIn(ACCOUNT) })).toBe(true);
    expect(allows(statements, { ...request, resource: roleIn(OTHER_ACCOUNT) })).toBe(false);
    expect(allows(statements, { ...request, action: 'sts:AssumeRole', resource: roleIn(ACCOUNT) })).toBe(false);
  });

  test('let principals of several accounts through if asked to', () => {
    const { template } = make([PrivateComponent.LOGS], { allowedAccounts: [ACCOUNT, OTHER_ACCOUNT] });

    expect(policyOf(template, 'logs')[0].Condition).toEqual({
      StringEquals: { 'aws:PrincipalAccount': [ACCOUNT, OTHER_ACCOUNT] },
    });
  });

  test.each([
    [PrivateComponent.POD_IDENTITY, 'eks-auth'],
    [PrivateComponent.GRAFANA, 'grafana-workspace'],
    [PrivateComponent.GRAFANA_CONTROL, 'grafana'],
  ])('of %s there are none', (component, service) => {
    expect(policyOf(make([component]).template, service)).toBeUndefined();
  });

  /** The principal is everybody; the conditions tell them apart. */
  function withoutPrincipals(statements: Statements): Statements {
    return statements.map(({ Principal, ...rest }) => {
      expect(Principal).toEqual({ AWS: '*' });
      return rest;
    });
  }
});

describe('images', () => {
  const OURS = `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/grafana/alloy:v1.18.1`;
  const OTHERS = [
    'public.ecr.aws/aws-observability/aws-for-fluent-bit:3.5.8',
    'grafana/alloy:v1.18.1',
    'nginx',
    'registry.k8s.io/kube-state-metrics/kube-state-metrics:v2.20.0',
    `${ACCOUNT}.dkr.ecr.us-east-1.amazonaws.com/grafana/alloy:v1.18.1`,
  ];

  test('that no endpoint serves are listed, and in a warning', () => {
    const { endpoints, stack } = make([PrivateComponent.IMAGES], { images: [OURS, ...OTHERS] });

    expect(endpoints.unservedImages).toEqual(OTHERS);
    Annotations.fromStack(stack).hasWarning(
      '/Stack/Endpoints',
      Match.stringLikeRegexp(`No endpoint serves ${OTHERS[0]}, .*: mirror them to Amazon ECR in this region`),
    );
  });

  test('of Amazon ECR are not served without its endpoints', () => {
    const { endpoints, stack } = make([PrivateComponent.LOGS], { images: [OURS] });

    expect(endpoints.unservedImages).toEqual([OURS]);
    Annotations.fromStack(stack).hasWarning('/Stack/Endpoints', Match.stringLikeRegexp('add PrivateComponent.IMAGES'));
  });

  test('that are all served give no warning', () => {
    const { endpoints, stack } = make([PrivateComponent.IMAGES], { images: [OURS] });

    expect(endpoints.unservedImages).toEqual([]);
    Annotations.fromStack(stack).hasNoWarning('/Stack/Endpoints', Match.anyValue());
  });

  test('that only the deployment knows, and registries of a region that only it knows, are not held against anybody', () => {
    const stack = agnosticStack();
    const image = new CfnParameter(stack, 'Image').valueAsString;

    expect(make([PrivateComponent.IMAGES], { images: [image, OURS] }, stack).endpoints.unservedImages).toEqual([]);
  });
});

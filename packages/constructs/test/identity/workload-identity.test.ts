import { App, CfnParameter, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as iam from 'aws-cdk-lib/aws-iam';
import {
  ClusterOidcIssuer,
  ClusterOidcProvider,
  WorkloadIdentity,
  WorkloadIdentityMode,
  type WorkloadIdentityProps,
} from '../../src';
import { allows, trustOf } from '../support/policy';
import { ACCOUNT, agnosticStack, ISSUER, OTHER_ACCOUNT, REGION, stackIn } from '../support/stack';

const ASSOCIATION = 'AWS::EKS::PodIdentityAssociation';
const { IRSA, POD_IDENTITY } = WorkloadIdentityMode;

const clusterIn = (scope: Stack, clusterName = 'tictactoe-dev', id = 'Cluster'): eks.ICluster =>
  eks.Cluster.fromClusterAttributes(scope, id, { clusterName });

function make(more: Partial<WorkloadIdentityProps> = {}, stack = stackIn(), id = 'Alloy'): WorkloadIdentity {
  return new WorkloadIdentity(stack, id, {
    cluster: more.cluster ?? clusterIn(stack),
    namespace: 'monitoring',
    serviceAccountName: 'grafana-alloy',
    ...more,
  });
}

describe('with EKS Pod Identity', () => {
  test('the service account is associated with the role, and bears nothing', () => {
    const stack = stackIn();

    const identity = make({ mode: POD_IDENTITY, roleName: 'GrafanaAgentAMPRole' }, stack);

    expect(identity.serviceAccountAnnotations).toEqual({});
    const template = Template.fromStack(stack);
    template.hasResourceProperties(ASSOCIATION, {
      ClusterName: 'tictactoe-dev',
      Namespace: 'monitoring',
      ServiceAccount: 'grafana-alloy',
      RoleArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^AlloyRole'), 'Arn'] },
    });
    template.hasResourceProperties('AWS::IAM::Role', {
      RoleName: 'GrafanaAgentAMPRole',
      Description: 'For pods of monitoring/grafana-alloy, by EKS Pod Identity',
    });
    expect(stack.resolve(identity.associationArn)).toEqual({
      'Fn::GetAtt': [expect.stringMatching(/^AlloyAssociation/), 'AssociationArn'],
    });
  });

  test('the role trusts the service to assume it and to tag its sessions', () => {
    const stack = stackIn();
    make({ mode: POD_IDENTITY }, stack);

    const [statement] = trustOf(stack);

    expect(statement.Action).toEqual(['sts:AssumeRole', 'sts:TagSession']);
    expect(statement.Principal).toEqual({ Service: 'pods.eks.amazonaws.com' });
  });

  describe('the service is let in', () => {
    const stack = stackIn();
    make({ mode: POD_IDENTITY }, stack);
    const arn = `arn:aws:eks:${REGION}:${ACCOUNT}:cluster/tictactoe-dev`;
    const context = { 'aws:SourceAccount': ACCOUNT, 'aws:SourceArn': arn };
    const trust = trustOf(stack);
    const holds = (changed: Record<string, string>, service = 'pods.eks.amazonaws.com') => {
      const request = { action: 'sts:AssumeRole', service, context: { ...context, ...changed } };
      return allows(trust, request, { 'AWS::Partition': 'aws' });
    };

    test('for this cluster', () => {
      expect(holds({})).toBe(true);
    });

    test('but no other service is', () => {
      expect(holds({}, 'ec2.amazonaws.com')).toBe(false);
    });

    test.each([
      ['another cluster', { 'aws:SourceArn': arn.replace('-dev', '-prod') }],
      ['a cluster of another region', { 'aws:SourceArn': arn.replace(REGION, 'us-east-1') }],
      ['another account', { 'aws:SourceAccount': OTHER_ACCOUNT }],
    ])('but not for %s', (_, changed) => {
      expect(holds(changed)).toBe(false);
    });
  });

  test('a cluster that is made in the app needs no issuer', () => {
    const stack = agnosticStack();
    const cluster = new eks.CfnCluster(stack, 'New', {
      roleArn: `arn:aws:iam::${ACCOUNT}:role/cluster`,
      resourcesVpcConfig: { subnetIds: ['subnet-0123456789abcde0a', 'subnet-0123456789abcde0b'] },
    });

    expect(make({ cluster }, stack).mode).toBe(POD_IDENTITY);
    Template.fromStack(stack).hasResourceProperties(ASSOCIATION, { ClusterName: { Ref: 'New' } });
  });
});

describe('with IRSA', () => {
  const issuer = ClusterOidcIssuer.fromIssuerUrl(ISSUER);

  test('the role trusts the issuer, the service account bears its ARN, and there is no association', () => {
    const stack = stackIn();

    const identity = make({ issuer, roleName: 'GrafanaAgentAMPRole' }, stack);

    expect(identity.mode).toBe(IRSA);
    expect(identity.associationArn).toBeUndefined();
    expect(identity.serviceAccountAnnotations).toEqual({
      'eks.amazonaws.com/role-arn': `arn:aws:iam::${ACCOUNT}:role/GrafanaAgentAMPRole`,
    });
    Template.fromStack(stack).resourceCountIs(ASSOCIATION, 0);
    expect(trustOf(stack)[0].Condition).toEqual({
      StringEquals: {
        [`${ISSUER}:sub`]: 'system:serviceaccount:monitoring:grafana-alloy',
        [`${ISSUER}:aud`]: 'sts.amazonaws.com',
      },
    });
  });

  test('an issuer is no obstacle to Pod Identity', () => {
    expect(make({ issuer, mode: POD_IDENTITY }).mode).toBe(POD_IDENTITY);
  });

  test('the IAM OIDC provider may be made here', () => {
    const stack = stackIn();
    const provider = new ClusterOidcProvider(stack, 'Provider', { issuerUrl: `https://${ISSUER}` });

    make({ issuer: provider.issuer }, stack);

    Template.fromStack(stack).hasResourceProperties('AWS::IAM::OIDCProvider', {
      Url: `https://${ISSUER}`,
      ClientIdList: ['sts.amazonaws.com'],
    });
    expect(trustOf(stack)[0].Principal).toEqual({
      Federated: { Ref: expect.stringMatching(/^Provider/) },
    });
  });

  test('without an issuer is refused', () => {
    expect(() => make({ mode: IRSA })).toThrow(
      'Stack/Alloy: issuer is undefined; it must be given with mode IRSA. Give ClusterOidcIssuer.fromIssuerUrl',
    );
  });
});

test.each([IRSA, POD_IDENTITY])('grants go to the role with %s', (mode) => {
  const stack = stackIn();
  const identity = make({ mode, issuer: ClusterOidcIssuer.fromIssuerUrl(ISSUER) }, stack);

  iam.Grant.addToPrincipal({ grantee: identity, actions: ['aps:RemoteWrite'], resourceArns: ['*'] });

  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
    Roles: [stack.resolve(identity.roleName)],
  });
  expect(stack.resolve(identity.roleArn)).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^Alloy/), 'Arn'] });
});

describe('a service account has one identity', () => {
  const issuer = ClusterOidcIssuer.fromIssuerUrl(ISSUER);

  test('so that a second kind for it is refused, also from another stack', () => {
    const app = new App();
    make({ mode: POD_IDENTITY }, stackIn(undefined, 'One', app));

    expect(() => make({ issuer }, stackIn(undefined, 'Two', app))).toThrow(
      'Two/Alloy: serviceAccountName is "monitoring/grafana-alloy"; it must be a service account that has no identity in ' +
        'this cluster yet (One/Alloy gave it one). A service account has one role',
    );
  });

  test.each<[string, (app: App) => void]>([
    ['another cluster', (app) => with_(app, { cluster: 'tictactoe-prod' })],
    ['another namespace', (app) => with_(app, { namespace: 'default' })],
    ['another service account', (app) => with_(app, { serviceAccountName: 'fluent-bit' })],
    ['a cluster of that name in another region', (app) => with_(app, { region: 'us-east-1' })],
    ['another app', () => with_(new App(), {})],
  ])('but %s is another one', (_, act) => {
    const app = new App();
    make({}, stackIn(undefined, 'One', app));

    expect(() => act(app)).not.toThrow();
  });

  test('and clusters of one name in stacks for any environment may be two', () => {
    const app = new App();
    make({}, new Stack(app, 'One'));

    expect(() => make({}, new Stack(app, 'Two'))).not.toThrow();
  });

  function with_(
    app: App,
    what: { cluster?: string; region?: string; namespace?: string; serviceAccountName?: string },
  ) {
    const { cluster, region, ...names } = what;
    const stack = stackIn(region, 'Two', app);
    make({ cluster: clusterIn(stack, cluster), ...names }, stack);
  }
});

describe('images', () => {
  test.each([
    ['public.ecr.aws/aws-observability/aws-for-fluent-bit:2.32.4', '3.0.0'],
    ['fluent/fluent-bit:3.2.9', '3.2.10'],
    ['cr.fluentbit.io/fluent/fluent-bit:1.9.10@sha256:0123456789abcdef', '3.2.10'],
    ['docker.io/grafana/alloy:v1.4.1', '1.4.2'],
    ['quay.io/prometheus/prometheus:v2.53.1', '2.54.0'],
    ['prom/prometheus:v2.53', '2.54.0'],
    ['public.ecr.aws/aws-observability/aws-otel-collector:v0.40.0', '0.49.0'],
  ])('%s is refused with Pod Identity, and taken with IRSA', (image, from) => {
    expect(() => make({ mode: POD_IDENTITY, images: [image] })).toThrow(
      `Stack/Alloy: images is "${image}"; it must be version ${from} or newer with mode POD_IDENTITY`,
    );
    expect(() => make({ issuer: ClusterOidcIssuer.fromIssuerUrl(ISSUER), images: [image] })).not.toThrow();
  });

  test.each([
    'public.ecr.aws/aws-observability/aws-for-fluent-bit:3.5.8',
    'fluent/fluent-bit:4.0.0',
    'fluent/fluent-bit:3.2.10',
    'grafana/alloy:v1.18.1',
    'registry:5000/grafana/alloy:v1.18.1-boringcrypto',
    'prom/prometheus:v3.14.0',
    'grafana/alloy:latest',
    'grafana/alloy',
    'grafana/alloy@sha256:0123456789abcdef',
    'mygrafana/alloy-like:0.1.0',
  ])('%s is taken, or unknown', (image) => {
    expect(() => make({ mode: POD_IDENTITY, images: [image] })).not.toThrow();
  });
});

test('names that only the deployment knows are passed on', () => {
  const stack = agnosticStack();
  const text = new CfnParameter(stack, 'Text').valueAsString;

  make({ namespace: text, serviceAccountName: text, roleName: text, images: [text] }, stack);

  Template.fromStack(stack).hasResourceProperties(ASSOCIATION, {
    Namespace: { Ref: 'Text' },
    ServiceAccount: { Ref: 'Text' },
  });
});

test.each<[Partial<WorkloadIdentityProps>, string]>([
  [{ namespace: 'Monitoring' }, 'namespace is "Monitoring"; it must be a DNS label'],
  [{ serviceAccountName: '*' }, 'serviceAccountName is "*"; it must be a DNS subdomain'],
  [{ roleName: 'a/b' }, 'roleName is "a/b"; it must be 1 to 64'],
])('%p is refused', (props, message) => {
  expect(() => make(props)).toThrow(message);
});

import { CfnParameter } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as logs from 'aws-cdk-lib/aws-logs';
import {
  GrafanaSource,
  GrafanaWorkspace,
  GrafanaWorkspaceDataSource,
  type GrafanaWorkspaceDataSourceProps,
  PrometheusWorkspace,
} from '../../src';
import { agnosticStack, stackIn, WORKSPACE_ID } from '../support/stack';
import { definition, existing, only } from './support';

const TYPE = 'Custom::GrafanaDataSource';

function make(props: Partial<GrafanaWorkspaceDataSourceProps>, stack = stackIn()) {
  new GrafanaWorkspaceDataSource(stack, 'Source', {
    workspace: existing(stack),
    uid: 'amp',
    source: GrafanaSource.other({ type: 'loki' }),
    ...props,
  });
  return stack;
}

function amp(options?: Parameters<typeof GrafanaSource.prometheusWorkspace>[1]) {
  const stack = stackIn();
  const metrics = PrometheusWorkspace.fromWorkspaceAttributes(stack, 'Metrics', { workspaceId: WORKSPACE_ID });
  return definition(make({ source: GrafanaSource.prometheusWorkspace(metrics, options) }, stack));
}

describe('of a Prometheus workspace', () => {
  test('is signed by the role of the Grafana workspace; the deployment chooses the plugin', () => {
    expect(amp()).toEqual({
      name: 'amp',
      type: 'amp',
      access: 'proxy',
      isDefault: false,
      url: `https://aps-workspaces.ap-northeast-2.amazonaws.com/workspaces/${WORKSPACE_ID}`,
      jsonData: {
        httpMethod: 'POST',
        sigV4Auth: true,
        sigV4AuthType: 'ec2_iam_role',
        sigV4Region: 'ap-northeast-2',
        sigv4Service: 'aps',
      },
    });
  });

  test.each([
    [true, 'prometheus'],
    [false, 'grafana-amazonprometheus-datasource'],
  ])('may be told which: core %s is %s', (corePlugin, type) => {
    expect(amp({ corePlugin })).toMatchObject({ type });
  });

  test('may know how often samples are taken', () => {
    expect(amp({ scrapeInterval: '30s' })).toMatchObject({ jsonData: { timeInterval: '30s' } });
  });

  test('lets the role query, and has the URL of a workspace that is made here', () => {
    const stack = stackIn();
    const workspace = new GrafanaWorkspace(stack, 'Grafana');
    const metrics = new PrometheusWorkspace(stack, 'Metrics');

    make({ workspace, source: GrafanaSource.prometheusWorkspace(metrics) }, stack);

    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: [Match.objectLike({ Action: Match.arrayWith(['aps:QueryMetrics']) })] },
      Roles: [{ Ref: Match.stringLikeRegexp('^GrafanaRole') }],
    });
    template.hasResourceProperties(TYPE, {
      Definition: {
        'Fn::Join': ['', Match.arrayWith([{ 'Fn::GetAtt': [Match.stringLikeRegexp('^Metrics'), 'WorkspaceId'] }])],
      },
    });
  });
});

describe('of CloudWatch', () => {
  test('reads metrics and the given log groups', () => {
    const stack = stackIn();
    const workspace = new GrafanaWorkspace(stack, 'Grafana');
    const group = new logs.LogGroup(stack, 'Group');

    make({ workspace, uid: 'logs', source: GrafanaSource.cloudWatch({ logGroups: [group] }) }, stack);

    expect(definition(stack)).toMatchObject({
      type: 'cloudwatch',
      jsonData: { authType: 'ec2_iam_role', defaultRegion: 'ap-northeast-2' },
    });
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: Match.arrayWith(['logs:StartQuery']),
            Resource: { 'Fn::GetAtt': [Match.anyValue(), 'Arn'] },
          }),
          Match.objectLike({ Action: ['cloudwatch:GetMetricData', 'cloudwatch:ListMetrics'] }),
        ]),
      },
    });
  });

  test('may do without metrics, and be of another region', () => {
    const stack = stackIn();
    const workspace = new GrafanaWorkspace(stack, 'Grafana');

    make({ workspace, source: GrafanaSource.cloudWatch({ metrics: false, region: 'us-east-1' }) }, stack);

    expect(definition(stack)).toMatchObject({ jsonData: { defaultRegion: 'us-east-1' } });
    const policies = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy'));
    expect(JSON.stringify(policies)).not.toContain('cloudwatch:');
  });
});

describe('of another type', () => {
  test('has what it is given, numbers and booleans as such', () => {
    const source = GrafanaSource.other({
      type: 'loki',
      url: 'https://loki.example.com',
      jsonData: { maxLines: 1000, tls: true },
    });

    expect(definition(make({ source, name: 'Loki', isDefault: true }))).toEqual({
      name: 'Loki',
      type: 'loki',
      url: 'https://loki.example.com',
      access: 'proxy',
      isDefault: true,
      jsonData: { maxLines: 1000, tls: true },
    });
  });

  test('is refused when the type is none', () => {
    const source = GrafanaSource.other({ type: 'X-Ray' });

    expect(() => make({ source })).toThrow(
      'Stack/Source: source.type is "X-Ray"; it must be the id of a plugin: small letters, digits and hyphens. The page',
    );
  });

  test('may be known to the deployment alone', () => {
    const stack = agnosticStack();
    const type = new CfnParameter(stack, 'Type').valueAsString;
    const uid = new CfnParameter(stack, 'Uid').valueAsString;

    make({ source: GrafanaSource.other({ type }), uid }, stack);

    expect(JSON.stringify(only(stack, TYPE).Definition)).toContain('"Ref":"Type"');
  });
});

test.each<[Partial<GrafanaWorkspaceDataSourceProps>, string]>([
  [{ uid: 'a/b' }, 'Stack/Source: uid is "a/b"; it must be 1 to 40 letters'],
  [{ name: '' }, 'Stack/Source: name is ""; it must be 1 to 189 characters'],
])('is refused with %p', (props, message) => {
  expect(() => make(props)).toThrow(message);
});

test('takes over what exists only if asked to', () => {
  expect(only(make({}), TYPE)).toMatchObject({ AdoptExisting: 'false' });
  expect(only(make({ adoptExisting: true }), TYPE)).toMatchObject({ AdoptExisting: 'true' });
});

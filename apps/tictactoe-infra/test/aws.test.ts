import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { type Stack, Validations } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { AwsSolutionsChecks } from 'cdk-nag';
import { awsApp } from '../src/aws/app';
import { retention } from '../src/aws/retention';
import { environment, overlays } from '../src/environment';

let outdir: string;
beforeAll(() => {
  outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'tictactoe-'));
});
afterAll(() => fs.rmSync(outdir, { recursive: true }));

const stack = (name: string): Stack => awsApp(outdir).node.findChild(name) as Stack;

describe.each(overlays)('stack of $name', (overlay) => {
  test('its roles trust one service account each, with the issuer of its own cluster', () => {
    const template = Template.fromStack(stack(overlay.stack));
    const issuer = overlay.cluster.issuerUrl.replace('https://', '');
    const trusts = {
      [overlay.roles.alloy]: environment.alloy.name,
      [overlay.roles.fluentBit]: environment.fluentBit.name,
    };
    for (const [roleName, serviceAccount] of Object.entries(trusts)) {
      template.hasResourceProperties('AWS::IAM::Role', {
        RoleName: roleName,
        AssumeRolePolicyDocument: {
          Statement: [
            {
              Action: 'sts:AssumeRoleWithWebIdentity',
              Effect: 'Allow',
              Condition: {
                StringEquals: {
                  [`${issuer}:sub`]: `system:serviceaccount:monitoring:${serviceAccount}`,
                  [`${issuer}:aud`]: 'sts.amazonaws.com',
                },
              },
            },
          ],
        },
      });
    }
  });

  test('its writer may write only to the workspace that bears the overlay in a tag', () => {
    Template.fromStack(stack(overlay.stack)).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: [
          Match.objectLike({
            Action: 'aps:RemoteWrite',
            Condition: { StringEquals: { 'aws:ResourceTag/sightline-overlay': overlay.name } },
          }),
        ],
      },
    });
  });

  test('its log group has the name and the retention of the environment', () => {
    Template.fromStack(stack(overlay.stack)).hasResource('AWS::Logs::LogGroup', {
      Properties: { LogGroupName: overlay.logGroup.name, RetentionInDays: overlay.logGroup.retentionDays },
      DeletionPolicy: 'Retain',
    });
  });
});

test('one Grafana workspace with Identity Center and both data sources', () => {
  const template = Template.fromStack(stack('Grafana'));
  template.resourceCountIs('AWS::Grafana::Workspace', 1);
  template.hasResourceProperties('AWS::Grafana::Workspace', {
    Name: 'tictactoe-grafana',
    AuthenticationProviders: ['AWS_SSO'],
    DataSources: ['PROMETHEUS', 'CLOUDWATCH'],
  });
  template.hasResourceProperties('AWS::IAM::Role', { RoleName: 'AmazonGrafanaWorkspaceRole' });
});

test('names that must be unique in the account are unique', () => {
  const names = overlays.flatMap(({ roles, logGroup, prometheus, application, cluster, stack: stackName }) => [
    roles.alloy,
    roles.fluentBit,
    logGroup.name,
    prometheus.alias,
    application,
    cluster.arn,
    cluster.issuerUrl,
    stackName,
  ]);
  expect(new Set(names).size).toBe(names.length);
});

test('a retention that CloudWatch Logs does not know is refused with the ones it knows', () => {
  expect(() => retention(15)).toThrow(/retentionDays is 15; CloudWatch Logs allows 1, 3, 5, 7, 14, 30/);
});

test('cdk-nag finds nothing that is not explained', () => {
  const app = awsApp(outdir);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  expect(() => app.synth()).not.toThrow();
  const { pluginReports } = JSON.parse(fs.readFileSync(path.join(outdir, 'validation-report.json'), 'utf8'));
  const nag = pluginReports.find(({ pluginName }: { pluginName: string }) => pluginName === 'AwsSolutions');
  expect(nag).toMatchObject({ conclusion: 'success', violations: [] });
});

test('cdk-nag does speak when a wildcard is not explained', () => {
  const app = awsApp(outdir);
  new iam.Role(app.node.findChild('Grafana'), 'Careless', {
    assumedBy: new iam.ServicePrincipal('grafana.amazonaws.com'),
  }).addToPolicy(new iam.PolicyStatement({ actions: ['aps:*'], resources: ['*'] }));
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  expect(() => app.synth()).toThrow(/Careless.*\n.*IAM5\[Action::aps:\*\]/);
});

import { App } from 'aws-cdk-lib';
import * as aps from 'aws-cdk-lib/aws-aps';
import { AwsSolutionsChecks } from 'cdk-nag';
import { addEverything, addPeople } from './support/everything';
import { stackIn } from './support/stack';

/** What AwsSolutions says about a stack of everything, each with the reason why it stays. Anything else is a failure. */
const EXPLAINED: Record<string, string> = {
  'AwsSolutions-IAM5[Resource::arn:aws:aps:ap-northeast-2:111122223333:workspace/*] at Stack/TaggedWriter/Resource/DefaultPolicy/Resource':
    'The workspace has no id at synth; the statement has a condition on its tags instead.',
  'AwsSolutions-IAM5[Resource::*] at Stack/AckLogs/Role/DefaultPolicy/Resource':
    'logs:DescribeLogGroups takes no resource.',
  'AwsSolutions-IAM5[Resource::*] at Stack/AckPrometheus/Role/DefaultPolicy/Resource':
    'aps:CreateWorkspace takes no resource, and has a condition on the tags that are asked for; neither do log deliveries.',
  'AwsSolutions-IAM5[Resource::arn:aws:aps:ap-northeast-2:111122223333:rulegroupsnamespace/*/tictactoe] at Stack/AckPrometheus/Role/DefaultPolicy/Resource':
    'The id of the workspace is not known before the controller has made it.',
  'AwsSolutions-IAM5[Resource::arn:aws:aps:ap-northeast-2:111122223333:workspace/*] at Stack/AckPrometheus/Role/DefaultPolicy/Resource':
    'The id of the workspace is not known before the controller has made it; a condition on its tags narrows this.',
  'AwsSolutions-IAM5[Resource::arn:aws:eks:ap-northeast-2:111122223333:podidentityassociation/tictactoe-dev/*] at Stack/AckEks/Role/DefaultPolicy/Resource':
    'The ids of associations are not known before the controller has made them; they are of one cluster.',
  'AwsSolutions-IAM5[Resource::arn:aws:logs:ap-northeast-2:111122223333:log-group:/eks/tictactoe:*] at Stack/AckLogs/Role/DefaultPolicy/Resource':
    'The ARN of a log group ends in :* for most actions.',
  'AwsSolutions-IAM5[Resource::*] at Stack/AdotAddon/TracesIdentity/Role/DefaultPolicy/Resource':
    'AWS X-Ray knows no resource for what an exporter calls.',
  'AwsSolutions-IAM5[Resource::*] at Stack/Grafana/Role/DefaultPolicy/Resource':
    'logs:DescribeLogGroups, logs:StopQuery, cloudwatch:GetMetricData and cloudwatch:ListMetrics take no resource.',
  'AwsSolutions-IAM5[Resource::*] at Stack/@eks-sightline--GrafanaContentProvider/Permissions4fe5fdd4/Resource':
    'What Amazon Managed Grafana reads in IAM Identity Center on behalf of its caller takes no resource.',
  'AwsSolutions-IAM5[Resource::<ekssightlineGrafanaContentProviderHandlerFunction98D72CF0.Arn>:*] at Stack/@eks-sightline--GrafanaContentProvider/FrameworkRole/DefaultPolicy/Resource':
    'The provider framework of the CDK lets itself call every version of the function that it calls.',
  'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:s3:::cdk-hnb659fds-assets-111122223333-ap-northeast-2/*.json] at Stack/@eks-sightline--GrafanaContentProvider/Assets/Resource':
    'Dashboards are assets, whose names are hashes; the one before is read when a deployment is rolled back.',
  'AwsSolutions-SMG4 at Stack/GrafanaToken/Secret/Resource':
    'A function of the construct rotates it: it has to be able to tell that a token works before it is written.',
};

test('AwsSolutions finds nothing in a stack of everything but what is explained', () => {
  const stack = stackIn();
  addEverything(stack);

  const { violations } = new AwsSolutionsChecks().validateScope(stack);

  const found = violations.flatMap(({ ruleName, violatingResources }) =>
    violatingResources.map(({ constructPath }) => `${ruleName} at ${constructPath}`),
  );
  expect(found.sort()).toEqual(Object.keys(EXPLAINED).sort());
});

describe('the CDK’s validation against the CloudFormation schema', () => {
  const environment = process.env.CDK_VALIDATION;

  beforeAll(() => {
    delete process.env.CDK_VALIDATION;
    jest.spyOn(console, 'error').mockImplementation();
  });

  afterAll(() => {
    process.env.CDK_VALIDATION = environment;
    jest.restoreAllMocks();
  });

  function strictApp() {
    return new App({ context: { '@aws-cdk/core:validateAgainstDefaultRules': true } });
  }

  test('accepts a stack of everything', () => {
    const app = strictApp();
    addEverything(stackIn(undefined, 'Stack', app));
    addPeople(stackIn('us-east-1', 'People', app));

    expect(() => app.synth()).not.toThrow();
  });

  test('is awake: it refuses what the schema forbids', () => {
    const app = strictApp();
    new aps.CfnWorkspace(stackIn(undefined, 'Stack', app), 'Bad', {
      workspaceConfiguration: { retentionPeriodInDays: 0 },
    });

    expect(() => app.synth()).toThrow();
  });
});

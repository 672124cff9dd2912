import { CfnParameter, Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { GrafanaRole, GrafanaServiceAccountToken, type GrafanaServiceAccountTokenProps } from '../../src';
import { agnosticStack, stackIn } from '../support/stack';
import { existing, only, WORKSPACE } from './support';

function make(props: Partial<GrafanaServiceAccountTokenProps> = {}, stack = stackIn()) {
  const token = new GrafanaServiceAccountToken(stack, 'Token', {
    workspace: existing(stack),
    role: GrafanaRole.EDITOR,
    ...props,
  });
  return {
    stack,
    token,
    // Not before it is asked for: a template ends the making of a stack.
    get template() {
      return Template.fromStack(stack);
    },
  };
}

/** The function that rotates. */
function rotation(template: Template): Record<string, unknown> {
  const [found] = Object.values(
    template.findResources('AWS::Lambda::Function', {
      Properties: { Environment: { Variables: { ROTATE_AFTER: Match.anyValue() } } },
    }),
  );
  return found.Properties;
}

test('the secret is empty until a token works, and its service account is its own', () => {
  const { stack, token } = make();

  expect(only(stack, 'AWS::SecretsManager::Secret')).toEqual({
    Description: expect.stringContaining('service account'),
  });
  expect(only(stack, 'Custom::GrafanaServiceAccount')).toMatchObject({ Role: 'EDITOR', WorkspaceId: WORKSPACE });
  expect(stack.resolve(token.serviceAccountName)).toEqual({ 'Fn::GetAtt': [expect.any(String), 'Name'] });
});

test('the function knows what to rotate and where', () => {
  const { stack, token, template } = make();

  expect(rotation(template)).toMatchObject({
    Runtime: expect.stringMatching(/^nodejs2[2-9]/),
    Environment: {
      Variables: {
        WORKSPACE_ID: WORKSPACE,
        WORKSPACE_REGION: 'ap-northeast-2',
        SERVICE_ACCOUNT: stack.resolve(token.serviceAccountName),
        SECRET_ARN: stack.resolve(token.secret.secretArn),
        ROTATE_AFTER: `${20 * 86_400}`,
      },
    },
  });
});

test('it runs twice a day, and is tried again twice', () => {
  make().template.hasResourceProperties('AWS::Events::Rule', {
    ScheduleExpression: 'rate(12 hours)',
    Targets: [Match.objectLike({ RetryPolicy: { MaximumRetryAttempts: 2 } })],
  });
});

test('the deployment waits for the first token, and comes again when something about it changes', () => {
  const { template, stack, token } = make();

  template.hasResource('Custom::GrafanaRotatedToken', {
    Properties: {
      Function: { Ref: Match.stringLikeRegexp('^TokenRotationFunction') },
      ServiceAccount: stack.resolve(token.serviceAccountName),
      RotateAfter: `${20 * 86_400}`,
    },
    DependsOn: Match.arrayWith([
      Match.stringLikeRegexp('Invoke'),
      Match.stringLikeRegexp('^TokenRotationRoleDefaultPolicy'),
    ]),
  });
});

test('the function may make tokens in this workspace, and read and write this secret; nothing more', () => {
  const { template } = make();
  const [policy] = Object.values(
    template.findResources('AWS::IAM::Policy', {
      Properties: { Roles: [{ Ref: Match.stringLikeRegexp('^TokenRotationRole') }] },
    }),
  );

  expect(policy.Properties.PolicyDocument.Statement).toEqual([
    expect.objectContaining({ Action: ['logs:CreateLogStream', 'logs:PutLogEvents'] }),
    {
      Effect: 'Allow',
      Action: expect.arrayContaining([
        'grafana:CreateWorkspaceServiceAccountToken',
        'grafana:DeleteWorkspaceServiceAccountToken',
      ]),
      Resource: `arn:aws:grafana:ap-northeast-2:111122223333:/workspaces/${WORKSPACE}`,
    },
    {
      Effect: 'Allow',
      Action: ['secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue'],
      Resource: { Ref: expect.stringMatching(/^TokenSecret/) },
    },
  ]);
});

test('External Secrets may be let in to read it', () => {
  const { stack, token } = make();
  token.grantRead(
    new iam.Role(stack, 'ExternalSecrets', { assumedBy: new iam.ServicePrincipal('pods.eks.amazonaws.com') }),
  );

  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
    Roles: [{ Ref: Match.stringLikeRegexp('^ExternalSecrets') }],
    PolicyDocument: {
      Statement: [
        {
          Effect: 'Allow',
          Action: ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'],
          Resource: stack.resolve(token.secret.secretArn),
        },
      ],
    },
  });
});

test('takes names, a key and what is to become of the secret', () => {
  const stack = stackIn();
  const encryptionKey = new kms.Key(stack, 'Key');

  const { template } = make(
    { serviceAccountName: 'operator', secretName: 'a/b', encryptionKey, removalPolicy: RemovalPolicy.RETAIN },
    stack,
  );

  template.hasResource('AWS::SecretsManager::Secret', { Properties: { Name: 'a/b' }, DeletionPolicy: 'Retain' });
  template.hasResourceProperties('Custom::GrafanaServiceAccount', { Name: 'operator' });
  expect(keyStatements(template, '^TokenRotationRole')).toEqual([
    {
      Effect: 'Allow',
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Resource: { 'Fn::GetAtt': [expect.stringMatching(/^Key/), 'Arn'] },
      Condition: { StringEquals: { 'kms:ViaService': 'secretsmanager.ap-northeast-2.amazonaws.com' } },
    },
  ]);
});

test('readers may use the key, also one whose policy cannot be changed here', () => {
  const stack = stackIn();
  const encryptionKey = kms.Key.fromKeyArn(
    stack,
    'Key',
    'arn:aws:kms:ap-northeast-2:111122223333:key/01234567-89ab-cdef-0123-456789abcdef',
  );
  const made = make({ encryptionKey }, stack);
  made.token.grantRead(
    new iam.Role(stack, 'Reader', { assumedBy: new iam.ServicePrincipal('pods.eks.amazonaws.com') }),
  );

  expect(keyStatements(made.template, '^Reader')).toEqual([
    expect.objectContaining({ Action: 'kms:Decrypt', Resource: encryptionKey.keyArn }),
  ]);
});

function keyStatements(template: Template, role: string): { Action: string | string[] }[] {
  const policies = template.findResources('AWS::IAM::Policy', {
    Properties: { Roles: [{ Ref: Match.stringLikeRegexp(role) }] },
  });
  return Object.values(policies)
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement as { Action: string | string[] }[])
    .filter(({ Action }) => [Action].flat().some((action) => action.startsWith('kms:')));
}

describe('alarms', () => {
  test('ring when three tries fail, and when there is none in a day', () => {
    const { template } = make();
    const day = {
      Namespace: 'AWS/Lambda',
      Period: 86_400,
      Statistic: 'Sum',
      EvaluationPeriods: 1,
      AlarmActions: Match.absent(),
    };

    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      ...day,
      MetricName: 'Errors',
      Threshold: 3,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'notBreaching',
    });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      ...day,
      MetricName: 'Invocations',
      Threshold: 1,
      ComparisonOperator: 'LessThanThreshold',
      TreatMissingData: 'breaching',
    });
  });

  test('tell whoever is to know, also when it is over', () => {
    const stack = stackIn();
    const topic = sns.Topic.fromTopicArn(stack, 'Tell', 'arn:aws:sns:ap-northeast-2:111122223333:tell');

    const { template, token } = make({ alarmActions: [new SnsAction(topic)] }, stack);

    template.allResourcesProperties('AWS::CloudWatch::Alarm', {
      AlarmActions: [topic.topicArn],
      OKActions: [topic.topicArn],
    });
    expect(token.rotationFailedAlarm).not.toBe(token.rotationMissedAlarm);
  });
});

describe('the age', () => {
  test.each([1, 20, 27])('may be %d days', (days) => {
    expect(rotation(make({ rotateAfter: Duration.days(days) }).template)).toMatchObject({
      Environment: { Variables: { ROTATE_AFTER: `${days * 86_400}` } },
    });
  });

  test.each([Duration.hours(23), Duration.days(28), Duration.days(30)])('may not be %s', (rotateAfter) => {
    expect(() => make({ rotateAfter })).toThrow(
      `Stack/Token: rotateAfter is "${rotateAfter}"; it must be 1 to 27 days. A token lives for 30 days; some of them must`,
    );
  });

  test('must be whole seconds', () => {
    expect(() => make({ rotateAfter: Duration.millis(86_400_001) })).toThrow(
      'rotateAfter is "Duration.millis(86400001)"; it must be a whole',
    );
  });

  test('may be known to the deployment alone', () => {
    const stack = agnosticStack();
    const rotateAfter = Duration.seconds(new CfnParameter(stack, 'Age', { type: 'Number' }).valueAsNumber);
    const serviceAccountName = new CfnParameter(stack, 'Name').valueAsString;

    const { template } = make({ rotateAfter, serviceAccountName }, stack);

    template.hasResourceProperties('Custom::GrafanaServiceAccount', { Name: { Ref: 'Name' } });
    expect(JSON.stringify(rotation(template))).toContain('{"Ref":"Age"}');
  });
});

test.each(['', 'a b', 'x'.repeat(65)])('the name %p is refused', (serviceAccountName) => {
  expect(() => make({ serviceAccountName })).toThrow(
    `Stack/Token: serviceAccountName is ${JSON.stringify(serviceAccountName)}; it must be 1 to 64 letters, digits or any of . _ -.`,
  );
});

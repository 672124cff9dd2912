import { CfnParameter, RemovalPolicy } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { LogGroupClass, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { ContainerLogGroup } from '../../src';
import { permissionsOf } from '../support/policy';
import { ACCOUNT, agnosticStack, OTHER_ACCOUNT, REGION, stackIn } from '../support/stack';

test('by default events are kept for a month, and the group outlives its stack', () => {
  const stack = stackIn();

  new ContainerLogGroup(stack, 'Logs');

  Template.fromStack(stack).hasResource('AWS::Logs::LogGroup', {
    Properties: { RetentionInDays: 30, LogGroupName: Match.absent(), KmsKeyId: Match.absent() },
    DeletionPolicy: 'Retain',
    UpdateReplacePolicy: 'Retain',
  });
});

test('name, retention and removal policy arrive in the template', () => {
  const stack = stackIn();

  new ContainerLogGroup(stack, 'Logs', {
    logGroupName: '/eks/tictactoe',
    retention: RetentionDays.ONE_YEAR,
    removalPolicy: RemovalPolicy.DESTROY,
  });

  Template.fromStack(stack).hasResource('AWS::Logs::LogGroup', {
    Properties: { LogGroupName: '/eks/tictactoe', RetentionInDays: 365 },
    DeletionPolicy: 'Delete',
  });
});

test('events are kept for ever when asked for', () => {
  const stack = stackIn();

  new ContainerLogGroup(stack, 'Logs', { retention: RetentionDays.INFINITE });

  Template.fromStack(stack).hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: Match.absent() });
});

test('class and protection arrive in the template, and are the service’s own if nothing is said', () => {
  const stack = stackIn();

  new ContainerLogGroup(stack, 'Plain', { logGroupName: 'plain' });
  new ContainerLogGroup(stack, 'Logs', {
    logGroupName: 'special',
    logGroupClass: LogGroupClass.INFREQUENT_ACCESS,
    deletionProtection: true,
  });

  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::Logs::LogGroup', {
    LogGroupName: 'special',
    LogGroupClass: 'INFREQUENT_ACCESS',
    DeletionProtectionEnabled: true,
  });
  template.hasResourceProperties('AWS::Logs::LogGroup', {
    LogGroupName: 'plain',
    LogGroupClass: Match.absent(),
    DeletionProtectionEnabled: Match.absent(),
  });
});

test('a class that keeps nothing is refused', () => {
  expect(() => new ContainerLogGroup(stackIn(), 'Logs', { logGroupClass: 'DELIVERY' as LogGroupClass })).toThrow(
    'Stack/Logs: logGroupClass is "DELIVERY"; it must be STANDARD or INFREQUENT_ACCESS. A group of class DELIVERY',
  );
});

test('writers may make streams and put events in this group, and nothing else', () => {
  const stack = stackIn();
  const logGroup = new ContainerLogGroup(stack, 'Logs', { logGroupName: '/eks/tictactoe' });

  const grant = logGroup.grantWriteStreams(new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() }));

  expect(grant.success).toBe(true);
  expect(permissionsOf(stack)).toEqual([
    {
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: { 'Fn::GetAtt': [expect.stringMatching(/^Logs/), 'Arn'] },
    },
  ]);
});

test('name and ARN are attributes of the group', () => {
  const stack = stackIn();

  const logGroup = new ContainerLogGroup(stack, 'Logs');

  expect(stack.resolve(logGroup.logGroupName)).toEqual({ Ref: expect.stringMatching(/^Logs/) });
  expect(stack.resolve(logGroup.logGroupArn)).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^Logs/), 'Arn'] });
  expect(logGroup.logGroup.logGroupArn).toBe(logGroup.logGroupArn);
});

describe('a group that exists', () => {
  test('is in the account and region of the stack', () => {
    const stack = stackIn();

    const logGroup = ContainerLogGroup.fromContainerLogGroupAttributes(stack, 'Logs', { logGroupName: '/eks/t' });
    logGroup.grantWriteStreams(new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() }));

    expect(logGroup.logGroupName).toBe('/eks/t');
    expect(logGroup.logGroupArn).toBe(`arn:aws:logs:${REGION}:${ACCOUNT}:log-group:/eks/t:*`);
    expect(permissionsOf(stack)[0].Resource).toBe(logGroup.logGroupArn);
    Template.fromStack(stack).resourceCountIs('AWS::Logs::LogGroup', 0);
  });

  test('may be in another account and region', () => {
    const logGroup = ContainerLogGroup.fromContainerLogGroupAttributes(stackIn(), 'Logs', {
      logGroupName: '/eks/t',
      region: 'us-east-1',
      account: OTHER_ACCOUNT,
    });

    expect(logGroup.logGroupArn).toBe(`arn:aws:logs:us-east-1:${OTHER_ACCOUNT}:log-group:/eks/t:*`);
    expect(logGroup.env).toEqual({ account: OTHER_ACCOUNT, region: 'us-east-1' });
  });

  test.each([
    ['cn-north-1', 'aws-cn'],
    ['us-gov-west-1', 'aws-us-gov'],
  ])('in %s is of partition %s', (region, partition) => {
    const logGroup = ContainerLogGroup.fromContainerLogGroupAttributes(stackIn(region), 'Logs', { logGroupName: 'g' });

    expect(logGroup.logGroupArn).toBe(`arn:${partition}:logs:${region}:${ACCOUNT}:log-group:g:*`);
  });
});

describe('the policy of the key', () => {
  const ALL_ACTIONS = ['kms:Encrypt*', 'kms:Decrypt*', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'];

  test.each([
    [REGION, 'aws', 'amazonaws.com'],
    ['cn-north-1', 'aws-cn', 'amazonaws.com.cn'],
  ])('lets CloudWatch Logs in %s use it for this group', (region, partition, suffix) => {
    const stack = stackIn(region);

    new ContainerLogGroup(stack, 'Logs', {
      logGroupName: '/eks/t',
      encryptionKey: new kms.Key(stack, 'Key'),
    });

    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: {
        Statement: Match.arrayWith([
          {
            Effect: 'Allow',
            Action: ALL_ACTIONS,
            Principal: { Service: `logs.${region}.${suffix}` },
            Resource: '*',
            Condition: {
              ArnLike: {
                'kms:EncryptionContext:aws:logs:arn': `arn:${partition}:logs:${region}:${ACCOUNT}:log-group:/eks/t`,
              },
            },
          },
        ]),
      },
    });
    template.hasResourceProperties('AWS::Logs::LogGroup', {
      KmsKeyId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Key'), 'Arn'] },
    });
  });

  test('lets it be used for any group of account and region when the name is not known', () => {
    const stack = stackIn();

    new ContainerLogGroup(stack, 'Logs', { encryptionKey: new kms.Key(stack, 'Key') });

    Template.fromStack(stack).hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Condition: {
              ArnLike: { 'kms:EncryptionContext:aws:logs:arn': `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:*` },
            },
          }),
        ]),
      },
    });
  });

  test('of an imported key cannot be extended, and a warning says what it must allow', () => {
    const stack = stackIn();
    const encryptionKey = kms.Key.fromKeyArn(
      stack,
      'Key',
      `arn:aws:kms:${REGION}:${ACCOUNT}:key/12345678-1234-1234-1234-123456789012`,
    );

    new ContainerLogGroup(stack, 'Logs', { logGroupName: '/eks/t', encryptionKey });

    Annotations.fromStack(stack).hasWarning(
      '/Stack/Logs',
      Match.stringLikeRegexp(
        `It must let logs\\.${REGION}\\.amazonaws\\.com use the key, .*log-group:/eks/t; .*logs\\.keyPolicyNotExtended`,
      ),
    );
  });

  test('that is extended gives no warning', () => {
    const stack = stackIn();

    new ContainerLogGroup(stack, 'Logs', { encryptionKey: new kms.Key(stack, 'Key') });

    Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
  });
});

describe('a name', () => {
  test.each(['', '/eks/*', 'a b', 'aws/eks', `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:x`, 'g'.repeat(513)])(
    'that is %p is refused',
    (logGroupName) => {
      const message =
        `logGroupName is ${JSON.stringify(logGroupName)}; it must be 1 to 512 letters, digits or any of . - _ / #, and ` +
        'must not start with aws/. Give the name alone';

      expect(() => new ContainerLogGroup(stackIn(), 'Logs', { logGroupName })).toThrow(`Stack/Logs: ${message}`);
      expect(() => ContainerLogGroup.fromContainerLogGroupAttributes(stackIn(), 'Logs', { logGroupName })).toThrow(
        message,
      );
    },
  );

  test('that only the deployment knows will do', () => {
    const stack = agnosticStack();

    new ContainerLogGroup(stack, 'Logs', { logGroupName: new CfnParameter(stack, 'Name').valueAsString });

    Template.fromStack(stack).hasResourceProperties('AWS::Logs::LogGroup', { LogGroupName: { Ref: 'Name' } });
  });

  test('that begins with /aws/ will do: groups of containers may live beside those of services', () => {
    expect(() => new ContainerLogGroup(stackIn(), 'Logs', { logGroupName: '/aws/containers' })).not.toThrow();
  });
});

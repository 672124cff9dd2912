import { type Deployment, deployedResources, type PolicyDocument } from '../cloudformation';
import type { Template } from '../rendered';
import { type Matrix, type ResourceCall, resourcePolicy } from './near-misses';
import { account, issuer, otherAccount, otherRegion, region } from './world';

const theirs = `arn:aws:iam::${otherAccount}:role/Writer`;

/** The policies of workspaces, topics, secrets, keys and endpoints that the library writes. */
export function resourceMatrices(template: Template, deployment: Deployment): Matrix[] {
  const of = <T extends object>(type: string, ...properties: (keyof T & string)[]) =>
    Object.entries(deployedResources<T>(template, deployment, type, properties));
  return [
    ...of<WorkspacePolicy>('AWS::APS::ResourcePolicy', 'WorkspaceArn', 'PolicyDocument').map(([, properties]) =>
      workspacePolicy(properties.WorkspaceArn, JSON.parse(properties.PolicyDocument) as PolicyDocument),
    ),
    ...of<TopicPolicy>('AWS::SNS::TopicPolicy', 'Topics', 'PolicyDocument').map(([, properties]) =>
      topicPolicy(properties.Topics[0] ?? '', properties.PolicyDocument),
    ),
    ...of<SecretPolicy>('AWS::SecretsManager::ResourcePolicy', 'SecretId', 'ResourcePolicy').map(([, properties]) =>
      secretPolicy(properties.SecretId, properties.ResourcePolicy),
    ),
    ...of<Key>('AWS::KMS::Key', 'KeyPolicy').map(([id, { KeyPolicy }]) => keyPolicy(id, KeyPolicy)),
    ...of<Endpoint>('AWS::EC2::VPCEndpoint', 'ServiceName', 'PolicyDocument').flatMap(([, endpoint]) =>
      endpoint.PolicyDocument ? [endpointPolicy(endpoint.ServiceName, endpoint.PolicyDocument)] : [],
    ),
  ];
}

interface WorkspacePolicy {
  readonly WorkspaceArn: string;
  readonly PolicyDocument: string;
}

interface TopicPolicy {
  readonly Topics: readonly string[];
  readonly PolicyDocument: PolicyDocument;
}

interface SecretPolicy {
  readonly SecretId: string;
  readonly ResourcePolicy: PolicyDocument;
}

interface Key {
  readonly KeyPolicy: PolicyDocument;
}

interface Endpoint {
  readonly ServiceName: string;
  readonly PolicyDocument?: PolicyDocument;
}

/** A role of another account may write, if its own account lets it, too. */
function workspacePolicy(workspace: string, policy: PolicyDocument): Matrix {
  const ownAccount = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'aps:*', Resource: '*' }],
  };
  const write: ResourceCall = {
    principal: theirs,
    action: 'aps:RemoteWrite',
    resource: workspace,
    policies: [ownAccount],
  };
  return resourcePolicy('policy of the workspace', policy, [write], {
    'its own account does not let it': { ...write, policies: [] },
    'another role of that account': { ...write, principal: theirs.replace('Writer', 'Other') },
    'a role of a third account': { ...write, principal: theirs.replace(otherAccount, '999988887777') },
    'another workspace': { ...write, resource: `${workspace}-2` },
    'a query': { ...write, action: 'aps:QueryMetrics' },
    'deleting the workspace': { ...write, action: 'aps:DeleteWorkspace' },
  });
}

/** What AMP says of itself when it tells of an alert. */
function ampOf(template: { readonly workspace: string }): Readonly<Record<string, string>> {
  return { 'aws:SourceAccount': account, 'aws:SourceArn': template.workspace };
}

const madeWorkspace = (policy: PolicyDocument): string =>
  /arn:aws:aps:[^"*]+/.exec(JSON.stringify(policy))?.[0] ?? `arn:aws:aps:${region}:${account}:workspace/ws-1`;

/** Who is not AMP for this workspace. */
function notAmp(right: ResourceCall, workspace: string): Record<string, ResourceCall> {
  const context = right.context ?? {};
  return {
    'a workspace of another account': {
      ...right,
      context: { 'aws:SourceAccount': otherAccount, 'aws:SourceArn': workspace.replace(account, otherAccount) },
    },
    'another account with the workspace’s ARN': {
      ...right,
      context: { ...context, 'aws:SourceAccount': otherAccount },
    },
    'a workspace of another region': {
      ...right,
      context: { ...context, 'aws:SourceArn': workspace.replace(region, otherRegion) },
    },
    'AMP for nobody': { ...right, context: {} },
    'another service': { ...right, principal: 'cloudwatch.amazonaws.com' },
    'a role of another account': { ...right, principal: theirs },
  };
}

function topicPolicy(topic: string, policy: PolicyDocument): Matrix {
  const workspace = madeWorkspace(policy);
  const context = ampOf({ workspace });
  const publish: ResourceCall = { principal: 'aps.amazonaws.com', action: 'sns:Publish', resource: topic, context };
  return resourcePolicy(
    'policy of the topic of alerts',
    policy,
    [publish, { ...publish, action: 'sns:GetTopicAttributes' }],
    {
      ...notAmp(publish, workspace),
      'another workspace of the account': { ...publish, context: { ...context, 'aws:SourceArn': `${workspace}-2` } },
      subscribing: { ...publish, action: 'sns:Subscribe' },
      'another topic': { ...publish, resource: `${topic}-2` },
    },
  );
}

function secretPolicy(secret: string, policy: PolicyDocument): Matrix {
  const workspace = madeWorkspace(policy);
  const context = ampOf({ workspace });
  const principal = 'aps.amazonaws.com';
  const read: ResourceCall = { principal, action: 'secretsmanager:GetSecretValue', resource: secret, context };
  return resourcePolicy('policy of the secret of PagerDuty', policy, [read], {
    ...notAmp(read, workspace),
    'another workspace of the account': { ...read, context: { ...context, 'aws:SourceArn': `${workspace}-2` } },
    'changing it': { ...read, action: 'secretsmanager:PutSecretValue' },
    'its policy': { ...read, action: 'secretsmanager:PutResourcePolicy' },
  });
}

/** The evaluator does not know the keys of an encryption context and drops them: it is another ARN for it. */
const knownKey = 'aws:SourceArn';

function renamed(policy: PolicyDocument): PolicyDocument {
  return JSON.parse(
    JSON.stringify(policy).replaceAll('kms:EncryptionContext:aws:logs:arn', knownKey),
  ) as PolicyDocument;
}

/** Keys of the stack: for alerts by way of AMP, for log groups by CloudWatch Logs, for a workspace by who makes it. */
function keyPolicy(id: string, policy: PolicyDocument): Matrix {
  const resource = `arn:aws:kms:${region}:${account}:key/${id}`;
  if (id.startsWith('Alerts')) {
    const workspace = `arn:aws:aps:${region}:${account}:workspace/ws-1`;
    const principal = 'aps.amazonaws.com';
    const decrypt: ResourceCall = { principal, action: 'kms:Decrypt', resource, context: ampOf({ workspace }) };
    return resourcePolicy(
      'policy of the key of the topic',
      policy,
      [decrypt, { ...decrypt, action: 'kms:GenerateDataKey' }],
      { ...notAmp(decrypt, workspace), 'scheduling its end': { ...decrypt, action: 'kms:ScheduleKeyDeletion' } },
    );
  }
  if (id.startsWith('Logs')) {
    const group = `arn:aws:logs:${region}:${account}:log-group:/eks/encrypted`;
    const encrypted = (arn: string) => ({ [knownKey]: arn });
    const use: ResourceCall = {
      principal: `logs.${region}.amazonaws.com`,
      action: 'kms:GenerateDataKey',
      resource,
      context: encrypted(group),
    };
    return resourcePolicy(
      'policy of the key of the log group',
      renamed(policy),
      [use, { ...use, action: 'kms:Decrypt' }],
      {
        'another log group': { ...use, context: encrypted(`${group}-2`) },
        'a log group of another account': { ...use, context: encrypted(group.replace(account, otherAccount)) },
        'a log group of another region': { ...use, context: encrypted(group.replace(region, otherRegion)) },
        'no log group': { ...use, context: {} },
        'CloudWatch Logs of another region': { ...use, principal: `logs.${otherRegion}.amazonaws.com` },
        'another service': { ...use, principal: 'sns.amazonaws.com' },
        grants: { ...use, action: 'kms:CreateGrant' },
      },
    );
  }
  const viaAmp = { 'kms:CallerAccount': account, 'kms:ViaService': `aps.${region}.amazonaws.com` };
  const grant: ResourceCall = {
    principal: `arn:aws:iam::${account}:role/Deployer`,
    action: 'kms:CreateGrant',
    resource,
    context: viaAmp,
  };
  return resourcePolicy('policy of the key of a workspace', policy, [grant, { ...grant, action: 'kms:DescribeKey' }], {
    directly: { ...grant, context: { 'kms:CallerAccount': account } },
    'by way of another service': { ...grant, context: { ...viaAmp, 'kms:ViaService': `s3.${region}.amazonaws.com` } },
    'by way of AMP elsewhere': {
      ...grant,
      context: { ...viaAmp, 'kms:ViaService': `aps.${otherRegion}.amazonaws.com` },
    },
    'a role of another account': {
      ...grant,
      principal: theirs,
      context: { ...viaAmp, 'kms:CallerAccount': otherAccount },
    },
    decrypting: { ...grant, action: 'kms:Decrypt' },
    'scheduling its end': { ...grant, action: 'kms:ScheduleKeyDeletion' },
  });
}

/** Endpoints let in principals of the account; with AWS STS also those who have a token and no account yet. */
function endpointPolicy(serviceName: string, policy: PolicyDocument): Matrix {
  const service = serviceName.split(`${region}.`).pop() ?? '';
  const arn = (of: string, name: string) => `arn:aws:${of}:${region}:${account}:${name}`;
  const calls: Record<string, [string, string]> = {
    'aps-workspaces': ['aps:RemoteWrite', arn('aps', 'workspace/ws-1')],
    aps: ['aps:DescribeWorkspace', arn('aps', 'workspace/ws-1')],
    logs: ['logs:PutLogEvents', arn('logs', 'log-group:/eks/x:log-stream:y')],
    sts: ['sts:AssumeRole', `arn:aws:iam::${account}:role/x`],
    'ecr.api': ['ecr:BatchGetImage', arn('ecr', 'repository/x')],
    'ecr.dkr': ['ecr:GetDownloadUrlForLayer', arn('ecr', 'repository/x')],
    secretsmanager: ['secretsmanager:GetSecretValue', arn('secretsmanager', 'secret:x')],
  };
  const [action, resource] = calls[service] ?? [`no call is known for ${service}`, ''];
  // Only the policy of the endpoint is asked here: who calls may do everything, and the resource is of its account.
  const policies = [{ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }];
  const principal = `arn:aws:iam::${account}:role/Pod`;
  const call: ResourceCall = { principal, action, resource, context: { 'aws:PrincipalAccount': account } };
  const elsewhere = { ...call, principal: theirs, context: { 'aws:PrincipalAccount': otherAccount } };
  const neighbour = service === 'logs' ? calls['aps-workspaces'] : calls.logs;
  const [otherAction, otherResource] = neighbour ?? ['', ''];
  const matrix = resourcePolicy(`policy of the endpoint ${service}`, policy, [call], {
    'a principal of another account': elsewhere,
    'a principal of another account, for what is ours': { ...elsewhere, policies },
    'a principal of no account': { ...call, context: {} },
    'an account that begins like ours': { ...elsewhere, context: { 'aws:PrincipalAccount': `${account}0` } },
    'a bucket': { ...call, action: 's3:GetObject', resource: 'arn:aws:s3:::bucket/key' },
    'its neighbour': { ...call, action: otherAction, resource: otherResource },
  });
  return service === 'sts' ? withTokens(matrix, policy) : matrix;
}

/** With a token of the cluster nobody is a principal of an account yet: there the role tells the account. */
function withTokens(matrix: Matrix, policy: PolicyDocument): Matrix {
  const ask: ResourceCall = {
    principal: `arn:aws:iam::${account}:oidc-provider/${issuer.replace('https://', '')}`,
    action: 'sts:AssumeRoleWithWebIdentity',
    resource: `arn:aws:iam::${account}:role/x`,
  };
  const more = resourcePolicy('', policy, [ask], {
    'a token for a role of another account': { ...ask, resource: ask.resource.replace(account, otherAccount) },
  });
  return {
    ...matrix,
    allowed: [...matrix.allowed, ...more.allowed],
    denied: [...matrix.denied, ...more.denied],
  };
}

import type { DeployedRole, PolicyDocument } from '../cloudformation';
import type { Call } from '../iam';
import { irsaTrust, type Matrix, misses, permissions, podIdentityTrust, serviceTrust } from './near-misses';
import { account, clusterArn, logGroupName, otherAccount, otherRegion, region, tags, workspaceArn } from './world';

const otherWorkspace = workspaceArn.replace(/.$/, '3');
const tagContext = Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:ResourceTag/${key}`, value]));
const group = `arn:aws:logs:${region}:${account}:log-group:${logGroupName}`;
const stream = `${group}:log-stream:pod`;
const role = (name: string) => `arn:aws:iam::${account}:role/${name}`;

const WRITE = ['aps:RemoteWrite'];
const INGEST = ['aps:RemoteWrite', 'aps:GetSeries', 'aps:GetLabels', 'aps:GetMetricMetadata'];
const QUERY = ['aps:QueryMetrics', 'aps:GetSeries', 'aps:GetLabels', 'aps:GetMetricMetadata'];
/** Of AMP, what none of them may do. */
const NEVER = ['aps:DeleteWorkspace', 'aps:PutAlertManagerDefinition', 'aps:UpdateWorkspaceConfiguration'];

/** Whose grants name a workspace by its id. */
function byId(deployed: DeployedRole, actions: readonly string[]): Matrix {
  return permissions(
    deployed,
    actions.map((action) => ({ action, resource: workspaceArn })),
    [
      ...actions.flatMap((action) =>
        misses({ action, resource: workspaceArn }, { 'of another workspace': { resource: otherWorkspace } }),
      ),
      ...others(actions, { action: '', resource: workspaceArn }),
    ],
  );
}

/** Whose grants name workspaces by their tags. */
function byTag(deployed: DeployedRole, actions: readonly string[]): Matrix {
  const call = (action: string): Call => ({ action, resource: workspaceArn, context: tagContext });
  return permissions(deployed, actions.map(call), [
    ...actions.flatMap((action) =>
      misses(call(action), {
        'of a workspace of another overlay': { context: { 'aws:ResourceTag/sightline-overlay': 'prod' } },
        'of a workspace whose tag goes on': { context: { 'aws:ResourceTag/sightline-overlay': 'dev-2' } },
        'of a workspace without tags': { context: {} },
        'of a workspace with the value under another key': { context: { 'aws:ResourceTag/overlay': 'dev' } },
      }),
    ),
    ...others(actions, call('')),
  ]);
}

function others(actions: readonly string[], call: Call): [string, Call][] {
  return [...new Set([...INGEST, ...QUERY, ...NEVER])]
    .filter((action) => !actions.includes(action))
    .map((action) => [action, { ...call, action }]);
}

function logWriter(deployed: DeployedRole): Matrix {
  const calls = ['logs:CreateLogStream', 'logs:PutLogEvents'].map((action) => ({ action, resource: stream }));
  return permissions(deployed, calls, [
    ...calls.flatMap((call) =>
      misses(call, {
        'in another group': { resource: stream.replace(logGroupName, '/eks/other') },
        'in a group whose name goes on': { resource: stream.replace(logGroupName, `${logGroupName}-2`) },
      }),
    ),
    ['reading', { action: 'logs:GetLogEvents', resource: stream }],
    ['making the group', { action: 'logs:CreateLogGroup', resource: `${group}:*` }],
    ['deleting the group', { action: 'logs:DeleteLogGroup', resource: `${group}:*` }],
    ['its retention', { action: 'logs:PutRetentionPolicy', resource: `${group}:*` }],
  ]);
}

/** The policy of a key as AWS KMS makes it. */
const leavesItToIam: PolicyDocument = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'kms:*', Resource: '*' }],
};

/** Use of a key, by way of AMP only. */
function keyUser(deployed: DeployedRole, actions: readonly string[], never: readonly string[]): Matrix {
  const resource = `arn:aws:kms:${region}:${account}:key/12345678-1234-1234-1234-123456789012`;
  const context = { 'kms:ViaService': `aps.${region}.amazonaws.com` };
  return {
    ...permissions(
      deployed,
      actions.map((action) => ({ action, resource, context })),
      [
        ...actions.flatMap((action) =>
          misses(
            { action, resource, context },
            {
              directly: { context: {} },
              'by way of S3': { context: { 'kms:ViaService': `s3.${region}.amazonaws.com` } },
              'by way of AMP elsewhere': { context: { 'kms:ViaService': `aps.${otherRegion}.amazonaws.com` } },
              'of another key': { resource: resource.replace('12345678-', '87654321-') },
            },
          ),
        ),
        ...never.map((action): [string, Call] => [action, { action, resource, context }]),
      ],
      leavesItToIam,
    ),
    subject: `${deployed.name}: use of the key`,
  };
}

function grafana(deployed: DeployedRole): Matrix[] {
  const source = `arn:aws:grafana:${region}:${account}:/workspaces/g-0123456789`;
  const context = { 'aws:SourceAccount': account, 'aws:SourceArn': source };
  const reads = ['logs:StartQuery', 'logs:GetQueryResults', 'logs:GetLogEvents', 'logs:GetLogGroupFields'];
  const unscoped = ['logs:DescribeLogGroups', 'logs:StopQuery', 'cloudwatch:GetMetricData', 'cloudwatch:ListMetrics'];
  const group_ = `${group}:*`;
  return [
    serviceTrust(deployed, {
      service: 'grafana.amazonaws.com',
      actions: ['sts:AssumeRole'],
      context,
      wrong: {
        'another account': { context: { ...context, 'aws:SourceAccount': otherAccount } },
        'a workspace of another account': {
          context: { ...context, 'aws:SourceArn': source.replace(account, otherAccount) },
        },
        'a workspace of another region': {
          context: { ...context, 'aws:SourceArn': source.replace(region, otherRegion) },
        },
        'no source': { context: {} },
        'the account without the workspace': { context: { 'aws:SourceAccount': account } },
        'CloudWatch in place of Grafana': { service: 'cloudwatch.amazonaws.com' },
        'tagging of sessions': { action: 'sts:TagSession' },
      },
    }),
    permissions(
      deployed,
      [
        ...QUERY.map((action) => ({ action, resource: workspaceArn })),
        ...reads.map((action) => ({ action, resource: group_ })),
        ...unscoped.map((action) => ({ action, resource: '*' })),
      ],
      [
        ...QUERY.flatMap((action) =>
          misses({ action, resource: workspaceArn }, { 'of another workspace': { resource: otherWorkspace } }),
        ),
        ...others(QUERY, { action: '', resource: workspaceArn }),
        ...reads.flatMap((action) =>
          misses(
            { action, resource: group_ },
            { 'of another group': { resource: group_.replace(logGroupName, '/eks/other') } },
          ),
        ),
        ['writing logs', { action: 'logs:PutLogEvents', resource: stream }],
        ['making alarms', { action: 'cloudwatch:PutMetricAlarm', resource: '*' }],
        ['publishing', { action: 'sns:Publish', resource: `arn:aws:sns:${region}:${account}:alerts` }],
      ],
    ),
  ];
}

function tracer(deployed: DeployedRole): Matrix {
  return permissions(
    deployed,
    ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'].map((action) => ({ action, resource: '*' })),
    [
      ...['xray:GetTraceSummaries', 'xray:BatchGetTraces', 'xray:PutResourcePolicy', 'xray:PutEncryptionConfig'].map(
        (action): [string, Call] => [action, { action, resource: '*' }],
      ),
      ['writing metrics', { action: 'aps:RemoteWrite', resource: workspaceArn }],
      ['writing logs', { action: 'logs:PutLogEvents', resource: stream }],
    ],
  );
}

function ackPrometheus(deployed: DeployedRole, { deletes }: { deletes: boolean }): Matrix {
  const asked = { 'aws:RequestTag/sightline-overlay': 'dev' };
  const owned = (action: string): Call => ({ action, resource: workspaceArn, context: tagContext });
  const rules = (name: string) => `arn:aws:aps:${region}:${account}:rulegroupsnamespace/ws-1/${name}`;
  const ofRules: Call = { action: 'aps:PutRuleGroupsNamespace', resource: rules('game') };
  const ofAlerts = owned('aps:PutAlertManagerDefinition');
  const ofDeletion = owned('aps:DeleteWorkspace');
  return permissions(
    deployed,
    [
      { action: 'aps:CreateWorkspace', resource: '*', context: asked },
      { action: 'aps:TagResource', resource: workspaceArn, context: asked },
      owned('aps:DescribeWorkspace'),
      owned('aps:UpdateWorkspaceAlias'),
      ...(deletes ? [ofDeletion] : [ofRules, ofAlerts]),
    ],
    [
      ['a workspace without tags', { action: 'aps:CreateWorkspace', resource: '*' }],
      [
        'a workspace with the tag of another overlay',
        { action: 'aps:CreateWorkspace', resource: '*', context: { 'aws:RequestTag/sightline-overlay': 'prod' } },
      ],
      [
        'tagging with another tag',
        { action: 'aps:TagResource', resource: workspaceArn, context: { 'aws:RequestTag/team': 'a' } },
      ],
      ...misses(owned('aps:UpdateWorkspaceAlias'), {
        'of another overlay': { context: { 'aws:ResourceTag/sightline-overlay': 'prod' } },
        'of one without tags': { context: {} },
      }),
      ['removal of tags', owned('aps:UntagResource')],
      ['writing', owned('aps:RemoteWrite')],
      ['querying', owned('aps:QueryMetrics')],
      ['other rules', { ...ofRules, resource: rules('other') }],
      ['passing a role', { action: 'iam:PassRole', resource: role('Admin') }],
      ...(deletes ? misses(ofDeletion, { 'of another overlay': { context: {} } }) : []),
      ...(deletes ? [['rules that it does not own', ofRules] as [string, Call]] : []),
      ...(deletes ? [] : [['deleting', ofDeletion] as [string, Call]]),
    ],
  );
}

function ackLogs(deployed: DeployedRole): Matrix {
  const create = { action: 'logs:CreateLogGroup', resource: `${group}:*` };
  return permissions(
    deployed,
    [
      create,
      { action: 'logs:PutRetentionPolicy', resource: `${group}:*` },
      { action: 'logs:TagResource', resource: group },
      { action: 'logs:DescribeLogGroups', resource: '*' },
    ],
    [
      ...misses(create, { 'by another name': { resource: `${group}-2:*` } }),
      ['deleting', { ...create, action: 'logs:DeleteLogGroup' }],
      ['reading', { ...create, action: 'logs:GetLogEvents' }],
      ['writing', { action: 'logs:PutLogEvents', resource: stream }],
      ['subscribing', { ...create, action: 'logs:PutSubscriptionFilter' }],
    ],
  );
}

function ackRoles(deployed: DeployedRole): Matrix {
  const bounded = { 'iam:PermissionsBoundary': `arn:aws:iam::${account}:policy/Boundary` };
  const create: Call = { action: 'iam:CreateRole', resource: role('FluentBitRole'), context: bounded };
  const put: Call = { ...create, action: 'iam:PutRolePolicy' };
  return permissions(
    deployed,
    [
      create,
      put,
      { ...create, action: 'iam:GetRole', context: {} },
      { ...create, action: 'iam:UpdateAssumeRolePolicy' },
    ],
    [
      ...[create, put].flatMap((call) =>
        misses(call, {
          'without the boundary': { context: {} },
          'with another boundary': { context: { 'iam:PermissionsBoundary': `arn:aws:iam::${account}:policy/Other` } },
          'of another role': { resource: role('Admin') },
          'of its own role': { resource: deployed.arn },
        }),
      ),
      ['taking the boundary off', { ...create, action: 'iam:DeleteRolePermissionsBoundary' }],
      ['passing the role', { ...create, action: 'iam:PassRole' }],
      ['deleting the role', { ...create, action: 'iam:DeleteRole' }],
      ['making users', { action: 'iam:CreateUser', resource: `arn:aws:iam::${account}:user/x` }],
    ],
  );
}

function ackAssociations(deployed: DeployedRole): Matrix {
  const create: Call = { action: 'eks:CreatePodIdentityAssociation', resource: clusterArn };
  const association = clusterArn.replace('cluster/', 'podidentityassociation/');
  const update: Call = { action: 'eks:UpdatePodIdentityAssociation', resource: `${association}/a-1` };
  const pass: Call = { action: 'iam:PassRole', resource: role('FluentBitRole') };
  return permissions(
    deployed,
    [create, update, pass],
    [
      ...misses(create, { 'on another cluster': { resource: clusterArn.replace('-dev', '-prod') } }),
      ...misses(update, { 'of another cluster': { resource: update.resource.replace('-dev', '-prod') } }),
      ...misses(pass, { 'of another role': { resource: role('Admin') } }),
      ['deleting', { ...update, action: 'eks:DeletePodIdentityAssociation' }],
      ['letting somebody in', { action: 'eks:CreateAccessEntry', resource: clusterArn }],
      ['deleting the cluster', { action: 'eks:DeleteCluster', resource: clusterArn }],
    ],
  );
}

/** The capabilities of EKS act on their own; without permissions they may do nothing. */
function capabilityTrust(deployed: DeployedRole): Matrix {
  return serviceTrust(deployed, {
    service: 'capabilities.eks.amazonaws.com',
    actions: ['sts:AssumeRole', 'sts:TagSession'],
    wrong: {
      'pods by Pod Identity': { service: 'pods.eks.amazonaws.com' },
      'EKS itself': { service: 'eks.amazonaws.com' },
      EC2: { service: 'ec2.amazonaws.com' },
      'a role of the account': { service: role('Admin') },
      'a role of another account': { service: role('Admin').replace(account, otherAccount) },
      'a token': { action: 'sts:AssumeRoleWithWebIdentity' },
    },
  });
}

/** A matrix or two for each role of the stack of roles. What is missing here, or too much, fails the suite. */
export function roleMatrices(roles: readonly DeployedRole[]): Record<string, Matrix[]> {
  const named = new Map(roles.map((one) => [one.name, one]));
  const find = (pattern: string): DeployedRole => {
    const [name, ...more] = [...named.keys()].filter((one) => one === pattern || new RegExp(`^${pattern}`).test(one));
    const found = name === undefined || more.length > 0 ? named.get(pattern) : named.get(name);
    if (!found) {
      throw new Error(`no single role is called ${pattern}; there are ${[...named.keys()].join(', ')}`);
    }
    return found;
  };
  const makers: [string, (deployed: DeployedRole) => Matrix[]][] = [
    ['IrsaWriter', (one) => [irsaTrust(one, 'monitoring', 'writer'), byId(one, WRITE)]],
    ['IrsaIngester', (one) => [irsaTrust(one, 'monitoring', 'ingester'), byId(one, INGEST)]],
    ['PodQuerier', (one) => [podIdentityTrust(one), byId(one, QUERY)]],
    ['TagWriter', (one) => [irsaTrust(one, 'monitoring', 'tag-writer'), byTag(one, WRITE)]],
    ['TagIngester', (one) => [podIdentityTrust(one), byTag(one, INGEST)]],
    ['TagQuerier', (one) => [irsaTrust(one, 'monitoring', 'tag-querier'), byTag(one, QUERY)]],
    ['LogWriter', (one) => [podIdentityTrust(one), logWriter(one)]],
    [
      'KeyWriter',
      (one) => [
        irsaTrust(one, 'monitoring', 'key-writer'),
        byId(one, WRITE),
        keyUser(one, ['kms:Decrypt', 'kms:GenerateDataKey'], ['kms:CreateGrant', 'kms:Encrypt']),
      ],
    ],
    [
      'KeyQuerier',
      (one) => [
        irsaTrust(one, 'monitoring', 'key-querier'),
        byId(one, QUERY),
        keyUser(one, ['kms:Decrypt'], ['kms:GenerateDataKey', 'kms:CreateGrant']),
      ],
    ],
    ['Grafana', grafana],
    ['AdotMetricsIdentity', (one) => [podIdentityTrust(one), byId(one, WRITE)]],
    ['AdotLogsIdentity', (one) => [podIdentityTrust(one), logWriter(one)]],
    ['AdotTracesIdentity', (one) => [podIdentityTrust(one), tracer(one)]],
    ['Alloy', (one) => [irsaTrust(one, 'monitoring', 'grafana-alloy'), byId(one, WRITE)]],
    ['FluentBit', (one) => [irsaTrust(one, 'monitoring', 'fluent-bit'), logWriter(one)]],
    [
      'AckPrometheus',
      (one) => [
        irsaTrust(one, 'ack-system', 'ack-prometheusservice-controller'),
        ackPrometheus(one, { deletes: false }),
      ],
    ],
    ['AckLogs', (one) => [irsaTrust(one, 'ack-system', 'ack-cloudwatchlogs-controller'), ackLogs(one)]],
    ['AckRoles', (one) => [irsaTrust(one, 'ack-system', 'ack-iam-controller'), ackRoles(one)]],
    ['AckAssociations', (one) => [irsaTrust(one, 'ack-system', 'ack-eks-controller'), ackAssociations(one)]],
    ['AckCapability', (one) => [capabilityTrust(one), ackPrometheus(one, { deletes: true })]],
    ['ArgoCdCapability', (one) => [capabilityTrust(one)]],
    ['KroCapability', (one) => [capabilityTrust(one)]],
  ];
  return Object.fromEntries(makers.map(([name, maker]) => [find(name).name, maker(find(name))]));
}

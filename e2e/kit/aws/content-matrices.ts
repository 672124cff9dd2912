import type { DeployedRole } from '../cloudformation';
import type { Call } from '../iam';
import { type Matrix, misses, permissions, podIdentityTrust, serviceTrust } from './near-misses';
import { account, grafanaId, otherAccount, region } from './world';

const workspace = `arn:aws:grafana:${region}:${account}:/workspaces/${grafanaId}`;
const otherWorkspace = workspace.replace(grafanaId, 'g-9876543210');
const assets = `arn:aws:s3:::cdk-hnb659fds-assets-${account}-${region}`;
const lambda = (name: string) => `arn:aws:lambda:${region}:${account}:function:${name}`;
const secret = (name: string) => `arn:aws:secretsmanager:${region}:${account}:secret:${name}`;

/** AWS Lambda runs functions of this account with it. */
function lambdaTrust(role: DeployedRole): Matrix {
  return serviceTrust(role, {
    service: 'lambda.amazonaws.com',
    actions: ['sts:AssumeRole'],
    wrong: {
      'events in place of Lambda': { service: 'events.amazonaws.com' },
      Grafana: { service: 'grafana.amazonaws.com' },
      'pods by Pod Identity': { service: 'pods.eks.amazonaws.com' },
      'a role of another account': { service: `arn:aws:iam::${otherAccount}:role/Admin` },
      'tagging of sessions': { action: 'sts:TagSession' },
      'a token': { action: 'sts:AssumeRoleWithWebIdentity' },
    },
  });
}

/** A function writes to its own log group and to no other. */
function ownLogs(role: DeployedRole, group: string): { right: Call; wrong: [string, Call][] } {
  const stream = `arn:aws:logs:${region}:${account}:log-group:${group}:log-stream:x`;
  const right: Call = { action: 'logs:PutLogEvents', resource: stream };
  return {
    right,
    wrong: [
      ...misses(right, { 'in another group': { resource: stream.replace(group, `${group}-2`) } }),
      ['making a group', { action: 'logs:CreateLogGroup', resource: stream.replace(/:log-stream:.*/, ':*') }],
      ['passing its role', { action: 'iam:PassRole', resource: role.arn }],
    ],
  };
}

/** Sets up what is in the workspace, and nothing of the workspace itself. */
function handler(role: DeployedRole, functionOfToken: string): Matrix {
  const logs = ownLogs(role, logGroupOf(role));
  const update: Call = { action: 'grafana:UpdatePermissions', resource: workspace };
  const account_: Call = { action: 'grafana:CreateWorkspaceServiceAccount', resource: workspace };
  const dashboard: Call = { action: 's3:GetObject', resource: `${assets}/0a1b2c.json` };
  const invoke: Call = { action: 'lambda:InvokeFunction', resource: functionOfToken };
  return permissions(
    role,
    [logs.right, update, account_, dashboard, invoke, { action: 'sso:ListProfiles', resource: '*' }],
    [
      ...logs.wrong,
      ...misses(update, { 'of another workspace': { resource: otherWorkspace } }),
      ...misses(account_, { 'of another workspace': { resource: otherWorkspace } }),
      ['deleting the workspace', { action: 'grafana:DeleteWorkspace', resource: workspace }],
      ['changing the workspace', { action: 'grafana:UpdateWorkspace', resource: workspace }],
      ['its authentication', { action: 'grafana:UpdateWorkspaceAuthentication', resource: workspace }],
      ['code in the bucket of assets', { ...dashboard, resource: `${assets}/0a1b2c.zip` }],
      ['another bucket', { ...dashboard, resource: 'arn:aws:s3:::other/0a1b2c.json' }],
      ['writing to the bucket', { ...dashboard, action: 's3:PutObject' }],
      ['another function', { ...invoke, resource: lambda('Other') }],
      ['changing the function', { ...invoke, action: 'lambda:UpdateFunctionCode' }],
      ['reading the token', { action: 'secretsmanager:GetSecretValue', resource: secret('TokenSecret') }],
      ['assigning accounts', { action: 'sso:CreateAccountAssignment', resource: 'arn:aws:sso:::instance/ssoins-0' }],
    ],
  );
}

/** The provider framework of the CDK calls the function, and does nothing else. */
function framework(role: DeployedRole, functionOfHandler: string): Matrix {
  const logs = ownLogs(role, logGroupOf(role));
  const invoke: Call = { action: 'lambda:InvokeFunction', resource: functionOfHandler };
  return permissions(
    role,
    [logs.right, invoke, { ...invoke, action: 'lambda:GetFunction' }],
    [
      ...logs.wrong,
      ...misses(invoke, { 'of another name': { resource: lambda('Other') } }),
      ['changing the function', { ...invoke, action: 'lambda:UpdateFunctionCode' }],
      ['Grafana', { action: 'grafana:UpdatePermissions', resource: workspace }],
    ],
  );
}

/** Replaces the token of one service account in one secret. */
function rotation(role: DeployedRole, ofToken: string): Matrix {
  const logs = ownLogs(role, logGroupOf(role));
  const make: Call = { action: 'grafana:CreateWorkspaceServiceAccountToken', resource: workspace };
  const put: Call = { action: 'secretsmanager:PutSecretValue', resource: ofToken };
  return permissions(
    role,
    [logs.right, make, put, { ...put, action: 'secretsmanager:GetSecretValue' }],
    [
      ...logs.wrong,
      ...misses(make, { 'of another workspace': { resource: otherWorkspace } }),
      ...misses(put, { 'in another secret': { resource: secret('Other') } }),
      ['making service accounts', { ...make, action: 'grafana:CreateWorkspaceServiceAccount' }],
      ['assigning people', { ...make, action: 'grafana:UpdatePermissions' }],
      ['deleting the secret', { ...put, action: 'secretsmanager:DeleteSecret' }],
      ['its policy', { ...put, action: 'secretsmanager:PutResourcePolicy' }],
    ],
  );
}

/** Reads the token, as External Secrets does. */
function reader(role: DeployedRole, ofToken: string): Matrix {
  const get: Call = { action: 'secretsmanager:GetSecretValue', resource: ofToken };
  return permissions(
    role,
    [get, { ...get, action: 'secretsmanager:DescribeSecret' }],
    [
      ...misses(get, { 'of another secret': { resource: secret('Other') } }),
      ['writing it', { ...get, action: 'secretsmanager:PutSecretValue' }],
      ['deleting it', { ...get, action: 'secretsmanager:DeleteSecret' }],
      ['listing secrets', { action: 'secretsmanager:ListSecrets', resource: '*' }],
      ['tokens of its own', { action: 'grafana:CreateWorkspaceServiceAccountToken', resource: workspace }],
    ],
  );
}

/** The resource that a role names and that begins in one way. */
function named(role: DeployedRole, beginning: string): string {
  const found = JSON.stringify(role.policies).match(new RegExp(`${beginning}[A-Za-z0-9]+`));
  if (!found) {
    throw new Error(`${role.name} names nothing like ${beginning}`);
  }
  return found[0];
}

function logGroupOf(role: DeployedRole): string {
  return named(role, `arn:aws:logs:${region}:${account}:log-group:`).replace(/^.*:/, '');
}

/** A matrix or two for each role of the stack of content. */
export function contentMatrices(roles: readonly DeployedRole[]): Record<string, Matrix[]> {
  const find = (beginning: string): DeployedRole => {
    const role = roles.find(({ name }) => name.startsWith(beginning));
    if (!role) {
      throw new Error(`no role is called ${beginning}…; there are ${roles.map(({ name }) => name).join(', ')}`);
    }
    return role;
  };
  const [ofHandler, ofFramework] = [find('ProviderHandlerRole'), find('ProviderFrameworkRole')];
  const [ofRotation, ofReader] = [find('TokenRotationRole'), find('TokenReader')];
  return {
    [ofHandler.name]: [lambdaTrust(ofHandler), handler(ofHandler, named(ofHandler, lambda('')))],
    [ofFramework.name]: [lambdaTrust(ofFramework), framework(ofFramework, named(ofFramework, lambda('')))],
    [ofRotation.name]: [lambdaTrust(ofRotation), rotation(ofRotation, named(ofRotation, secret('')))],
    [ofReader.name]: [podIdentityTrust(ofReader), reader(ofReader, named(ofReader, secret('')))],
  };
}

import { concat, known, symbol, textOf, type Value } from '../../model';
import type { AttributeOf, Evaluator } from './evaluate';
import { grafanaWorkspaceAttribute } from './grafana';
import type { TemplateResource } from './template';

/** Ids that AWS gives to workspaces: `ws-` and a UUID. */
export const WORKSPACE_ID = {
  form: known('ws-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'),
  letters: known('-0-9a-fsw'),
};

/** `Ref` and `Fn::GetAtt` of the kinds that lie on a signal's path; all others stay symbols. */
export const attributeOf: AttributeOf = (resource, attribute, scope) => {
  switch (resource.type) {
    case 'AWS::IAM::Role':
      if (attribute === undefined) return roleName(resource, scope);
      return attribute === 'Arn' ? roleArn(resource, scope) : undefined;
    case 'AWS::IAM::ManagedPolicy':
      return attribute === undefined || attribute === 'PolicyArn' ? policyArn(resource, scope) : undefined;
    case 'AWS::Logs::LogGroup':
      if (attribute === undefined) return logGroupName(resource, scope);
      return attribute === 'Arn' ? logGroupArn(resource, scope) : undefined;
    case 'AWS::APS::Workspace':
      return workspaceAttribute(resource, attribute, scope);
    case 'AWS::SNS::Topic':
      if (attribute === 'TopicName') return topicName(resource, scope);
      return attribute === undefined || attribute === 'TopicArn' ? topicArn(resource, scope) : undefined;
    case 'AWS::Grafana::Workspace':
      return grafanaWorkspaceAttribute(resource, attribute, scope);
    case 'AWS::IAM::OIDCProvider':
      return attribute === undefined || attribute === 'Arn' ? providerArn(resource, scope) : undefined;
    default:
      return undefined;
  }
};

export function roleName(resource: TemplateResource, scope: Evaluator): Value {
  return scope.value(resource, 'RoleName') ?? generatedName(resource, scope, 'Ref');
}

export function roleArn(resource: TemplateResource, scope: Evaluator): Value {
  return iamArn('role', roleName(resource, scope), resource, scope);
}

export function policyArn(resource: TemplateResource, scope: Evaluator): Value {
  const name = scope.value(resource, 'ManagedPolicyName') ?? generatedName(resource, scope, 'Name');
  return iamArn('policy', name, resource, scope);
}

export function logGroupName(resource: TemplateResource, scope: Evaluator): Value {
  return scope.value(resource, 'LogGroupName') ?? generatedName(resource, scope, 'Ref');
}

function topicName(resource: TemplateResource, scope: Evaluator): Value {
  return scope.value(resource, 'TopicName') ?? generatedName(resource, scope, 'TopicName');
}

export function topicArn(resource: TemplateResource, scope: Evaluator): Value {
  const { partition, region, account } = scope.surroundings;
  return arn(partition, 'sns', region, account, topicName(resource, scope));
}

/** The id exists only when the workspace does. */
export function workspaceId(resource: TemplateResource, scope: Evaluator): Value {
  const key = `${scope.template.source.file}#${resource.logicalId}.WorkspaceId`;
  const text = scope.surroundings.known?.get(key);
  if (text !== undefined) return known(text, resource.node.span);
  const label = known(`id of workspace ${resource.logicalId}`);
  return symbol('cloudformation', key, { label, ...WORKSPACE_ID });
}

function logGroupArn(resource: TemplateResource, scope: Evaluator): Value {
  const { partition, region, account } = scope.surroundings;
  const name = logGroupName(resource, scope);
  return arn(partition, 'logs', region, account, known('log-group:'), name, known(':*'));
}

function workspaceAttribute(
  resource: TemplateResource,
  attribute: string | undefined,
  scope: Evaluator,
): Value | undefined {
  const { partition, region, account } = scope.surroundings;
  const id = workspaceId(resource, scope);
  switch (attribute) {
    case undefined:
    case 'Arn':
      return arn(partition, 'aps', region, account, known('workspace/'), id);
    case 'WorkspaceId':
      return id;
    case 'PrometheusEndpoint':
      return concat([known('https://aps-workspaces.'), region, known('.amazonaws.com/workspaces/'), id, known('/')]);
    default:
      return undefined;
  }
}

function providerArn(resource: TemplateResource, scope: Evaluator): Value | undefined {
  const { partition, account } = scope.surroundings;
  const url = textOf(scope.value(resource, 'Url'));
  if (url === undefined) return undefined;
  return arn(partition, 'iam', known(''), account, known(`oidc-provider/${url.replace(/^https:\/\//, '')}`));
}

function iamArn(kind: string, name: Value, resource: TemplateResource, scope: Evaluator): Value {
  const { partition, account } = scope.surroundings;
  const path = scope.value(resource, 'Path') ?? known('/');
  return arn(partition, 'iam', known(''), account, known(kind), path, name);
}

function arn(partition: Value, service: string, region: Value, account: Value, ...rest: readonly Value[]): Value {
  return concat([known('arn:'), partition, known(`:${service}:`), region, known(':'), account, known(':'), ...rest]);
}

/** CloudFormation's own names: the stack's, the logical id (cut off where they get long), and random letters. */
function generatedName(resource: TemplateResource, scope: Evaluator, what: string): Value {
  const key = `${scope.template.source.file}#${resource.logicalId}.${what}`;
  const form = known(`[\\w-]+-${resource.logicalId.slice(0, 8)}\\w*-[A-Za-z0-9]{8,}`);
  return symbol('cloudformation', key, { label: known(`name of ${resource.logicalId}`), form, letters: known('\\w-') });
}

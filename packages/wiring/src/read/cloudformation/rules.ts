import {
  type AlertManager,
  type Data,
  leafOf,
  type PolicyDocument,
  type RuleSet,
  type Topic,
  textOf,
  unknown,
  type Value,
  type WorkspaceReference,
} from '../../model';
import { readPolicy } from '../policy';
import { embeddedRules, readDefinition } from '../rules';
import { topicArn } from './attributes';
import { embeddedAt } from './embedded';
import type { Evaluator } from './evaluate';
import type { TemplateResource } from './template';

/** `AWS::APS::RuleGroupsNamespace`: its workspace is an ARN, an id is refused. */
export function cfnRules(resource: TemplateResource, scope: Evaluator): RuleSet {
  const data = resource.properties?.entries.get('Data')?.value;
  const name = scope.value(resource, 'Name');
  const span = resource.properties?.entries.get('Name')?.value.span ?? resource.node.span;
  const label = `rules ${textOf(name) ?? resource.logicalId}`;
  const entry = resource.properties?.entries.get('Workspace');
  const workspace: WorkspaceReference = {
    value: entry ? leafOf(scope.evaluate(entry.value)) : unknown('property', 'Workspace'),
    isArn: true,
    span: entry?.value.span ?? span,
  };
  const owner = { kind: 'workspace' as const, workspace, object: { value: resource.logicalId, span } };
  return embeddedRules(label, owner, data && embeddedAt(data, scope), span);
}

/** `AlertManagerDefinition` of an `AWS::APS::Workspace`. */
export function cfnAlertManager(resource: TemplateResource, id: Value, scope: Evaluator): AlertManager | undefined {
  const entry = resource.properties?.entries.get('AlertManagerDefinition');
  if (!entry) return undefined;
  return {
    label: `the alert manager of workspace ${resource.logicalId}`,
    workspace: { value: id, span: entry.key },
    missing: [],
    span: entry.key,
    ...readDefinition(embeddedAt(entry.value, scope)),
  };
}

export function cfnTopic(resource: TemplateResource, scope: Evaluator): Topic {
  const name = scope.value(resource, 'TopicName');
  return {
    label: `topic ${textOf(name) ?? resource.logicalId}`,
    arn: topicArn(resource, scope),
    policies: [],
    isFifo: textOf(scope.value(resource, 'FifoTopic')) === 'true',
    span: resource.properties?.entries.get('TopicName')?.value.span ?? resource.node.span,
    ...(name && { name }),
  };
}

export interface TopicPolicy {
  readonly topics: readonly Value[];
  readonly document: PolicyDocument;
}

export function cfnTopicPolicy(resource: TemplateResource, scope: Evaluator): TopicPolicy | undefined {
  const document = readPolicy(scope.property(resource, 'PolicyDocument'), `policy ${resource.logicalId} of the topic`);
  const topics: Data | undefined = scope.property(resource, 'Topics');
  if (!document || topics?.kind !== 'list') return undefined;
  return { document, topics: topics.items.map(leafOf) };
}

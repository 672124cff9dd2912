import {
  type AlertManager,
  type AwsFacts,
  type Data,
  type DataSource,
  dataAt,
  equal,
  type GrafanaWorkspace,
  itemsOf,
  known,
  type LogGroup,
  leafOf,
  type ManagedPolicy,
  type PodIdentity,
  type PolicyDocument,
  type PrometheusWorkspace,
  type Role,
  type RuleFacts,
  type RuleSet,
  type StoredQuery,
  type Topic,
  textOf,
  unknown,
  type Value,
  valueAt,
} from '../../model';
import { mapAt } from '../access';
import { readPolicy } from '../policy';
import { attributeOf, logGroupName, policyArn, roleArn, roleName, workspaceId } from './attributes';
import { Evaluator, type Surroundings } from './evaluate';
import {
  type AssetDashboard,
  customDashboard,
  customDataSource,
  type GrafanaContent,
  readGrafanaWorkspace,
} from './grafana';
import { logQueriesOf } from './log-queries';
import { cfnAlertManager, cfnRules, cfnTopic, cfnTopicPolicy, type TopicPolicy } from './rules';
import type { Template, TemplateResource } from './template';

/** A policy that says itself which roles it belongs to. */
interface Attachment {
  readonly roles: readonly Value[];
  readonly document: PolicyDocument;
}

/** With rules, and with what stacks put into Grafana, which has to be joined with what clusters put there. */
export type StackFacts = AwsFacts & { readonly grafana: GrafanaContent; readonly rules: RuleFacts };

/** What a set of templates makes in one account and region. Resources under a condition that is false are not made. */
export function awsFacts(
  templates: readonly Template[],
  surroundings: Omit<Surroundings, 'imports'>,
  deployed: ReadonlyMap<string, string> = new Map(),
): StackFacts {
  const first = factsOf(templates, surroundings);
  const known = knownSymbols(first.outputs, deployed);
  return known.size === 0 ? first : factsOf(templates, { ...surroundings, known });
}

/** An output that is a symbol, alone or between known texts, says what the symbol is once it is deployed. */
function knownSymbols(
  outputs: ReadonlyMap<string, Value>,
  deployed: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [name, text] of deployed) {
    const value = outputs.get(name);
    const parts = value?.kind === 'concat' ? value.parts : value ? [value] : [];
    const at = parts.findIndex((part) => part.kind === 'symbol');
    const symbol = parts[at];
    const [before, after] = [parts.slice(0, at), parts.slice(at + 1)].map((side) => side.map((part) => textOf(part)));
    if (symbol?.kind !== 'symbol' || [...before, ...after].includes(undefined)) continue;
    const [prefix, suffix] = [before.join(''), after.join('')];
    if (!text.startsWith(prefix) || !text.endsWith(suffix) || text.length <= prefix.length + suffix.length) continue;
    found.set(symbol.key, text.slice(prefix.length, text.length - suffix.length));
  }
  return found;
}

function factsOf(templates: readonly Template[], surroundings: Omit<Surroundings, 'imports'>): StackFacts {
  const imports = new Map<string, Value>();
  const scopes = templates.map((template) => new Evaluator(template, { ...surroundings, imports }, attributeOf));
  // Twice, so that an export made of another import is found whatever the order of the templates.
  for (let round = 0; round < 2; round++) for (const scope of scopes) collectExports(scope, imports);

  const roles: Role[] = [];
  const logGroups: LogGroup[] = [];
  const logQueries: StoredQuery[] = [];
  const workspaces: PrometheusWorkspace[] = [];
  const podIdentities: PodIdentity[] = [];
  const managedPolicies: ManagedPolicy[] = [];
  const attachments: Attachment[] = [];
  const grafanaWorkspaces: GrafanaWorkspace[] = [];
  const sets: RuleSet[] = [];
  const alertManagers: AlertManager[] = [];
  const topics: Topic[] = [];
  const topicPolicies: TopicPolicy[] = [];
  const dataSources: DataSource[] = [];
  const dashboards: AssetDashboard[] = [];
  for (const scope of scopes) {
    for (const resource of scope.template.resources.values()) {
      if (resource.condition && scope.condition(resource.condition) === 'no') continue;
      switch (resource.type) {
        case 'AWS::IAM::Role':
          roles.push(readRole(resource, scope));
          break;
        case 'AWS::IAM::Policy':
        case 'AWS::IAM::RolePolicy':
        case 'AWS::IAM::ManagedPolicy': {
          const document = readPolicy(scope.property(resource, 'PolicyDocument'), policyLabel(resource, scope));
          if (!document) break;
          const names = [
            ...itemsOf(scope.property(resource, 'Roles')),
            ...itemsOf(scope.property(resource, 'RoleName')),
          ];
          attachments.push({ document, roles: names.map(leafOf) });
          if (resource.type.endsWith('ManagedPolicy'))
            managedPolicies.push({ arn: policyArn(resource, scope), document });
          break;
        }
        case 'AWS::Logs::LogGroup':
          logGroups.push(readLogGroup(resource, scope));
          break;
        case 'AWS::Logs::QueryDefinition':
        case 'AWS::Logs::MetricFilter':
        case 'AWS::CloudWatch::Dashboard':
          logQueries.push(...logQueriesOf(resource, scope));
          break;
        case 'AWS::APS::Workspace': {
          const workspace = readWorkspace(resource, scope);
          workspaces.push(workspace);
          alertManagers.push(...present(cfnAlertManager(resource, workspace.id, scope)));
          break;
        }
        case 'AWS::APS::RuleGroupsNamespace':
          sets.push(cfnRules(resource, scope));
          break;
        case 'AWS::SNS::Topic':
          topics.push(cfnTopic(resource, scope));
          break;
        case 'AWS::SNS::TopicPolicy':
          topicPolicies.push(...present(cfnTopicPolicy(resource, scope)));
          break;
        case 'AWS::EKS::PodIdentityAssociation':
          podIdentities.push(readPodIdentity(resource, scope));
          break;
        case 'AWS::Grafana::Workspace':
          grafanaWorkspaces.push(readGrafanaWorkspace(resource, scope));
          break;
        case 'Custom::GrafanaDataSource':
          dataSources.push(...present(customDataSource(resource, scope)));
          break;
        case 'Custom::GrafanaDashboard':
          dashboards.push(...present(customDashboard(resource, scope)));
          break;
      }
    }
  }
  return {
    roles: roles.map((role) => withAttachments(role, attachments)),
    logGroups,
    logQueries,
    workspaces,
    podIdentities,
    managedPolicies,
    grafanaWorkspaces,
    outputs: new Map(scopes.flatMap(outputsOf)),
    grafana: { dataSources, dashboards },
    rules: { sets, alertManagers, topics: topics.map((topic) => withPolicies(topic, topicPolicies)) },
  };
}

function present<T>(value: T | undefined): readonly T[] {
  return value === undefined ? [] : [value];
}

/** The stack of a template has its name, as the CDK and most pipelines have it. */
function outputsOf(scope: Evaluator): readonly (readonly [string, Value])[] {
  const file = scope.template.source.file;
  const stack = file.slice(file.lastIndexOf('/') + 1).replace(/(?:\.template)?\.(?:json|ya?ml|template)$/, '');
  return [...(mapAt(scope.template.outputs)?.entries ?? [])].flatMap(([name, { value }]) => {
    const found = valueAt(scope.evaluate(value), 'Value');
    return found ? [[`${stack}.${name}`, found] as const] : [];
  });
}

function collectExports(scope: Evaluator, imports: Map<string, Value>): void {
  for (const [, output] of mapAt(scope.template.outputs)?.entries ?? []) {
    const exported = mapAt(output.value, 'Export');
    const name = exported && textOf(valueAt(scope.evaluate(exported), 'Name'));
    const data = scope.evaluate(output.value);
    const value = valueAt(data, 'Value');
    if (name !== undefined && value) imports.set(name, value);
  }
}

function readRole(resource: TemplateResource, scope: Evaluator): Role {
  const name = roleName(resource, scope);
  const label = `role ${textOf(name) ?? resource.constructPath ?? resource.logicalId}`;
  const trust = readPolicy(scope.property(resource, 'AssumeRolePolicyDocument'), `the trust policy of ${label}`);
  const boundary = scope.value(resource, 'PermissionsBoundary');
  const policies = itemsOf(scope.property(resource, 'Policies')).flatMap((policy: Data) => {
    const policyName = textOf(valueAt(policy, 'PolicyName'));
    return readPolicy(dataAt(policy, 'PolicyDocument'), `policy ${policyName ?? 'inline'} of ${label}`) ?? [];
  });
  return {
    label,
    name,
    arn: roleArn(resource, scope),
    policies,
    managedPolicyArns: itemsOf(scope.property(resource, 'ManagedPolicyArns')).map(leafOf),
    span: spanOf(resource, 'RoleName'),
    ...(trust && { trust }),
    ...(boundary && { boundary }),
  };
}

function withPolicies(topic: Topic, policies: readonly TopicPolicy[]): Topic {
  const own = policies.filter(({ topics }) => topics.some((arn) => equal(arn, topic.arn) === 'yes'));
  return { ...topic, policies: own.map(({ document }) => document) };
}

function withAttachments(role: Role, attachments: readonly Attachment[]): Role {
  const own = attachments.filter(({ roles }) => roles.some((name) => equal(name, role.name) === 'yes'));
  return own.length === 0 ? role : { ...role, policies: [...role.policies, ...own.map(({ document }) => document)] };
}

function policyLabel(resource: TemplateResource, scope: Evaluator): string {
  const name = scope.value(resource, 'PolicyName') ?? scope.value(resource, 'ManagedPolicyName');
  return `policy ${textOf(name) ?? resource.logicalId}`;
}

function readLogGroup(resource: TemplateResource, scope: Evaluator): LogGroup {
  const name = logGroupName(resource, scope);
  const retentionDays = scope.value(resource, 'RetentionInDays');
  const storageClass = scope.value(resource, 'LogGroupClass');
  return {
    label: `log group ${textOf(name) ?? resource.logicalId}`,
    name,
    region: scope.surroundings.region,
    ...(retentionDays && { retentionDays }),
    ...(storageClass && { storageClass }),
    span: spanOf(resource, 'LogGroupName'),
  };
}

function readWorkspace(resource: TemplateResource, scope: Evaluator): PrometheusWorkspace {
  const tags = new Map<string, Value>();
  for (const tag of itemsOf(scope.property(resource, 'Tags'))) {
    const key = textOf(valueAt(tag, 'Key'));
    if (key !== undefined) tags.set(key, valueAt(tag, 'Value') ?? known(''));
  }
  return {
    label: `workspace ${resource.logicalId}`,
    id: workspaceId(resource, scope),
    region: scope.surroundings.region,
    tags,
    maker: 'CloudFormation',
    isRetained: resource.deletionPolicy?.startsWith('Retain') ?? false,
    span: resource.node.span,
  };
}

function readPodIdentity(resource: TemplateResource, scope: Evaluator): PodIdentity {
  const value = (name: string) =>
    scope.value(resource, name) ??
    unknown('property', `${name} of ${resource.logicalId}`, undefined, resource.node.span);
  return {
    namespace: value('Namespace'),
    serviceAccount: value('ServiceAccount'),
    roleArn: value('RoleArn'),
    cluster: value('ClusterName'),
    span: resource.node.span,
  };
}

function spanOf(resource: TemplateResource, property: string) {
  return resource.properties?.entries.get(property)?.value.span ?? resource.node.span;
}

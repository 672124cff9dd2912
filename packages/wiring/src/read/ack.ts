import {
  type AwsFacts,
  type KubeObject,
  known,
  type LogGroup,
  type PodIdentity,
  type PrometheusWorkspace,
  type Surroundings,
  symbol,
  unknown,
  type Value,
} from '../model';
import { at, mapAt, scalarAt } from './access';
import { type AckScope, ackPolicy, ackRole, referred } from './ack-iam';
import { WORKSPACE_ID } from './cloudformation';
import { readJson } from './json';
import { located } from './kubernetes';

/** AWS resources that ACK's controllers make from objects of a cluster. */
export type AckFacts = Pick<AwsFacts, 'workspaces' | 'logGroups' | 'podIdentities' | 'roles' | 'managedPolicies'>;

export function ackFacts(objects: readonly KubeObject[], world: string, surroundings: Surroundings): AckFacts {
  const of = (group: string, kind: string) =>
    objects.filter((object) => object.kind === kind && object.apiVersion.startsWith(`${group}.services.k8s.aws/`));
  const scope = { objects, surroundings };
  return {
    roles: of('iam', 'Role').map((object) => ackRole(object, scope)),
    managedPolicies: of('iam', 'Policy').flatMap((object) => ackPolicy(object, scope) ?? []),
    workspaces: of('prometheusservice', 'Workspace').map((object) =>
      workspace(object, world, surroundings, isRetained(object, objects)),
    ),
    logGroups: of('cloudwatchlogs', 'LogGroup').map((object) => logGroup(object, surroundings)),
    podIdentities: of('eks', 'PodIdentityAssociation').flatMap((object) => podIdentity(object, scope) ?? []),
  };
}

/** Resource annotation before the controller's own region (ACK runtime). */
function regionOf(object: KubeObject, surroundings: Surroundings): Value {
  const annotation = located(object.node, 'metadata', 'annotations', 'services.k8s.aws/region');
  return annotation ? known(annotation.value, annotation.span) : surroundings.region;
}

/** The resource's own word before that of its namespace; a default of the controller is in no manifest. */
function isRetained({ node, namespace, apiVersion }: KubeObject, all: readonly KubeObject[]): boolean {
  const own = located(node, 'metadata', 'annotations', 'services.k8s.aws/deletion-policy');
  if (own) return own.value === 'retain';
  const home = all.find(({ kind, name }) => kind === 'Namespace' && name.value === namespace?.value);
  const key = `${apiVersion.split('.')[0]}.services.k8s.aws/deletion-policy`;
  return located(home?.node, 'metadata', 'annotations', key)?.value === 'retain';
}

function workspace(
  object: KubeObject,
  world: string,
  surroundings: Surroundings,
  retained: boolean,
): PrometheusWorkspace {
  const place = `${object.namespace ? `${object.namespace.value}/` : ''}${object.name.value}`;
  const tags = new Map<string, Value>();
  for (const [key, { value }] of mapAt(object.node, 'spec', 'tags')?.entries ?? []) {
    tags.set(key, value.kind === 'scalar' ? known(`${value.value}`, value.span) : unknown('tag', key));
  }
  return {
    label: `Workspace ${place}`,
    id: adoptedId(object) ?? generatedId(`${world}/${place}`, place),
    region: regionOf(object, surroundings),
    tags,
    maker: 'ACK',
    isRetained: retained,
    span: object.name.span,
  };
}

/** AWS gives the id when the controller makes the workspace; nobody can know it before. */
function generatedId(key: string, place: string): Value {
  return symbol('ack-workspace', key, {
    label: known(`id of Workspace ${place}`),
    ...WORKSPACE_ID,
    generated: known(true),
  });
}

/** A workspace that is adopted keeps the id that it has. */
function adoptedId(object: KubeObject): Value | undefined {
  const fields = scalarAt(object.node, 'metadata', 'annotations', 'services.k8s.aws/adoption-fields');
  if (!fields) return undefined;
  const id = located(readJson(fields.text()).value, 'workspaceID');
  return id ? known(id.value, id.span) : unknown('field', 'the id of the adopted workspace', undefined, fields.span);
}

function logGroup(object: KubeObject, surroundings: Surroundings): LogGroup {
  const name = located(object.node, 'spec', 'name');
  const days = located(object.node, 'spec', 'retentionDays');
  return {
    label: `LogGroup ${object.namespace ? `${object.namespace.value}/` : ''}${object.name.value}`,
    name: name ? known(name.value, name.span) : unknown('field', 'spec.name', undefined, object.name.span),
    region: regionOf(object, surroundings),
    ...(days && { retentionDays: known(days.value, days.span) }),
    span: name?.span ?? object.name.span,
  };
}

function podIdentity(object: KubeObject, scope: AckScope): PodIdentity | undefined {
  const value = (name: string): Value => {
    const found = located(object.node, 'spec', name);
    return found
      ? known(found.value, found.span)
      : unknown('field', `spec.${name}`, undefined, at(object.node, 'spec')?.span);
  };
  const ref = located(object.node, 'spec', 'roleRef', 'from', 'name');
  return {
    namespace: value('namespace'),
    serviceAccount: value('serviceAccount'),
    roleArn: ref ? referred('Role', ref, object, scope) : value('roleARN'),
    cluster: value('clusterName'),
    span: object.name.span,
  };
}

import {
  concat,
  type FieldExport,
  known,
  type Located,
  labelBy,
  labelOf,
  type PrometheusWorkspace,
  sameNamespace,
  type Value,
  type World,
} from '../model';
import type { Break } from './path';

export const ACK_PROMETHEUS = 'prometheusservice.services.k8s.aws';

/** What ACK's controller for Prometheus makes. */
const KINDS = ['Workspace', 'RuleGroupsNamespace', 'AlertManagerDefinition', 'LoggingConfiguration'];

/** A value that a controller writes into the cluster, or the reason why it never will. */
export type Bound = { readonly value: Value } | { readonly broken: Break };

/** Fields that ACK's Workspace has in its status (controller v1.4.3); the endpoint is not among them. */
const WORKSPACE_FIELDS: Readonly<Record<string, (w: PrometheusWorkspace, world: World) => Value>> = {
  '.status.workspaceID': ({ id }) => id,
  '.status.ackResourceMetadata.arn': ({ id, region }, { surroundings: { partition, account } }) =>
    concat([known('arn:'), partition, known(':aps:'), region, known(':'), account, known(':workspace/'), id]),
  '.status.ackResourceMetadata.region': ({ region }) => region,
  '.status.ackResourceMetadata.ownerAccountID': (_, { surroundings }) => surroundings.account,
  '.spec.alias': () => ({ kind: 'unknown', missing: { kind: 'field', what: 'the alias of the workspace' } }),
};

/** What FieldExports write under a key of a ConfigMap; `undefined`: none of them writes there. */
export function exportedTo(
  world: World,
  namespace: Located<string> | undefined,
  configMap: string,
  key: string,
): Bound | undefined {
  const bound = world.bound.find(
    (one) => one.configMap === configMap && one.key === key && (one.namespace ?? namespace?.value) === namespace?.value,
  );
  if (bound) return { value: { ...bound.value, span: bound.span } };
  const found = world.cluster.fieldExports.find(
    ({ to }) =>
      to.kind.toLowerCase() === 'configmap' &&
      to.name.value === configMap &&
      to.key.value === key &&
      sameNamespace(to.namespace, namespace),
  );
  return found && resolve(found, world);
}

/** A FieldExport that was meant for this key: same ConfigMap in another namespace, or another key of it. */
export function nearExport(
  world: World,
  namespace: Located<string> | undefined,
  configMap: string,
): FieldExport | undefined {
  const { fieldExports } = world.cluster;
  const named = fieldExports.filter(({ to }) => to.name.value === configMap);
  return named.find(({ to }) => sameNamespace(to.namespace, namespace)) ?? named[0];
}

function resolve(from: FieldExport, world: World): Bound {
  const what = labelOf(from.object);
  const { kind, group, name, groupSpan } = from.from;
  if (group !== ACK_PROMETHEUS || kind !== 'Workspace') {
    // The groups of ACK's controllers are their services' names; another is one that no controller has.
    const meant = labelBy('Workspace', from.object.namespace, name);
    const workspace = world.aws.workspaces.find(({ label }) => label === meant);
    if (kind === 'Workspace' && workspace && world.closedManifests) {
      return {
        broken: {
          claim: 'exported-resource-exists',
          message: `${what} reads Workspace ${name.value} of API group ${group}, which is one of ${ACK_PROMETHEUS}`,
          span: groupSpan,
          related: [{ span: workspace.span, message: `${meant} is declared here` }],
          help: `write ${ACK_PROMETHEUS}`,
        },
      };
    }
    const isStrange = group === ACK_PROMETHEUS && !KINDS.includes(kind);
    if (isStrange && world.closedManifests) {
      return {
        broken: {
          claim: 'exported-resource-exists',
          message: `${what} reads a ${kind}, which ${ACK_PROMETHEUS} does not have`,
          span: name.span,
          related: workspace ? [{ span: workspace.span, message: `${meant} is declared here` }] : [],
          help: `kinds are ${KINDS.join(', ')}`,
        },
      };
    }
    const missing = { kind: 'field', what: `${from.path.value} of ${kind} ${name.value}` };
    return { value: { kind: 'unknown', missing, span: from.path.span } };
  }
  const label = labelBy('Workspace', from.object.namespace, from.from.name);
  const workspace = world.aws.workspaces.find((w) => w.label === label);
  if (!workspace) {
    if (!world.closedManifests) {
      const missing = { kind: 'object', what: `${label}, which ${what} reads` };
      return { value: { kind: 'unknown', missing, span: from.from.name.span } };
    }
    return {
      broken: {
        claim: 'exported-resource-exists',
        message: `${what} reads ${label}, which does not exist`,
        span: from.from.name.span,
        related: [],
        help: 'name a Workspace in the namespace of the FieldExport, or add it',
      },
    };
  }
  const field = WORKSPACE_FIELDS[from.path.value];
  if (field) return { value: { ...field(workspace, world), span: from.path.span } };
  return {
    broken: {
      claim: 'exported-field-exists',
      message: `${what} exports ${from.path.value}, a field that a Workspace does not have`,
      span: from.path.span,
      related: [
        { span: workspace.span, message: `${label} has ${Object.keys(WORKSPACE_FIELDS)[0]} and its ARN, no more` },
      ],
      help: 'export .status.workspaceID and build the URL from the region and the id',
    },
  };
}

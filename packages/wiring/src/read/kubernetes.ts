import type {
  ConfigMap,
  ConfigMapSource,
  Container,
  ContainerPort,
  EnvFrom,
  EnvVar,
  FieldExport,
  HttpProbe,
  KubeObject,
  Located,
  LocatedMap,
  Mount,
  PodTemplate,
  SecurityContext,
  Service,
  ServiceAccount,
  ServicePort,
  Volume,
  Workload,
} from '../model';
import type { MapNode, Node, ScalarNode } from '../text';
import { at, booleanAt, itemsAt, mapAt, scalarAt, stringAt } from './access';

/** The objects of one document; a `List` (of any kind) is taken apart. Not an object: none. */
export function readKubeObjects(document: Node): readonly KubeObject[] {
  const apiVersion = stringAt(document, 'apiVersion');
  const kind = stringAt(document, 'kind');
  if (document.kind !== 'map' || apiVersion === undefined || kind === undefined) return [];
  if (kind.endsWith('List') && at(document, 'items')?.kind === 'list') {
    return itemsAt(document, 'items').flatMap(readKubeObjects);
  }
  const name = located(document, 'metadata', 'name');
  if (!name) return [];
  const namespace = located(document, 'metadata', 'namespace');
  return [{ apiVersion, kind, name, node: document, ...(namespace && namespace.value !== '' && { namespace }) }];
}

/** A string and its place; a number where a name belongs is taken as it is written. */
export function located(node: Node | undefined, ...path: readonly (string | number)[]): Located<string> | undefined {
  const scalar = scalarAt(node, ...path);
  if (!scalar || scalar.value === null) return undefined;
  return { value: `${scalar.value}`, span: scalar.span };
}

/** Where the kinds that run pods keep the pod's template. */
export const POD_TEMPLATES: ReadonlyMap<string, readonly string[]> = new Map([
  ['Pod', []],
  ['Deployment', ['spec', 'template']],
  ['DaemonSet', ['spec', 'template']],
  ['StatefulSet', ['spec', 'template']],
  ['ReplicaSet', ['spec', 'template']],
  ['Job', ['spec', 'template']],
  ['CronJob', ['spec', 'jobTemplate', 'spec', 'template']],
  ['Rollout', ['spec', 'template']],
]);

const MADE = ['spec', 'template'];

/** What runs pods; anything else is `undefined`. */
export function readWorkload(object: KubeObject): Workload | undefined {
  const path = object.inline ? MADE : POD_TEMPLATES.get(object.kind);
  const template = path && at(object.node, ...path);
  const spec = mapAt(template, 'spec');
  if (!spec) return undefined;
  const pod = readPod(spec, mapAt(template, 'metadata'));
  const claims = object.kind === 'StatefulSet' ? itemsAt(object.node, 'spec', 'volumeClaimTemplates') : [];
  const claimed = claims.map(readClaim);
  const others = pod.volumes.filter(({ name }) => !claimed.some((claim) => claim.name === name));
  return { object, pod: { ...pod, volumes: [...others, ...claimed] } };
}

/** A StatefulSet gives each pod a volume of each of its claims, in place of one of the same name. */
function readClaim(claim: Node): Volume {
  const name = stringAt(claim, 'metadata', 'name') ?? '';
  return { name, span: claim.span, type: 'persistentVolumeClaim', isMade: false, configMaps: [] };
}

function readPod(spec: MapNode, metadata: MapNode | undefined): PodTemplate {
  const serviceAccountName = located(spec, 'serviceAccountName') ?? located(spec, 'serviceAccount');
  const mountsToken = locatedBoolean(spec, 'automountServiceAccountToken');
  const os = located(spec, 'nodeSelector', 'kubernetes.io/os') ?? located(spec, 'os', 'name');
  return {
    span: spec.span,
    labels: locatedMap(metadata, 'labels'),
    annotations: locatedMap(metadata, 'annotations'),
    hostNetwork: booleanAt(spec, 'hostNetwork') ?? false,
    tolerates: itemsAt(spec, 'tolerations').length > 0,
    ...(serviceAccountName && serviceAccountName.value !== '' && { serviceAccountName }),
    containers: [
      ...itemsAt(spec, 'initContainers').map((node) =>
        readContainer(node, stringAt(node, 'restartPolicy') === 'Always' ? 'sidecar' : 'init'),
      ),
      ...itemsAt(spec, 'containers').map((node) => readContainer(node, 'main')),
    ],
    volumes: itemsAt(spec, 'volumes').map(readVolume),
    security: readSecurity(at(spec, 'securityContext')),
    ...(mountsToken && { mountsToken }),
    ...(os && { os: os.value, osSpan: os.span }),
  };
}

function readSecurity(node: Node | undefined): SecurityContext {
  const runAsUser = locatedNumber(node, 'runAsUser');
  const runAsGroup = locatedNumber(node, 'runAsGroup');
  const runAsNonRoot = locatedBoolean(node, 'runAsNonRoot');
  const readOnlyRootFilesystem = locatedBoolean(node, 'readOnlyRootFilesystem');
  const fsGroup = locatedNumber(node, 'fsGroup');
  const groups = itemsAt(node, 'supplementalGroups').flatMap((item) => locatedNumber(item)?.value ?? []);
  return {
    groups: fsGroup ? [...groups, fsGroup.value] : groups,
    privileged: booleanAt(node, 'privileged') ?? false,
    ...(runAsUser && { runAsUser }),
    ...(runAsGroup && { runAsGroup }),
    ...(runAsNonRoot && { runAsNonRoot }),
    ...(readOnlyRootFilesystem && { readOnlyRootFilesystem }),
  };
}

function locatedNumber(node: Node | undefined, ...path: readonly string[]): Located<number> | undefined {
  const scalar = scalarAt(node, ...path);
  return typeof scalar?.value === 'number' ? { value: scalar.value, span: scalar.span } : undefined;
}

function locatedBoolean(node: Node | undefined, ...path: readonly string[]): Located<boolean> | undefined {
  const scalar = scalarAt(node, ...path);
  return typeof scalar?.value === 'boolean' ? { value: scalar.value, span: scalar.span } : undefined;
}

/** Labels or annotations, with their places. */
export function locatedMap(node: Node | undefined, ...path: readonly string[]): LocatedMap {
  const found = new Map<string, Located<string>>();
  for (const [key, { value }] of mapAt(node, ...path)?.entries ?? []) {
    if (value.kind === 'scalar') found.set(key, { value: `${value.value ?? ''}`, span: value.span });
  }
  return found;
}

const PROBES = ['readinessProbe', 'livenessProbe', 'startupProbe'];

function readContainer(node: Node, role: Container['role']): Container {
  const image = located(node, 'image');
  const words = [...itemsAt(node, 'command'), ...itemsAt(node, 'args')];
  return {
    name: stringAt(node, 'name') ?? '',
    span: scalarAt(node, 'name')?.span ?? node.span,
    ...(image && { image }),
    arguments: words.flatMap((word) => located(word) ?? []),
    env: itemsAt(node, 'env').flatMap((item) => readEnvVar(item) ?? []),
    envFrom: itemsAt(node, 'envFrom').flatMap(readEnvFrom),
    mounts: itemsAt(node, 'volumeMounts').map(readMount),
    ports: itemsAt(node, 'ports').flatMap((item) => readPort(item) ?? []),
    probes: PROBES.flatMap((probe) => readProbe(at(node, probe)) ?? []),
    security: readSecurity(at(node, 'securityContext')),
    role,
  };
}

function readPort(node: Node): ContainerPort | undefined {
  const number = scalarAt(node, 'containerPort');
  if (number === undefined || !/^\d+$/.test(`${number.value}`)) return undefined;
  const name = stringAt(node, 'name');
  return {
    number: Number(number.value),
    protocol: stringAt(node, 'protocol') ?? 'TCP',
    span: number.span,
    ...(name !== undefined && { name }),
  };
}

function readProbe(node: Node | undefined): HttpProbe | undefined {
  const port = located(node, 'httpGet', 'port');
  if (!port) return undefined;
  const path = located(node, 'httpGet', 'path');
  return {
    port: port.value,
    scheme: stringAt(node, 'httpGet', 'scheme') ?? 'HTTP',
    span: port.span,
    ...(path && { path }),
  };
}

function readEnvVar(node: Node): EnvVar | undefined {
  const name = located(node, 'name');
  if (!name) return undefined;
  for (const [field, kind] of [
    ['configMapKeyRef', 'configMap'],
    ['secretKeyRef', 'secret'],
  ] as const) {
    const reference = mapAt(node, 'valueFrom', field);
    const key = located(reference, 'key');
    const target = located(reference, 'name');
    if (key && target) {
      return { name, source: { kind, name: target, key, optional: booleanAt(reference, 'optional') ?? false } };
    }
  }
  const field =
    located(node, 'valueFrom', 'fieldRef', 'fieldPath') ?? located(node, 'valueFrom', 'resourceFieldRef', 'resource');
  if (field) return { name, source: { kind: 'field', path: field.value, span: field.span } };
  const written = at(node, 'value');
  if (written && written.kind !== 'scalar') return { name, source: { kind: 'unreadable', span: written.span } };
  const value = located(written);
  return { name, source: { kind: 'value', value: value?.value ?? '', span: value?.span ?? name.span } };
}

function readEnvFrom(node: Node): readonly EnvFrom[] {
  const prefix = stringAt(node, 'prefix') ?? '';
  const configMap = located(node, 'configMapRef', 'name');
  const secret = located(node, 'secretRef', 'name');
  const optional = (key: string) => booleanAt(node, key, 'optional') ?? false;
  return [
    ...(configMap ? [{ kind: 'configMap' as const, name: configMap, prefix, optional: optional('configMapRef') }] : []),
    ...(secret ? [{ kind: 'secret' as const, name: secret, prefix, optional: optional('secretRef') }] : []),
  ];
}

function readMount(node: Node): Mount {
  const subPath = stringAt(node, 'subPath');
  return {
    volume: stringAt(node, 'name') ?? '',
    path: stringAt(node, 'mountPath') ?? '',
    readOnly: booleanAt(node, 'readOnly') ?? false,
    span: scalarAt(node, 'mountPath')?.span ?? node.span,
    ...(subPath && { subPath }),
  };
}

function readVolume(node: Node): Volume {
  const sources = [at(node, 'configMap'), ...itemsAt(node, 'projected', 'sources').map((s) => at(s, 'configMap'))];
  const type = node.kind === 'map' ? [...node.entries.keys()].find((key) => key !== 'name') : undefined;
  const hostPath = located(node, 'hostPath', 'path');
  return {
    name: stringAt(node, 'name') ?? '',
    span: node.span,
    type: type ?? 'emptyDir',
    ...(hostPath && { hostPath }),
    isMade: stringAt(node, 'hostPath', 'type') === 'DirectoryOrCreate',
    configMaps: sources.flatMap((source) => readConfigMapSource(source) ?? []),
  };
}

function readConfigMapSource(node: Node | undefined): ConfigMapSource | undefined {
  const name = located(node, 'name');
  if (!name) return undefined;
  const items = itemsAt(node, 'items');
  const isOptional = booleanAt(node, 'optional') ?? false;
  if (items.length === 0) return { name, isOptional };
  return { name, isOptional, items: new Map(items.map((i) => [stringAt(i, 'key') ?? '', stringAt(i, 'path') ?? ''])) };
}

export function readService(object: KubeObject): Service {
  const spec = at(object.node, 'spec');
  return {
    object,
    labels: locatedMap(object.node, 'metadata', 'labels'),
    annotations: locatedMap(object.node, 'metadata', 'annotations'),
    selector: locatedMap(spec, 'selector'),
    type: stringAt(spec, 'type') ?? 'ClusterIP',
    ports: itemsAt(spec, 'ports').flatMap((node) => readServicePort(node) ?? []),
  };
}

function readServicePort(node: Node): ServicePort | undefined {
  const port = scalarAt(node, 'port');
  if (port === undefined || !/^\d+$/.test(`${port.value}`)) return undefined;
  const name = stringAt(node, 'name');
  return {
    port: Number(port.value),
    target: located(node, 'targetPort')?.value ?? `${port.value}`,
    protocol: stringAt(node, 'protocol') ?? 'TCP',
    span: port.span,
    ...(name !== undefined && { name }),
  };
}

const ROLE_ARN = 'eks.amazonaws.com/role-arn';

/** Where the annotation ends up when it is indented as its parent is, or put among the labels. */
const STRAY: readonly (readonly string[])[] = [['metadata'], ['metadata', 'labels'], []];

export function readServiceAccount(object: KubeObject): ServiceAccount {
  const annotations = at(object.node, 'metadata', 'annotations');
  const roleArn = located(annotations, ROLE_ARN);
  const audience = located(annotations, 'eks.amazonaws.com/audience');
  const mountsToken = locatedBoolean(object.node, 'automountServiceAccountToken');
  const stray = STRAY.map((path) => located(object.node, ...path, ROLE_ARN)).find((found) => found);
  return {
    object,
    ...(roleArn && { roleArn }),
    ...(audience && { audience }),
    ...(mountsToken && { mountsToken }),
    ...(!roleArn && stray && { strayRoleArn: stray }),
  };
}

/** Text only: `binaryData` holds no configuration. Secrets have no decoder on purpose: their data is never read. */
export function readConfigMap(object: KubeObject): ConfigMap {
  const data = new Map<string, ScalarNode>();
  const unreadable = new Set<string>();
  for (const [key, { value }] of mapAt(object.node, 'data')?.entries ?? []) {
    if (value.kind !== 'scalar') unreadable.add(key);
    else if (value.value !== null) data.set(key, value);
  }
  return { object, data, unreadable };
}

/** `undefined`: fields without which it exports nothing are absent. */
export function readFieldExport(object: KubeObject): FieldExport | undefined {
  const from = at(object.node, 'spec', 'from', 'resource');
  const to = at(object.node, 'spec', 'to');
  const fromName = located(from, 'name');
  const path = located(object.node, 'spec', 'from', 'path');
  const toName = located(to, 'name');
  if (!fromName || !path || !toName) return undefined;
  const namespace = located(to, 'namespace') ?? object.namespace;
  // The controller's default key (ACK runtime, FieldExport): <namespace>.<name of the FieldExport>.
  const key = located(to, 'key') ?? {
    value: `${object.namespace?.value ?? 'default'}.${object.name.value}`,
    span: object.name.span,
  };
  return {
    object,
    from: {
      kind: stringAt(from, 'kind') ?? '',
      group: stringAt(from, 'group') ?? '',
      groupSpan: scalarAt(from, 'group')?.span ?? fromName.span,
      name: fromName,
    },
    path,
    to: { kind: stringAt(to, 'kind') ?? '', name: toName, key, ...(namespace && { namespace }) },
  };
}

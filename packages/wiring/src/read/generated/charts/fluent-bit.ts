import type { KubeObject } from '../../../model';
import type { Node, ScalarNode } from '../../../text';
import { at, itemsAt, mapAt, scalarAt, stringAt } from '../../access';
import { list, map, merged, scalar } from '../tree';
import {
  accessOf,
  accountOf,
  type ChartValues,
  fullName,
  type HelmRelease,
  isSet,
  made_,
  plainText,
  textAt,
  unreadable,
  withDefaults,
} from './release';

/** Where the image has its own parsers, and where the chart puts its configuration (fluent/helm-charts). */
const DIRECTORY = '/fluent-bit/etc/conf';

const DEFAULTS = `kind: DaemonSet
image: {repository: cr.fluentbit.io/fluent/fluent-bit}
serviceAccount: {create: true}
rbac: {create: true}
metricsPort: 2020
config:
  service: |
    [SERVICE]
        Flush 1
        Parsers_File /fluent-bit/etc/parsers.conf
        Parsers_File /fluent-bit/etc/conf/custom_parsers.conf
        HTTP_Server On
        HTTP_Listen 0.0.0.0
        HTTP_Port 2020
        Health_Check On
  inputs: |
    [INPUT]
        Name tail
        Path /var/log/containers/*.log
        multiline.parser docker, cri
        Tag kube.*
        Mem_Buf_Limit 5MB
        Skip_Long_Lines On
    [INPUT]
        Name systemd
        Tag host.*
        Systemd_Filter _SYSTEMD_UNIT=kubelet.service
        Read_From_Tail On
  filters: |
    [FILTER]
        Name kubernetes
        Match kube.*
        Merge_Log On
        Keep_Log Off
        K8S-Logging.Parser On
        K8S-Logging.Exclude On
  outputs: |
    [OUTPUT]
        Name es
        Match *
        Host elasticsearch-master
  customParsers: |
    [PARSER]
        Name docker_no_time
        Format json
        Time_Keep Off
        Time_Key time
        Time_Format %Y-%m-%dT%H:%M:%S.%L
command: [/fluent-bit/bin/fluent-bit]
args: [--workdir=/fluent-bit/etc, --config=/fluent-bit/etc/conf/fluent-bit.conf]
daemonSetVolumes:
  - {name: varlog, hostPath: {path: /var/log}}
  - {name: varlibdockercontainers, hostPath: {path: /var/lib/docker/containers}}
  - {name: etcmachineid, hostPath: {path: /etc/machine-id, type: File}}
daemonSetVolumeMounts:
  - {name: varlog, mountPath: /var/log}
  - {name: varlibdockercontainers, mountPath: /var/lib/docker/containers, readOnly: true}
  - {name: etcmachineid, mountPath: /etc/machine-id, readOnly: true}
`;

const PARTS = ['service', 'inputs', 'filters', 'outputs'];

/** Values for the chart fluent-bit: the sections of its configuration, each as a text. */
export function isFluentBitChart(values: Node): boolean {
  return PARTS.some((part) => /^\s*\[[A-Z_]+\]\s*$/im.test(stringAt(values, 'config', part) ?? ''));
}

export function fluentBitChart(values: Node, release: HelmRelease): readonly KubeObject[] {
  const chart = withDefaults(values, DEFAULTS, 'fluent-bit', release);
  const { root, span } = chart;
  const name = fullName(chart);
  const config = mapAt(root, 'config');
  const kind = textAt(root, 'kind') ?? 'DaemonSet';
  const account = accountOf(chart, at(root, 'serviceAccount'), name);
  const existing = textAt(root, 'existingConfigMap');
  const template = map(span, { metadata: metadataOf(chart), spec: podOf(chart, account.name, existing ?? name) });
  return [
    ...(existing ? [] : [made_(chart, 'v1', 'ConfigMap', name, { data: dataOf(chart, config) })]),
    ...account.objects,
    ...(isSet(at(root, 'rbac', 'create')) ? accessOf(chart, name, account.name, rulesOf(chart)) : []),
    made_(chart, 'apps/v1', kind, name, { spec: map(span, { replicas: at(root, 'replicaCount'), template }) }),
  ];
}

/** The chart writes the sections into one file; here each keeps its place, and the file includes them. */
function dataOf({ span }: ChartValues, config: Node | undefined): Node {
  const parts = PARTS.map((part) => ({ part, text: scalarAt(config, part) }));
  const files: Record<string, Node | undefined> = {};
  const isKnown = parts.every(({ text }) => plainText(text));
  for (const { part, text } of parts) files[`${part}.conf`] = isKnown ? text : undefined;
  files['fluent-bit.conf'] = isKnown
    ? scalar(PARTS.map((part) => `@INCLUDE ${DIRECTORY}/${part}.conf\n`).join(''), config?.span ?? span)
    : unreadable(config?.span ?? span);
  const more = (texts: Node | undefined) =>
    texts?.kind === 'map'
      ? map(texts.span, Object.fromEntries([...texts.entries].map(([k, e]) => [k, e.value])))
      : undefined;
  return merged(
    span,
    map(span, { ...files, 'custom_parsers.conf': scalarAt(config, 'customParsers') }),
    more(at(config, 'upstream')),
    more(at(config, 'extraFiles')),
  );
}

function rulesOf({ root, span }: ChartValues): Node {
  const words = (...all: readonly string[]) =>
    list(
      span,
      all.map((word) => scalar(word, span)),
    );
  const nodes = isSet(at(root, 'rbac', 'nodeAccess')) ? ['nodes', 'nodes/metrics', 'nodes/proxy'] : [];
  const resources = words('namespaces', 'pods', ...nodes);
  return list(span, [map(span, { apiGroups: words(''), resources, verbs: words('get', 'list', 'watch') })]);
}

function metadataOf({ root, span, release }: ChartValues): Node {
  const own = map(span, {
    'app.kubernetes.io/name': scalar(textAt(root, 'nameOverride') ?? 'fluent-bit', span),
    'app.kubernetes.io/instance': scalar(release.name ?? '<release>', span),
  });
  return map(span, { labels: merged(span, own, mapAt(root, 'podLabels')), annotations: mapAt(root, 'podAnnotations') });
}

function podOf({ root, span }: ChartValues, account: ScalarNode, configMap: string): Node {
  const text = (value: string) => scalar(value, span);
  const isOnNodes = textAt(root, 'kind') === 'DaemonSet';
  const tag = textAt(root, 'image', 'tag');
  const container = map(span, {
    name: text('fluent-bit'),
    // Without a tag it is that of the chart's version, which values do not tell.
    image: tag ? scalar(`${textAt(root, 'image', 'repository')}:${tag}`, at(root, 'image')?.span ?? span) : undefined,
    command: at(root, 'command'),
    args: at(root, 'args'),
    env: at(root, 'env'),
    envFrom: at(root, 'envFrom'),
    ports: list(span, [map(span, { name: text('http'), containerPort: scalarAt(root, 'metricsPort') })]),
    resources: at(root, 'resources'),
    securityContext: at(root, 'securityContext'),
    livenessProbe: at(root, 'livenessProbe'),
    readinessProbe: at(root, 'readinessProbe'),
    volumeMounts: list(span, [
      map(span, { name: text('config'), mountPath: text(DIRECTORY) }),
      ...(isOnNodes ? itemsAt(root, 'daemonSetVolumeMounts') : []),
      ...itemsAt(root, 'extraVolumeMounts'),
    ]),
  });
  return map(span, {
    serviceAccountName: account,
    automountServiceAccountToken: at(root, 'serviceAccount', 'automountServiceAccountToken'),
    hostNetwork: at(root, 'hostNetwork'),
    nodeSelector: at(root, 'nodeSelector'),
    securityContext: at(root, 'podSecurityContext'),
    initContainers: at(root, 'initContainers'),
    containers: list(span, [container, ...itemsAt(root, 'extraContainers')]),
    volumes: list(span, [
      map(span, { name: text('config'), configMap: map(span, { name: text(configMap) }) }),
      ...(isOnNodes ? itemsAt(root, 'daemonSetVolumes') : []),
      ...itemsAt(root, 'extraVolumes'),
    ]),
  });
}

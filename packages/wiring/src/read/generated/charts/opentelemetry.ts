import type { InlineCollector, KubeObject } from '../../../model';
import type { MapNode, Node } from '../../../text';
import { at, itemsAt, mapAt, stringAt } from '../../access';
import { list, map, scalar } from '../tree';
import {
  accessOf,
  accountOf,
  type ChartValues,
  fullName,
  type HelmRelease,
  isSet,
  made_,
  overlaid,
  textAt,
  withDefaults,
} from './release';

/** Its own metrics aside, what the chart collects without being told comes by push and goes nowhere. */
const DEFAULTS = `configMap: {create: true}
config:
  # The second is that of older versions of the chart.
  exporters: {debug: {}, logging: {}}
  extensions:
    health_check: {endpoint: "\${env:MY_POD_IP}:13133"}
  processors:
    batch: {}
    memory_limiter: {check_interval: 5s, limit_percentage: 80, spike_limit_percentage: 25}
  receivers:
    jaeger: {protocols: {grpc: {endpoint: "\${env:MY_POD_IP}:14250"}}}
    otlp: {protocols: {grpc: {endpoint: "\${env:MY_POD_IP}:4317"}, http: {endpoint: "\${env:MY_POD_IP}:4318"}}}
    prometheus:
      config:
        scrape_configs:
          - job_name: opentelemetry-collector
            scrape_interval: 10s
            static_configs:
              - targets: ["\${env:MY_POD_IP}:8888"]
    zipkin: {endpoint: "\${env:MY_POD_IP}:9411"}
  service:
    extensions: [health_check]
    pipelines:
      logs: {exporters: [debug], processors: [memory_limiter, batch], receivers: [otlp]}
      metrics: {exporters: [debug], processors: [memory_limiter, batch], receivers: [otlp, prometheus]}
      traces: {exporters: [debug], processors: [memory_limiter, batch], receivers: [otlp, jaeger, zipkin]}
serviceAccount: {create: true, automountServiceAccountToken: true}
clusterRole: {create: false}
ports:
  otlp: {enabled: true, containerPort: 4317, protocol: TCP}
  otlp-http: {enabled: true, containerPort: 4318, protocol: TCP}
  jaeger-compact: {enabled: true, containerPort: 6831, protocol: UDP}
  jaeger-thrift: {enabled: true, containerPort: 14268, protocol: TCP}
  jaeger-grpc: {enabled: true, containerPort: 14250, protocol: TCP}
  zipkin: {enabled: true, containerPort: 9411, protocol: TCP}
  metrics: {enabled: false, containerPort: 8888}
`;

const CONTROLLERS: Readonly<Record<string, InlineCollector['controller']>> = {
  deployment: 'Deployment',
  daemonset: 'DaemonSet',
  statefulset: 'StatefulSet',
};

/** Values for the chart opentelemetry-collector: how it runs, and a configuration, an image or presets of a collector. */
export function isOpenTelemetryChart(values: Node): boolean {
  const mode = stringAt(values, 'mode');
  if (mode === undefined || !CONTROLLERS[mode]) return false;
  const config = mapAt(values, 'config') ?? mapAt(values, 'alternateConfig');
  return (
    ['exporters', 'receivers', 'service'].some((key) => mapAt(config, key)) || mapAt(values, 'presets') !== undefined
  );
}

export function opentelemetryChart(values: Node, release: HelmRelease): readonly KubeObject[] {
  const chart = withDefaults(values, DEFAULTS, 'opentelemetry-collector', release);
  const { root, span } = chart;
  const controller = CONTROLLERS[stringAt(root, 'mode') ?? ''];
  const other = mapAt(root, 'alternateConfig');
  const config = withPresets(other && isSet(other) ? other : mapAt(root, 'config'), chart);
  // A configuration that is made elsewhere is not in these values.
  if (!controller || !config || !isSet(at(root, 'configMap', 'create'))) return [];
  const name = fullName(chart);
  const own = controller === 'DaemonSet' ? `${name}-agent` : name;
  const account = accountOf(chart, at(root, 'serviceAccount'), name);
  const inline: InlineCollector = {
    kind: 'opentelemetry',
    node: config,
    controller,
    maker: 'the chart opentelemetry-collector',
    makesAccess: false,
  };
  const template = map(span, { metadata: metadataOf(chart), spec: podOf(chart, account.name) });
  const workload = made_(chart, 'apps/v1', controller, own, { spec: map(span, { template }) }, config.span);
  return [
    { ...workload, inline },
    ...account.objects,
    ...(isSet(at(root, 'clusterRole', 'create')) || hasPresetRules(root)
      ? accessOf(
          chart,
          name,
          account.name,
          list(span, [...itemsAt(root, 'clusterRole', 'rules'), ...presetRules(chart)]),
        )
      : []),
  ];
}

/** What presets put into the pipelines of a signal; of the components themselves nothing more matters than that they are there. */
const PRESETS: Readonly<Record<string, readonly (readonly ['receivers' | 'processors', string, RegExp])[]>> = {
  logsCollection: [['receivers', 'filelog', /^logs/]],
  hostMetrics: [['receivers', 'hostmetrics', /^metrics/]],
  kubeletMetrics: [['receivers', 'kubeletstats', /^metrics/]],
  clusterMetrics: [['receivers', 'k8s_cluster', /^metrics/]],
  kubernetesEvents: [['receivers', 'k8s_events', /^logs/]],
  kubernetesObjects: [['receivers', 'k8s_objects', /^logs/]],
  profiling: [['receivers', 'profiling', /^profiles/]],
  kubernetesAttributes: [
    ['processors', 'k8sattributes', /./],
    ['processors', 'k8s_attributes', /^$/],
  ],
  resourceDetection: [['processors', 'resourcedetection', /./]],
};

function withPresets(config: Node | undefined, { root, span }: ChartValues): MapNode | undefined {
  if (config?.kind !== 'map') return undefined;
  let found: MapNode = config;
  const lay = (over: Node) => {
    const merged = overlaid(found, over);
    if (merged.kind === 'map') found = merged;
  };
  for (const [preset, parts] of Object.entries(PRESETS)) {
    if (!isSet(at(root, 'presets', preset, 'enabled'))) continue;
    for (const [section, name, signal] of parts) {
      lay(map(span, { [section]: map(span, { [name]: at(found, section, name) ?? map(span, {}) }) }));
      for (const [pipeline, { value }] of mapAt(found, 'service', 'pipelines')?.entries ?? []) {
        const before = itemsAt(value, section);
        if (!signal.test(pipeline) || before.some((item) => textAt(item) === name)) continue;
        const items = list(at(value, section)?.span ?? span, [...before, scalar(name, span)]);
        lay(
          map(span, { service: map(span, { pipelines: map(span, { [pipeline]: map(span, { [section]: items }) }) }) }),
        );
      }
    }
  }
  return found;
}

function hasPresetRules(root: Node): boolean {
  return isSet(at(root, 'presets', 'kubernetesAttributes', 'enabled'));
}

/** What the preset for attributes of Kubernetes lets the collector read. */
function presetRules({ root, span }: ChartValues): readonly Node[] {
  if (!hasPresetRules(root)) return [];
  const words = (...all: readonly string[]) =>
    list(
      span,
      all.map((word) => scalar(word, span)),
    );
  const verbs = words('get', 'watch', 'list');
  return [
    map(span, { apiGroups: words(''), resources: words('pods', 'namespaces'), verbs }),
    map(span, { apiGroups: words('apps', 'extensions'), resources: words('replicasets'), verbs }),
  ];
}

function metadataOf({ root, span, release }: ChartValues): Node {
  const own = map(span, {
    'app.kubernetes.io/name': scalar(textAt(root, 'nameOverride') ?? 'opentelemetry-collector', span),
    'app.kubernetes.io/instance': scalar(release.name ?? '<release>', span),
  });
  return map(span, {
    labels: overlaid(own, mapAt(root, 'podLabels') ?? map(span, {})),
    annotations: mapAt(root, 'podAnnotations'),
  });
}

const FIELDS: readonly (readonly [variable: string, field: string])[] = [
  ['MY_POD_IP', 'status.podIP'],
  ['OTEL_K8S_NODE_NAME', 'spec.nodeName'],
  ['OTEL_K8S_NODE_IP', 'status.hostIP'],
  ['OTEL_K8S_NAMESPACE', 'metadata.namespace'],
  ['OTEL_K8S_POD_NAME', 'metadata.name'],
  ['OTEL_K8S_POD_IP', 'status.podIP'],
  ['K8S_NODE_NAME', 'spec.nodeName'],
  ['K8S_NODE_IP', 'status.hostIP'],
];

function podOf({ root, span }: ChartValues, account: Node): Node {
  const text = (value: string) => scalar(value, span);
  const repository = textAt(root, 'image', 'repository');
  const tag = textAt(root, 'image', 'tag');
  const ports = [...(mapAt(root, 'ports')?.entries ?? [])]
    .filter(([, { value }]) => isSet(at(value, 'enabled')))
    .map(([port, { value }]) =>
      map(value.span, { name: text(port), containerPort: at(value, 'containerPort'), protocol: at(value, 'protocol') }),
    );
  const container = map(span, {
    name: text('opentelemetry-collector'),
    // Without a tag it is that of the chart's version, which values do not tell.
    image: repository && tag ? scalar(`${repository}:${tag}`, at(root, 'image')?.span ?? span) : undefined,
    args: list(span, [text('--config=/conf/relay.yaml'), ...itemsAt(root, 'command', 'extraArgs')]),
    env: list(span, [
      ...FIELDS.filter(([name]) => !name.startsWith('K8S_NODE') || textAt(root, 'mode') === 'daemonset').map(
        ([name, path]) =>
          map(span, {
            name: text(name),
            valueFrom: map(span, { fieldRef: map(span, { fieldPath: text(path) }) }),
          }),
      ),
      ...itemsAt(root, 'extraEnvs'),
    ]),
    envFrom: at(root, 'extraEnvsFrom'),
    ports: list(span, ports),
    resources: at(root, 'resources'),
    securityContext: at(root, 'securityContext'),
    volumeMounts: at(root, 'extraVolumeMounts'),
  });
  return map(span, {
    serviceAccountName: account,
    hostNetwork: at(root, 'hostNetwork'),
    nodeSelector: at(root, 'nodeSelector'),
    securityContext: at(root, 'podSecurityContext'),
    initContainers: at(root, 'initContainers'),
    containers: list(span, [container, ...itemsAt(root, 'extraContainers')]),
    volumes: at(root, 'extraVolumes'),
  });
}

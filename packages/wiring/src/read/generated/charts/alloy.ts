import type { KubeObject } from '../../../model';
import type { Node, Span } from '../../../text';
import { at, itemsAt, mapAt, scalarAt, stringAt } from '../../access';
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
  plainText,
  textAt,
  unreadable,
  withDefaults,
} from './release';

/** The chart's own values, as far as they matter on a signal's way (grafana/alloy, operations/helm/charts/alloy). */
const DEFAULTS = `alloy:
  configMap: {create: true}
  storagePath: /tmp/alloy
  listenAddr: 0.0.0.0
  listenPort: 12345
  listenScheme: HTTP
  enableHttpServerPort: true
  enableReporting: true
  uiPathPrefix: /
  clustering: {enabled: false}
controller: {type: daemonset, replicas: 1}
configReloader: {enabled: true}
image: {registry: docker.io, repository: grafana/alloy}
serviceAccount: {create: true, automountServiceAccountToken: true}
rbac:
  create: true
  rules:
    - apiGroups: ["", discovery.k8s.io, networking.k8s.io]
      resources: [endpoints, endpointslices, ingresses, pods, services]
      verbs: [get, list, watch]
    - apiGroups: [""]
      resources: [pods/log, namespaces, events, configmaps, secrets]
      verbs: [get, list, watch]
    - apiGroups: [monitoring.coreos.com]
      resources: [prometheusrules, alertmanagerconfigs, podmonitors, servicemonitors, probes, scrapeconfigs]
      verbs: [get, list, watch]
    - apiGroups: [monitoring.grafana.com]
      resources: [podlogs]
      verbs: [get, list, watch]
    - apiGroups: [apps, extensions]
      resources: [replicasets]
      verbs: [get, list, watch]
  clusterRules:
    - apiGroups: [""]
      resources: [nodes, nodes/pods, nodes/metrics]
      verbs: [get, list, watch]
    - nonResourceURLs: [/metrics]
      verbs: [get]
`;

const CONTROLLERS: Readonly<Record<string, string>> = {
  daemonset: 'DaemonSet',
  deployment: 'Deployment',
  statefulset: 'StatefulSet',
};

/** Values for the chart alloy of Grafana: its configuration, or how it runs, tells. */
export function isAlloyChart(values: Node): boolean {
  const settings = mapAt(values, 'alloy');
  return (
    mapAt(settings, 'configMap') !== undefined ||
    (settings !== undefined && stringAt(values, 'controller', 'type')?.toLowerCase() !== undefined)
  );
}

export function alloyChart(values: Node, release: HelmRelease): readonly KubeObject[] {
  const chart = withDefaults(values, DEFAULTS, 'alloy', release);
  const { root } = chart;
  const settings = at(root, 'agent')
    ? overlaid(at(root, 'alloy') ?? root, at(root, 'agent') ?? root)
    : at(root, 'alloy');
  const kind = CONTROLLERS[textAt(root, 'controller', 'type') ?? ''];
  if (!kind || !settings) return [];
  const name = fullName(chart);
  const config = mapAt(settings, 'configMap');
  const configName = textAt(config, 'name') ?? name;
  const key = textAt(config, 'key') ?? 'config.alloy';
  const account = accountOf(chart, at(root, 'serviceAccount'), name);
  const pod = podOf(chart, settings, { account: account.name, configName, key });
  const template = map(chart.span, { metadata: metadataOf(chart), spec: pod });
  const spec = map(chart.span, { replicas: at(root, 'controller', 'replicas'), template });
  return [
    ...configMap(chart, config, configName, key),
    ...account.objects,
    ...(isSet(at(root, 'rbac', 'create')) ? accessOfChart(chart, name, account.name) : []),
    made_(chart, 'apps/v1', kind, name, { spec }),
  ];
}

/** Without a configuration of its own the chart runs an example, which writes nowhere. */
function configMap(chart: ChartValues, config: Node | undefined, name: string, key: string): readonly KubeObject[] {
  if (!isSet(at(config, 'create'))) return [];
  const content = scalarAt(config, 'content');
  const data = plainText(content) ?? unreadable(content?.span ?? chart.span);
  return [made_(chart, 'v1', 'ConfigMap', name, { data: map(data.span, { [key]: data }) })];
}

function accessOfChart(chart: ChartValues, name: string, account: ReturnType<typeof accountOf>['name']) {
  const { root, span } = chart;
  // Roles in namespaces instead of one for all are not examined; whoever wants them says so.
  if (isSet(at(root, 'rbac', 'namespaces'))) return [];
  const rules = [...itemsAt(root, 'rbac', 'rules'), ...itemsAt(root, 'rbac', 'clusterRules')];
  return accessOf(chart, name, account, list(span, rules));
}

function metadataOf({ root, span, release }: ChartValues): Node {
  const own = {
    'app.kubernetes.io/name': scalar(textAt(root, 'nameOverride') ?? 'alloy', span),
    'app.kubernetes.io/instance': scalar(release.name ?? '<release>', span),
  };
  const labels = overlaid(map(span, own), mapAt(root, 'controller', 'podLabels') ?? map(span, {}));
  return map(span, { labels, annotations: mapAt(root, 'controller', 'podAnnotations') });
}

interface Names {
  readonly account: ReturnType<typeof accountOf>['name'];
  readonly configName: string;
  readonly key: string;
}

function podOf({ root, span }: ChartValues, settings: Node, { account, configName, key }: Names): Node {
  const text = (value: string) => scalar(value, span);
  const word = (node: string) => textAt(settings, node) ?? '';
  const cluster = isSet(at(settings, 'clustering', 'enabled')) ? [text('--cluster.enabled=true')] : [];
  const port = isSet(at(settings, 'enableHttpServerPort'))
    ? [map(span, { name: text('http-metrics'), containerPort: scalarAt(settings, 'listenPort') })]
    : [];
  const more = itemsAt(settings, 'extraPorts').map((one) =>
    map(one.span, { name: at(one, 'name'), containerPort: at(one, 'targetPort'), protocol: at(one, 'protocol') }),
  );
  const node = (name: string) =>
    map(span, {
      name: text(name),
      valueFrom: map(span, { fieldRef: map(span, { fieldPath: text('spec.nodeName') }) }),
    });
  const isMounted = (name: string) => isSet(at(settings, 'mounts', name));
  const mount = (name: string, path: string) =>
    map(span, { name: text(name), mountPath: text(path), readOnly: scalar(true, span) });
  const volume = (name: string, path: string) =>
    map(span, { name: text(name), hostPath: map(span, { path: text(path) }) });
  const logs: readonly (readonly [string, string])[] = [
    ['varlog', '/var/log'],
    ['dockercontainers', '/var/lib/docker/containers'],
  ];
  const mounted = logs.filter(([name]) => isMounted(name));
  const container = map(span, {
    name: text('alloy'),
    image: imageOf(root, span),
    command: at(settings, 'command'),
    args: list(span, [
      text('run'),
      text(`/etc/alloy/${key}`),
      text(`--storage.path=${word('storagePath')}`),
      text(`--server.http.listen-addr=${word('listenAddr')}:${word('listenPort')}`),
      text(`--server.http.ui-path-prefix=${word('uiPathPrefix')}`),
      ...cluster,
      ...itemsAt(settings, 'extraArgs'),
    ]),
    env: list(span, [
      map(span, { name: text('ALLOY_DEPLOY_MODE'), value: text('helm') }),
      node('HOSTNAME'),
      node('K8S_NODE_NAME'),
      ...itemsAt(settings, 'extraEnv'),
    ]),
    envFrom: at(settings, 'envFrom'),
    ports: list(span, [...port, ...more]),
    readinessProbe:
      port.length === 0
        ? undefined
        : map(span, {
            httpGet: map(span, {
              path: text('/-/ready'),
              port: scalarAt(settings, 'listenPort'),
              scheme: scalarAt(settings, 'listenScheme'),
            }),
          }),
    resources: at(settings, 'resources'),
    securityContext: at(settings, 'securityContext'),
    volumeMounts: list(span, [
      map(span, { name: text('config'), mountPath: text('/etc/alloy') }),
      ...mounted.map(([name, path]) => mount(name, path)),
      ...itemsAt(settings, 'mounts', 'extra'),
    ]),
  });
  const config = map(span, { name: text('config'), mountPath: text('/etc/alloy') });
  const reloader = isSet(at(root, 'configReloader', 'enabled'))
    ? [map(span, { name: text('config-reloader'), volumeMounts: list(span, [config]) })]
    : [];
  return map(span, {
    serviceAccountName: account,
    hostNetwork: at(root, 'controller', 'hostNetwork'),
    nodeSelector: at(root, 'controller', 'nodeSelector'),
    securityContext: at(root, 'global', 'podSecurityContext'),
    initContainers: at(root, 'controller', 'initContainers'),
    containers: list(span, [container, ...reloader, ...itemsAt(root, 'controller', 'extraContainers')]),
    volumes: list(span, [
      map(span, { name: text('config'), configMap: map(span, { name: text(configName) }) }),
      ...mounted.map(([name, path]) => volume(name, path)),
      ...itemsAt(root, 'controller', 'volumes', 'extra'),
    ]),
  });
}

/** Without a tag it is that of the chart's version, which values do not tell. */
function imageOf(root: Node, span: Span): Node | undefined {
  const registry = textAt(root, 'global', 'image', 'registry') ?? textAt(root, 'image', 'registry');
  const [digest, tag] = [textAt(root, 'image', 'digest'), textAt(root, 'image', 'tag')];
  const version = digest ? `@${digest}` : tag && `:${tag}`;
  return version
    ? scalar(`${registry}/${textAt(root, 'image', 'repository')}${version}`, at(root, 'image')?.span ?? span)
    : undefined;
}

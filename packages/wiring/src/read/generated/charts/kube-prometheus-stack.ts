import type { KubeObject } from '../../../model';
import { type MapNode, MappedText, type Node, type Span } from '../../../text';
import { at, itemsAt, mapAt, scalarAt } from '../../access';
import { readYaml } from '../../yaml';
import { list, map, merged, scalar } from '../tree';
import {
  accessOf,
  accountOf,
  type ChartValues,
  fullName,
  type HelmRelease,
  isSet,
  made_,
  textAt,
  withDefaults,
} from './release';

const DEFAULTS = `global: {rbac: {create: true}}
prometheus:
  enabled: true
  serviceAccount: {create: true, automountServiceAccountToken: true}
  prometheusSpec:
    serviceMonitorSelectorNilUsesHelmValues: true
    podMonitorSelectorNilUsesHelmValues: true
    probeSelectorNilUsesHelmValues: true
    scrapeConfigSelectorNilUsesHelmValues: true
    ruleSelectorNilUsesHelmValues: true
`;

/** What the chart lets Prometheus read. */
const RULES = `- apiGroups: [""]
  resources: [nodes, nodes/metrics, services, endpoints, pods]
  verbs: [get, list, watch]
- apiGroups: [discovery.k8s.io]
  resources: [endpointslices]
  verbs: [get, list, watch]
- apiGroups: [networking.k8s.io]
  resources: [ingresses]
  verbs: [get, list, watch]
- nonResourceURLs: [/metrics, /metrics/cadvisor]
  verbs: [get]
`;

/** What the chart's Prometheus chooses by labels. */
const CHOSEN = ['serviceMonitor', 'podMonitor', 'probe', 'scrapeConfig', 'rule'];

/** Values for the chart kube-prometheus-stack of prometheus-community. */
export function isKubePrometheusStack(values: Node): boolean {
  return mapAt(values, 'prometheus', 'prometheusSpec') !== undefined;
}

/** The Prometheus that the chart declares, its account, and the monitors that its values bring along. */
export function kubePrometheusStack(values: Node, release: HelmRelease): readonly KubeObject[] {
  const chart = withDefaults(values, DEFAULTS, 'kube-prometheus-stack', release);
  const { root } = chart;
  const prometheus = mapAt(root, 'prometheus');
  const given = mapAt(prometheus, 'prometheusSpec');
  if (!given || !isSet(at(prometheus, 'enabled'))) return [];
  const name = `${fullName(chart, 26)}-prometheus`;
  const account = accountOf(chart, at(prometheus, 'serviceAccount'), name);
  const isAgent = isSet(at(prometheus, 'agentMode'));
  const own = isSet(at(root, 'cleanPrometheusOperatorObjectNames')) ? fullName(chart, 26) : name;
  const manager = `${fullName(chart, 26)}-alertmanager`;
  const hasManager = at(root, 'alertmanager', 'enabled') === undefined || isSet(at(root, 'alertmanager', 'enabled'));
  const spec = specOf(chart, given, account.name, hasManager ? manager : undefined);
  const [version, kind] = isAgent ? ['v1alpha1', 'PrometheusAgent'] : ['v1', 'Prometheus'];
  const rules = readYaml(MappedText.derived(RULES, chart.span)).documents.flatMap((document) => itemsAt(document));
  return [
    made_(chart, `monitoring.coreos.com/${version}`, kind, own, { spec }, given.span),
    ...account.objects,
    ...(isSet(at(root, 'global', 'rbac', 'create'))
      ? accessOf(
          chart,
          name,
          account.name,
          list(chart.span, [...rules, ...itemsAt(prometheus, 'additionalRulesForClusterRole')]),
        )
      : []),
    ...monitorsOf(chart, prometheus),
    ...rulesOf(chart),
    ...(hasManager
      ? [made_(chart, 'monitoring.coreos.com/v1', 'Alertmanager', manager, { spec: map(given.span, {}) }, given.span)]
      : []),
  ];
}

function specOf({ span, release }: ChartValues, given: MapNode, account: Node, manager: string | undefined): Node {
  const writes = [...itemsAt(given, 'remoteWrite'), ...itemsAt(given, 'additionalRemoteWrite')];
  const own: Record<string, Node | undefined> = {
    serviceAccountName: account,
    remoteWrite: writes.length > 0 ? list(at(given, 'remoteWrite')?.span ?? span, writes) : undefined,
    image: imageOf(given),
    additionalScrapeConfigs: jobsOf(given),
    alerting: alertingOf(span, given, manager),
  };
  for (const name of CHOSEN) {
    const chosen = mapAt(given, `${name}Selector`);
    const byRelease = isSet(at(given, `${name}SelectorNilUsesHelmValues`));
    const labels = map(span, { release: scalar(release.name ?? '<release>', span) });
    own[`${name}Selector`] = chosen && isSet(chosen) ? chosen : map(span, byRelease ? { matchLabels: labels } : {});
    own[`${name}NamespaceSelector`] = mapAt(given, `${name}NamespaceSelector`) ?? map(span, {});
  }
  return merged(given.span, given, map(span, own));
}

/** The Alertmanager of the chart, unless others are named. */
function alertingOf(span: Span, given: MapNode, manager: string | undefined): Node | undefined {
  const named = itemsAt(given, 'alertingEndpoints');
  if (named.length > 0) return map(span, { alertmanagers: list(span, named) });
  if (manager === undefined) return undefined;
  const one = map(span, { name: scalar(manager, span), port: scalar('http-web', span) });
  return map(span, { alertmanagers: list(span, [one]) });
}

function imageOf(given: Node): Node | undefined {
  const image = mapAt(given, 'image');
  const repository = textAt(image, 'repository');
  if (!image || !repository) return undefined;
  const tag = textAt(image, 'tag');
  return scalar(`${textAt(image, 'registry') ?? 'quay.io'}/${repository}${tag ? `:${tag}` : ''}`, image.span);
}

/** The chart puts these jobs into a Secret; here they stand in the open. */
function jobsOf(given: Node): Node | undefined {
  const jobs = at(given, 'additionalScrapeConfigs');
  if (jobs?.kind === 'scalar' && typeof jobs.value === 'string' && jobs.value !== '') {
    return readYaml(jobs.text()).documents[0];
  }
  if (jobs && isSet(jobs)) return jobs;
  const secret = mapAt(given, 'additionalScrapeConfigsSecret');
  return isSet(at(secret, 'enabled')) ? secret : undefined;
}

/** `additionalPrometheusRulesMap` and `additionalPrometheusRules`: groups by name. */
function rulesOf(chart: ChartValues): readonly KubeObject[] {
  const { root, span } = chart;
  const release = scalar(chart.release.name ?? '<release>', span);
  const made = (name: string, at_: Span, of: Node) => {
    const labels = merged(of.span, map(span, { release }), mapAt(root, 'commonLabels'), mapAt(of, 'additionalLabels'));
    const metadata = map(of.span, { name: scalar(name, at_), labels });
    const spec = map(of.span, { groups: at(of, 'groups') });
    return made_(chart, 'monitoring.coreos.com/v1', 'PrometheusRule', name, { metadata, spec }, at_);
  };
  const mapped = [...(mapAt(root, 'additionalPrometheusRulesMap')?.entries ?? [])];
  return [
    ...mapped.map(([name, { key, value }]) => made(name, key, value)),
    ...itemsAt(root, 'additionalPrometheusRules').flatMap((item) => {
      const name = scalarAt(item, 'name');
      return name ? [made(`${name.value}`, name.span, item)] : [];
    }),
  ];
}

/** `additionalServiceMonitors` and `additionalPodMonitors`, with the labels by which the chart's Prometheus finds them. */
function monitorsOf(chart: ChartValues, prometheus: Node | undefined): readonly KubeObject[] {
  const release = scalar(chart.release.name ?? '<release>', chart.span);
  const made = (kind: string, key: string) =>
    itemsAt(prometheus, key).flatMap((spec) => {
      const name = scalarAt(spec, 'name');
      if (!name || spec.kind !== 'map') return [];
      const labels = merged(
        spec.span,
        map(chart.span, { release }),
        mapAt(chart.root, 'commonLabels'),
        mapAt(spec, 'additionalLabels'),
      );
      const metadata = map(spec.span, { name, labels });
      return [made_(chart, 'monitoring.coreos.com/v1', kind, `${name.value}`, { metadata, spec }, name.span)];
    });
  return [...made('ServiceMonitor', 'additionalServiceMonitors'), ...made('PodMonitor', 'additionalPodMonitors')];
}

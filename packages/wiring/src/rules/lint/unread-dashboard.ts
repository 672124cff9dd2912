import { type Container, type KubeObject, labelOf, type World } from '../../model';
import { locatedMap } from '../../read/kubernetes';
import { example } from '../example';
import { DASHBOARDS } from '../examples/dashboards';
import type { LintRule } from './lint-rule';

const SIDECAR = `apiVersion: apps/v1
kind: Deployment
metadata: {name: grafana, namespace: observe}
spec:
  selector: {matchLabels: {app: grafana}}
  template:
    metadata: {labels: {app: grafana}}
    spec:
      containers:
        - name: dashboards
          image: quay.io/kiwigrid/k8s-sidecar:2.1.2
          env: [{name: LABEL, value: grafana_dashboard}, {name: FOLDER, value: /tmp/dashboards}]
---
apiVersion: v1
kind: ConfigMap
metadata: {name: board, namespace: observe, labels: {grafana_dashboard: "1"}}
data:
  till.json: '{"uid": "till", "title": "Till", "schemaVersion": 39, "panels": []}'
---
`;

export const unreadDashboard: LintRule = {
  id: 'dashboards/unread-config-map',
  severity: 'warning',
  summary: "a ConfigMap with a dashboard has not the label that Grafana's side-car looks for",
  why: 'the side-car reads what has its label and passes over the rest: the dashboard never comes into Grafana',
  help: 'give the ConfigMap the label that LABEL of the side-car names',
  example: example(
    { ...DASHBOARDS, 'grafana.yaml': `${SIDECAR}${DASHBOARDS['grafana.yaml']}` },
    { file: 'grafana.yaml', good: ', labels: {grafana_dashboard: "1"}}', bad: '}' },
  ),
  check: ({ world }) => {
    const labels = sidecarLabels(world);
    if (labels.size === 0) return [];
    const mounted = mountedIn(world);
    const seen = new Set<KubeObject>();
    return world.grafana.dashboards.flatMap(({ configMap, label }) => {
      if (!configMap || seen.has(configMap) || mounted.has(keyOf(configMap, configMap.name.value))) return [];
      seen.add(configMap);
      const own = locatedMap(configMap.node, 'metadata', 'labels');
      const annotated = locatedMap(configMap.node, 'metadata', 'annotations');
      if ([...labels.keys()].some((name) => own.has(name) || annotated.has(name))) return [];
      const [[name, container]] = labels;
      return [
        {
          subject: labelOf(configMap),
          message: `${labelOf(configMap)} holds ${label}, and has not the label ${name}`,
          span: configMap.name.span,
          related: [{ span: container.span, message: 'the side-car that looks for it runs here' }],
        },
      ];
    });
  },
};

/** Labels of the side-cars for dashboards, and who looks for them. */
function sidecarLabels({ cluster }: World): ReadonlyMap<string, Container> {
  const found = new Map<string, Container>();
  for (const { pod } of cluster.workloads) {
    for (const container of pod.containers.filter(({ image }) => /k8s-sidecar/.test(image?.value ?? ''))) {
      const label = container.env.find(({ name }) => name.value === 'LABEL')?.source;
      if (label?.kind === 'value' && /dashboard/.test(label.value)) found.set(label.value, container);
    }
  }
  return found;
}

/** ConfigMaps that a pod mounts: Grafana's files of provisioning may name the directory. */
function mountedIn({ cluster }: World): ReadonlySet<string> {
  return new Set(
    cluster.workloads.flatMap(({ object, pod }) =>
      pod.volumes.flatMap(({ configMaps }) => configMaps.map(({ name }) => keyOf(object, name.value))),
    ),
  );
}

function keyOf({ namespace }: KubeObject, name: string): string {
  return `${namespace?.value ?? ''}/${name}`;
}

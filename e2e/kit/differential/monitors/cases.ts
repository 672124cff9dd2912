import type { KubernetesObject } from '../../objects';
import type { Chance } from '../cases';

const LABELS = ['app', 'app.kubernetes.io/name', 'k8s-app', 'tier'];
const VALUES = ['web', 'db', 'a.b'];

export const MONITOR_NAMESPACES = ['shop', 'store'];

/** A monitor as somebody may write it, of those that every reader takes. */
export function monitorCase(number: number, random: Chance): KubernetesObject {
  const kind = random.pick(['PodMonitor', 'ServiceMonitor'] as const);
  const endpoints = Array.from({ length: 1 + random.below(2) }, () => endpoint(kind, random));
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind,
    metadata: { name: `monitor-${number}`, namespace: random.pick(MONITOR_NAMESPACES) },
    spec: {
      selector: selector(random),
      ...(kind === 'PodMonitor' ? { podMetricsEndpoints: endpoints } : { endpoints }),
      ...given(random, 0.4, () => ({ jobLabel: random.pick(LABELS) })),
      ...given(random, 0.5, () => ({
        namespaceSelector: random.pick<object>([{ any: true }, { matchNames: ['shop', 'other'] }, {}]),
      })),
      ...given(random, 0.3, () => ({ podTargetLabels: random.some(LABELS, 2, 1) })),
      ...(kind === 'ServiceMonitor' && given(random, 0.3, () => ({ targetLabels: random.some(LABELS, 2, 1) }))),
      ...given(random, 0.2, () => ({ attachMetadata: { node: random.maybe(0.5) } })),
    },
  };
}

function given<T extends object>(random: Chance, chance: number, make: () => T): T | object {
  return random.maybe(chance) ? make() : {};
}

function selector(random: Chance): object {
  const labels = random.subset(LABELS, 0.4).map((label) => [label, random.pick(VALUES)]);
  const expressions = random.subset(LABELS, 0.2).map((key) => {
    const operator = random.pick(['In', 'NotIn', 'Exists', 'DoesNotExist']);
    return { key, operator, ...(operator.endsWith('In') && { values: random.some(VALUES, 2, 1) }) };
  });
  return { matchLabels: Object.fromEntries(labels), ...(expressions.length > 0 && { matchExpressions: expressions }) };
}

function endpoint(kind: 'PodMonitor' | 'ServiceMonitor', random: Chance): object {
  return {
    ...given(random, 0.5, () => ({ port: random.pick(['http', 'metrics']) })),
    ...(kind === 'PodMonitor' && given(random, 0.3, () => ({ portNumber: random.pick([8080, 9090]) }))),
    ...given(random, 0.3, () => ({ targetPort: random.pick<string | number>(['web', 8081]) })),
    ...given(random, 0.3, () => ({ path: random.pick(['/m', '/stats/prometheus']) })),
    ...given(random, 0.3, () => ({ scheme: random.pick(['http', 'https']) })),
    ...given(random, 0.2, () => ({ honorLabels: random.maybe(0.5) })),
    ...given(random, 0.3, () => ({ filterRunning: random.maybe(0.5) })),
    ...given(random, 0.2, () => ({ params: { collect: ['cpu', 'disk'] } })),
    ...given(random, 0.5, () => ({ relabelings: rules(random) })),
    ...given(random, 0.5, () => ({ metricRelabelings: rules(random) })),
  };
}

function rules(random: Chance): object[] {
  return Array.from({ length: random.below(3) }, () =>
    random.maybe(0.2)
      ? { action: 'labeldrop', regex: 'tmp_.*' }
      : {
          sourceLabels: random.some(['__meta_kubernetes_pod_name', 'job', '__name__'], 2, 1),
          targetLabel: random.pick(['x', '__address__']),
          ...given(random, 0.6, () => ({ regex: random.pick(['(.+)', 'a|b']) })),
          ...given(random, 0.5, () => ({ replacement: random.pick(['$1', 'v']) })),
          ...given(random, 0.2, () => ({ separator: random.pick([';', '/']) })),
          ...given(random, 0.5, () => ({ action: random.pick(['replace', 'Replace']) })),
        },
  );
}

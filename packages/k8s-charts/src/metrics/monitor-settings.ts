import { checked, DNS_LABEL, invalid } from '../core/check';
import type { PrometheusMonitors } from './prometheus-monitors';

/** The same, checked and with its defaults. */
export interface MonitorSettings {
  /** Sorted; empty for all. */
  readonly namespaces: string[];
  readonly matchLabels: Record<string, string>;
  readonly podMonitors: boolean;
  readonly serviceMonitors: boolean;
}

export function monitorSettings(struct: string, monitors: PrometheusMonitors): MonitorSettings {
  const { podMonitors = true, serviceMonitors = true, namespaces, matchLabels = {} } = monitors;
  if (!podMonitors && !serviceMonitors) {
    throw invalid(`${struct}.monitors`, monitors, 'one kind of monitors or both', 'Leave the prop out to follow none.');
  }
  if (namespaces?.length === 0) {
    throw invalid(
      `${struct}.monitors.namespaces`,
      [],
      'one namespace or more',
      'Leave the prop out to look at all namespaces.',
    );
  }
  for (const namespace of namespaces ?? []) {
    checked(`${struct}.monitors.namespaces`, namespace, DNS_LABEL);
  }
  return { podMonitors, serviceMonitors, matchLabels, namespaces: [...new Set(namespaces)].sort() };
}

/** What has to be read to turn monitors into targets. */
export function monitorRules({ podMonitors, serviceMonitors }: MonitorSettings) {
  const verbs = ['get', 'list', 'watch'];
  const kinds = [...(podMonitors ? ['podmonitors'] : []), ...(serviceMonitors ? ['servicemonitors'] : [])];
  return [
    ...(serviceMonitors
      ? [
          { apiGroups: [''], resources: ['services', 'endpoints'], verbs },
          { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs },
        ]
      : []),
    { apiGroups: ['monitoring.coreos.com'], resources: kinds, verbs },
  ];
}

import type { Chance } from '../cases';
import { NAMESPACES } from './workloads';

/** A scrape job, as Prometheus's YAML has it. */
export type Job = Readonly<Record<string, unknown>> & {
  readonly job_name: string;
  readonly kubernetes_sd_configs: readonly object[];
};

export const ROLES = ['pod', 'endpoints', 'endpointslice', 'service', 'node'] as const;

/** One job for each role, which keeps nothing: what is found at all, before those that look the same become one. */
export const plainJobs: readonly Job[] = ROLES.map((role) => ({
  job_name: `all-${role}`,
  kubernetes_sd_configs: [{ role }],
  relabel_configs: [{ source_labels: ['__address__'], regex: '.+', action: 'drop' }],
}));

const M = '__meta_kubernetes_';
const ADDRESS = '([^:]+)(?::\\d+)?;(\\d+)';

/** Rules that people write, for targets of pods and of their Services. */
function rules(prefix: 'pod' | 'service'): readonly object[] {
  const note = (name: string) => `${M}${prefix}_annotation_prometheus_io_${name}`;
  return [
    { source_labels: [note('scrape')], action: 'keep', regex: 'true' },
    { source_labels: [note('scrape')], action: 'drop', regex: 'false' },
    { source_labels: [note('scrape')], action: 'drop', regex: '(?i)true|^$' },
    { source_labels: [note('path')], action: 'replace', target_label: '__metrics_path__', regex: '(.+)' },
    { source_labels: [note('path')], target_label: '__metrics_path__' },
    { source_labels: [note('scheme')], action: 'replace', target_label: '__scheme__', regex: '(https?)' },
    { source_labels: ['__address__', note('port')], target_label: '__address__', regex: ADDRESS, replacement: '$1:$2' },
    {
      source_labels: [`${M}pod_ip`, note('port')],
      target_label: '__address__',
      regex: '(.+);(\\d+)',
      replacement: '$1:$2',
    },
    { source_labels: [`${M}pod_container_port_name`], action: 'keep', regex: 'metrics|http-metrics' },
    { source_labels: [`${M}pod_container_port_name`], action: 'drop', regex: '' },
    { source_labels: [`${M}pod_container_port_number`], action: 'drop', regex: '443|8443' },
    { source_labels: [`${M}pod_container_port_protocol`], action: 'keep', regex: 'TCP' },
    { source_labels: [`${M}pod_container_init`], action: 'drop', regex: 'true' },
    { source_labels: [`${M}pod_container_init`], action: 'keep', regex: 'false' },
    { source_labels: [`${M}pod_container_name`], action: 'keep', regex: 'c0|c1' },
    { source_labels: [`${M}pod_phase`], action: 'drop', regex: 'Pending|Succeeded|Failed|Completed' },
    { source_labels: [`${M}pod_ready`], action: 'keep', regex: 'true' },
    { source_labels: [`${M}pod_controller_kind`], action: 'drop', regex: 'DaemonSet|StatefulSet' },
    { source_labels: [`${M}namespace`], action: 'keep', regex: 'shop' },
    { source_labels: [`${M}namespace`], action: 'drop', regex: 'ops' },
    { source_labels: [`${M}${prefix}_label_app`], action: 'keep', regex: 'web|api' },
    { source_labels: [`${M}${prefix}_label_app_kubernetes_io_name`], action: 'keep', regex: '.+' },
    { source_labels: [`${M}${prefix}_labelpresent_tier`], action: 'keep', regex: 'true' },
    { source_labels: [`${M}${prefix}_label_app`, `${M}${prefix}_label_tier`], action: 'drop', regex: 'web;.*' },
    { action: 'labelmap', regex: `${M}${prefix}_label_(.+)` },
    { source_labels: [`${M}namespace`, `${M}pod_name`], separator: '/', target_label: 'where' },
    { source_labels: [`${M}service_name`], action: 'drop', regex: '.*-1' },
    { source_labels: [`${M}endpoint_port_name`], action: 'keep', regex: 'p-0' },
    { source_labels: [`${M}endpointslice_port_name`], action: 'keep', regex: 'p-0|' },
    { source_labels: [`${M}endpoint_ready`], action: 'drop', regex: 'false' },
    { source_labels: ['__address__'], action: 'drop', regex: '.*:9090' },
    { source_labels: [`${M}pod_host_ip`], target_label: '__address__', regex: '(.+)', replacement: '$1:9100' },
    { target_label: '__metrics_path__', replacement: '/federate' },
  ];
}

/** A job as people write them: some rules of the usual ones, some namespaces, some selectors. */
export function jobCase(number: number, random: Chance): Job {
  const role = random.pick(['pod', 'pod', 'endpoints', 'endpointslice'] as const);
  const usual = [...rules('pod'), ...(role === 'pod' ? [] : rules('service'))];
  return {
    job_name: `job-${number}`,
    ...(random.maybe(0.2) && { metrics_path: random.pick(['/other', '/metrics']) }),
    ...(random.maybe(0.2) && { scheme: 'https' }),
    kubernetes_sd_configs: [
      {
        role,
        ...(random.maybe(0.2) && { namespaces: { names: random.some(NAMESPACES, 2, 1) } }),
        ...(role === 'pod' && random.maybe(0.25) && { selectors: [{ role: 'pod', label: selector(random) }] }),
      },
    ],
    relabel_configs: random.some(usual, 5),
  };
}

function selector(random: Chance): string {
  return random.pick([
    'app=web',
    'app==web,tier',
    'app!=web',
    'tier notin (web,api)',
    'app in (web, api),!team-name',
    'app.kubernetes.io/name',
    '!tier',
    'Version=1',
  ]);
}

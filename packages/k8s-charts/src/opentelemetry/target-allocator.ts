import { Size } from 'cdk8s';
import { Construct } from 'constructs';
import type { INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import { LINUX } from '../collector-parts/pod-template';
import { AwsIdentity } from '../core/aws-identity';
import { lockedDown, resourceRequirements, unprivilegedUser } from '../core/container-parts';
import { tcp, toNames, toServices } from '../core/egress';
import { addObject } from '../core/manifest';
import { type AccountRule, addAccount } from '../core/rbac';
import type { CollectorSettings } from '../metrics/collector-settings';
import { DROP_TARGET_INFO, keepRules } from '../metrics/metric-rules';
import { type MonitorSettings, monitorRules } from '../metrics/monitor-settings';
import { operatedSelector } from './operated';
import type { MonitorDiscovery, TargetAllocator } from './types';

/** Port at which it tells collectors their targets. */
const HTTP_PORT = 8080;

/** User `nobody`: the image names none of its own. */
const NOBODY = 65534;

export interface TargetAllocatorOptions {
  readonly settings: CollectorSettings;
  readonly monitors?: MonitorSettings;
  readonly image?: string;
  readonly imagePullSecrets?: string[];
}

/** The operator's name for its Deployment, its Service and what else it makes. */
function allocatorName({ name }: CollectorSettings): string {
  return `${name}-targetallocator`;
}

export function targetAllocator({ settings, monitors, image }: TargetAllocatorOptions): TargetAllocator {
  return {
    enabled: true,
    ...(image === undefined ? {} : { image }),
    serviceAccount: allocatorName(settings),
    // When a collector comes or goes, few targets change hands.
    allocationStrategy: 'consistent-hashing',
    filterStrategy: 'relabel-config',
    ...(monitors === undefined ? {} : { prometheusCR: monitorDiscovery(settings, monitors) }),
    nodeSelector: LINUX,
    podSecurityContext: unprivilegedUser(NOBODY),
    securityContext: lockedDown(),
    resources: resourceRequirements(undefined, {
      cpuRequest: '50m',
      memoryRequest: Size.mebibytes(128),
      memoryLimit: Size.mebibytes(256),
    }),
  };
}

/** How often and which series, unless a monitor says it, is that of the pods. */
function monitorDiscovery({ jobs }: CollectorSettings, monitors: MonitorSettings): MonitorDiscovery {
  const [pods] = jobs;
  const selector = { matchLabels: monitors.matchLabels };
  return {
    enabled: true,
    scrapeInterval: `${pods?.settings.intervalSeconds ?? 60}s`,
    ...(monitors.namespaces.length === 0 ? {} : { allowNamespaces: monitors.namespaces }),
    ...(monitors.podMonitors ? { podMonitorSelector: selector } : {}),
    ...(monitors.serviceMonitors ? { serviceMonitorSelector: selector } : {}),
    // Any namespace that it may look at. Without them it would look at its own alone.
    podMonitorNamespaceSelector: {},
    serviceMonitorNamespaceSelector: {},
    scrapeClasses: [
      {
        name: 'default',
        default: true,
        metricRelabelings: [DROP_TARGET_INFO, ...keepRules(pods?.keep)],
      },
    ],
  };
}

/** What the collectors need not read any more, because the allocator does. */
export function addAllocatorAccount(scope: Construct, options: TargetAllocatorOptions): void {
  const { settings, monitors, imagePullSecrets } = options;
  const { namespace, labels } = settings;
  const verbs = ['get', 'list', 'watch'];
  addAccount(new Construct(scope, 'target-allocator'), {
    name: allocatorName(settings),
    namespace,
    labels: labels.all,
    // It does not call AWS.
    identity: AwsIdentity.podIdentity(),
    imagePullSecrets,
    // The operator leaves this to the account.
    automountToken: true,
    rules: [
      ...settings.rules.filter((rule) => !isScraping(rule)),
      ...(monitors ? [{ apiGroups: [''], resources: ['namespaces'], verbs }, ...monitorRules(monitors)] : []),
    ],
  });
}

/** What is read while scraping, which collectors do, and not while discovering. */
export function isScraping(rule: AccountRule): boolean {
  return rule.resources.includes('nodes/metrics');
}

/** It is asked by the collectors, and asks the API server. */
export function addAllocatorNetworkPolicy(scope: Construct, settings: CollectorSettings): void {
  const { namespace, labels } = settings;
  addObject(scope, 'allocator-network-policy', {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: allocatorName(settings), namespace, labels: labels.all },
    spec: {
      ...allocatorPods(settings),
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ from: [{ podSelector: { matchLabels: operatedSelector({ settings }) } }], ports: [tcp(HTTP_PORT)] }],
      egress: [toNames(), toServices()],
    },
  } satisfies INetworkPolicy);
}

/** What lets collectors ask it. */
export function toAllocator(settings: CollectorSettings) {
  return { to: [allocatorPods(settings)], ports: [tcp(HTTP_PORT)] };
}

function allocatorPods({ labels }: CollectorSettings) {
  const component = { 'app.kubernetes.io/component': 'opentelemetry-targetallocator' };
  return { podSelector: { matchLabels: { ...labels.selector, ...component } } };
}

import { checked, checkedInteger, DNS_LABEL, DNS_SUBDOMAIN, invalid } from '../core/check';
import { componentImage } from '../core/container-image';
import { checkReadableFrom } from '../core/environment';
import { type ComponentLabels, componentLabels } from '../core/labels';
import type { AccountRule } from '../core/rbac';
import { keepExpression } from './metric-names';
import type { MetricsCollectorProps } from './metrics-collector';
import type { MetricsSource } from './metrics-source';
import { PodDiscovery } from './pod-discovery';
import { copiesTopology, type Topology } from './replicas';
import { podJob, type ScrapeJob } from './scrape-job';

/** Props of any collector, checked and with their defaults. */
export interface CollectorSettings {
  readonly name: string;
  readonly namespace: string;
  readonly serviceAccountName: string;
  readonly configMapName: string;
  readonly image: string;
  readonly labels: ComponentLabels;
  readonly discovery: PodDiscovery;
  readonly jobs: ScrapeJob[];
  readonly topology: Topology;
  /** What the account must be allowed to read. */
  readonly rules: AccountRule[];
}

/** What a collector is when its props say nothing else. */
export interface CollectorDefaults {
  /** Name of the props' type, for error messages. */
  readonly struct: string;
  readonly name: string;
  readonly image: string;
  /** How many pods, where that is not decided by `highAvailability` alone. */
  readonly topology?: Topology;
  /** Each pod looks at its own node alone. */
  readonly ownNode?: boolean;
}

export function collectorSettings(defaults: CollectorDefaults, props: MetricsCollectorProps): CollectorSettings {
  const { struct, name: defaultName, ownNode } = defaults;
  const name = checked(`${struct}.name`, props.name ?? defaultName, DNS_LABEL);
  const namespace = checked(`${struct}.namespace`, props.namespace, DNS_LABEL);
  const { clusterName, remoteWrite } = props;
  checkReadableFrom(namespace, `${struct}.clusterName`, clusterName);
  checkReadableFrom(namespace, `${struct}.remoteWrite.region`, remoteWrite.region);
  checkReadableFrom(namespace, `${struct}.remoteWrite.workspaceId`, remoteWrite.workspaceId);
  const discovery = props.discovery ?? PodDiscovery.annotations();
  const keep = keepExpression(`${struct}.keepMetrics`, props.keepMetrics);
  const scrape = scrapeSettings(struct, props);
  const jobs = [
    podJob(discovery, scrape, keep),
    ...distinct(struct, props.sources ?? []).map((source) => source._job(scrape)),
  ].map((job) => (ownNode ? { ...job, ownNode } : job));
  return {
    name,
    namespace,
    serviceAccountName: checked(`${struct}.serviceAccountName`, props.serviceAccountName ?? name, DNS_SUBDOMAIN),
    configMapName: `${name}-config`,
    image: componentImage(struct, defaults.image, props),
    labels: componentLabels(name, 'metrics-collector', props.labels),
    discovery,
    jobs,
    topology: defaults.topology ?? copiesTopology(props.highAvailability),
    rules: accountRules(jobs),
  };
}

/** Discovery lists and watches. A kubelet asks the API server whether the account may `get` the metrics of its node. */
function accountRules(jobs: ScrapeJob[]): AccountRule[] {
  const pods = { apiGroups: [''], resources: ['pods'], verbs: READ };
  const nodes = { apiGroups: [''], resources: ['nodes'], verbs: READ };
  const metrics = { apiGroups: [''], resources: ['nodes/metrics'], verbs: ['get'] };
  return [
    pods,
    ...(jobs.some((job) => job.role === 'node') ? [nodes] : []),
    ...(jobs.some((job) => job.kubelet) ? [metrics] : []),
  ];
}

const READ = ['get', 'list', 'watch'];

/** Two jobs of one name would be two components of one name, and every sample would come twice. */
function distinct(struct: string, sources: MetricsSource[]): MetricsSource[] {
  const jobs = sources.map(({ job }) => job);
  const twice = jobs.find((job, index) => jobs.indexOf(job) !== index);
  if (twice !== undefined) {
    throw invalid(`${struct}.sources`, twice, 'each source once', 'Remove the second one.');
  }
  return sources;
}

function scrapeSettings(struct: string, props: MetricsCollectorProps) {
  const intervalSeconds = checkedInteger(
    `${struct}.scrapeInterval (seconds)`,
    props.scrapeInterval?.toSeconds() ?? 60,
    1,
    300,
    'Queries take a series for ended after five minutes without a sample; 15 to 60 seconds are usual.',
  );
  const timeoutSeconds = props.scrapeTimeout?.toSeconds() ?? Math.min(10, intervalSeconds);
  if (timeoutSeconds < 1 || timeoutSeconds > intervalSeconds) {
    throw invalid(
      `${struct}.scrapeTimeout (seconds)`,
      timeoutSeconds,
      `1 to the scrape interval, ${intervalSeconds}`,
      'Lower scrapeTimeout or raise scrapeInterval.',
    );
  }
  const sampleLimit =
    props.sampleLimit === undefined
      ? undefined
      : checkedInteger(
          `${struct}.sampleLimit`,
          props.sampleLimit,
          1,
          10_000_000,
          'Leave the prop out for no limit; a limit below what a target serves fails every scrape of it.',
        );
  return { intervalSeconds, timeoutSeconds, sampleLimit };
}

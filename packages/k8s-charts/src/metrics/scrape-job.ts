import { annotationRules } from './annotation-rules';
import { metricRules } from './metric-rules';
import type { PodDiscovery } from './pod-discovery';
import type { RelabelRule } from './relabel-rule';

/** One scrape job, before it is written in the language of a collector. */
export interface ScrapeJob {
  /** Label of components in languages that have them; an identifier. */
  readonly id: string;
  /** Value of the label `job`. */
  readonly name: string;
  readonly role: 'pod' | 'node';
  /** Empty: all namespaces. */
  readonly namespaces: string[];
  /** From what was discovered to what is scraped. */
  readonly rules: RelabelRule[];
  /** Regular expression of the metric names that are kept. */
  readonly keep?: string;
  /** What is done to every series that was scraped. */
  readonly metricRules: RelabelRule[];
  /** Labels of the scraped series win over those of the target. */
  readonly honorLabels?: boolean;
  /** Samples get the time of the scrape. */
  readonly ignoreTimestamps?: boolean;
  /** The targets are kubelets: they want the token of the account, and their certificate is from the cluster's own authority. */
  readonly kubelet?: boolean;
  /** Only what is on the collector's own node, which a variable names. */
  readonly ownNode?: boolean;
  readonly settings: ScrapeSettings;
}

export interface ScrapeSettings {
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly sampleLimit?: number;
}

/** The job of the pods that ask to be scraped. */
export function podJob(discovery: PodDiscovery, settings: ScrapeSettings, keep: string | undefined): ScrapeJob {
  return {
    id: 'pods',
    name: 'kubernetes-pods',
    role: 'pod',
    namespaces: discovery.namespaces,
    rules: annotationRules(discovery.defaultPort),
    keep,
    metricRules: metricRules(keep),
    settings,
  };
}

/** Where a pod finds its service account. */
export const ACCOUNT_TOKEN = '/var/run/secrets/kubernetes.io/serviceaccount/token';
export const CLUSTER_AUTHORITY = '/var/run/secrets/kubernetes.io/serviceaccount/ca.crt';

/** The variable with the name of the node that the pod is on. */
export const NODE_VARIABLE = 'NODE_NAME';

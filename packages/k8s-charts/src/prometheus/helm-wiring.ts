import { type Data, pick } from '../core/overrides';
import { guardedVariables, nameResolution, roleAnnotations } from '../core/workload-wiring';
import { REPLICA_VARIABLE } from '../metrics/replicas';
import { CLUSTER_VARIABLE } from './config';
import type { ChartForm } from './helm-chart';

/** What joins a release of the chart to other objects: its names, its account and rights, what it scrapes and where it writes to. */
export function helmWiring({ namedJobs }: ChartForm) {
  return (values: Data): { [what: string]: Data } => {
    const server = pick(values, 'server');
    const files = pick(values, 'serverFiles', 'prometheus.yml');
    return {
      names: [pick(values, 'forceNamespace'), pick(server, 'fullnameOverride'), pick(server, 'name')],
      'label app': pick(server, 'podLabels', 'app'),
      'service account': [
        pick(values, 'serviceAccounts'),
        pick(values, 'rbac'),
        pick(server, 'automountServiceAccountToken'),
      ],
      'remote write': pick(server, 'remoteWrite'),
      'external labels': pick(server, 'global', 'external_labels'),
      'scrape jobs': namedJobs ? pick(values, 'scrapeConfigs') : pick(files, 'scrape_configs'),
      configuration: [
        pick(server, 'configPath'),
        pick(server, 'configMapOverrideName'),
        pick(server, 'configFromSecret'),
        pick(server, 'command'),
        pick(server, 'defaultFlagsOverride'),
        pick(server, 'podAnnotations', 'checksum/config'),
      ],
      replicas: [
        pick(server, 'replicaCount'),
        pick(server, 'statefulSet', 'enabled'),
        pick(server, 'daemonSet', 'enabled'),
      ],
      'annotations about the role': roleAnnotations(pick(server, 'podAnnotations')),
      'name resolution': nameResolution(server, 'dnsConfig'),
      ...guardedVariables(server, [CLUSTER_VARIABLE, REPLICA_VARIABLE]),
    };
  };
}

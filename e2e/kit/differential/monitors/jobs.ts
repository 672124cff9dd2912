import { type MonitorMaker, monitorJobs } from '@eks-sightline/wiring/lib/read/generated/monitors';
import { readKubeObjects } from '@eks-sightline/wiring/lib/read/kubernetes';
import { readYaml } from '@eks-sightline/wiring/lib/read/yaml';
import { MappedText, SourceText } from '@eks-sightline/wiring/lib/text';
import { stringify } from 'yaml';
import type { KubernetesObject } from '../../objects';
import { plain } from '../../wiring';

/** A job of a configuration of Prometheus, as far as the wiring looks at it. */
export interface Job {
  readonly job_name: string;
  readonly metrics_path?: string;
  readonly scheme?: string;
  readonly params?: object;
  readonly kubernetes_sd_configs: readonly {
    readonly role: string;
    readonly namespaces?: { readonly names?: readonly string[]; readonly own_namespace?: boolean };
    readonly attach_metadata?: { readonly node?: boolean };
  }[];
  readonly relabel_configs?: readonly Rule[];
  readonly metric_relabel_configs?: readonly Rule[] | null;
}

/** In the spelling of Prometheus, or in that of a monitor. */
interface Rule {
  readonly [key: string]: unknown;
}

/** What we make of a monitor. */
export function ourJobs(monitor: KubernetesObject, maker: Partial<MonitorMaker>): Job[] {
  const text = MappedText.whole(new SourceText('monitor.yaml', stringify(monitor)));
  const whole: MonitorMaker = {
    dialect: 'operator',
    endpoints: 'endpoints',
    podTargetLabels: [],
    ignoresNamespaces: false,
    scrapeClasses: [],
    ...maker,
  };
  const objects = readYaml(text).documents.flatMap(readKubeObjects);
  return objects.flatMap((object) => monitorJobs(object, whole)).map(({ node }) => plain(node) as Job);
}

/** The same text for jobs that do the same: what is left out has its default, and rules are spelt as Prometheus spells them. */
export function comparable(job: Job): string {
  const [sd] = job.kubernetes_sd_configs;
  return JSON.stringify(
    {
      name: job.job_name,
      path: job.metrics_path || '/metrics',
      scheme: job.scheme || 'http',
      params: job.params ?? {},
      role: sd?.role,
      namespaces: sd?.namespaces?.names ?? [],
      node: sd?.attach_metadata?.node ?? false,
      rules: (job.relabel_configs ?? []).map(rule).filter((one) => !one.includes('__tmp_hash')),
      samples: (job.metric_relabel_configs ?? []).map(rule),
    },
    undefined,
    1,
  );
}

function rule(given: Rule): string {
  const text = (key: string, other: string, fallback: string) => `${given[key] ?? given[other] ?? fallback}`;
  const replacement = text('replacement', '', '$1').replaceAll('${1}', '$1');
  const action = text('action', '', 'replace').toLowerCase();
  const isOfNames = action.startsWith('label');
  return [
    action,
    ((given.source_labels ?? given.sourceLabels ?? []) as string[]).join(','),
    isOfNames ? '' : text('separator', '', ';'),
    text('regex', '', '(.*)'),
    text('target_label', 'targetLabel', ''),
    // Prometheus keeps the default where it has no use for it.
    ['keep', 'drop', 'lowercase', 'uppercase'].includes(action) || isOfNames ? '' : replacement,
  ].join(' | ');
}

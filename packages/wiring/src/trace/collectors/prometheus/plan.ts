import { labelOf, type Missing } from '../../../model';
import { at, itemsAt } from '../../../read/access';
import type { Node } from '../../../text';
import type { Environment } from '../../environment';
import { configuration } from '../configuration';
import type { Collector } from '../find';
import type { MetricsPlan } from '../metrics-plan';
import { refusal } from './accepted';
import { expandedBy, externalLabels } from './external-labels';
import { scrapeJobs } from './jobs';
import { fileGaps, remoteWrites } from './remote-write';
import { asWritten, Settings } from './settings';
import { throughProxy } from './sigv4-proxy';

/** What a Prometheus scrapes and where it writes, be it a server or an agent. */
export function prometheusPlan(collector: Collector, environment: Environment): MetricsPlan {
  const { root, gaps, broken } = configuration(collector, 'Prometheus');
  if (!root) return { program: 'Prometheus', sinks: [], pipelines: [], gaps, ...(broken && { broken }) };
  const plan = planOf(root, collector, environment);
  const sinks = plan.sinks.map((sink) => throughProxy(sink, collector, environment));
  const fault = broken ?? refusal(root, collector);
  // What values of a chart leave out may be set where the chart is installed.
  const isPartial =
    collector.workload.object.values !== undefined && itemsAt(root, 'remote_write').length > sinks.length;
  const elsewhere = isPartial
    ? [{ kind: 'value', what: 'the URL of a remote write, which these values do not say' }]
    : [];
  return { ...plan, sinks, gaps: [...gaps, ...elsewhere, ...plan.gaps], ...(fault && { broken: fault }) };
}

function planOf(root: Node, collector: Collector, environment: Environment): MetricsPlan {
  const settings = new Settings(asWritten);
  const labels = externalLabels(at(root, 'global', 'external_labels'), settings, expandedBy(environment, collector));
  const sinks = remoteWrites(itemsAt(root, 'remote_write'), settings).map((sink) => ({
    ...sink,
    externalLabels: labels,
    feeds: pushed(collector),
  }));
  const own: readonly Missing[] =
    sinks.length > 0
      ? []
      : [{ kind: 'not-examined', what: 'not examined by this version: a Prometheus that keeps its samples itself' }];
  const pipelines = scrapeJobs(itemsAt(root, 'scrape_configs'), {
    settings,
    prefix: 'job',
    routes: (rules) => sinks.map(({ component }) => ({ sink: component, rules })),
    gaps: own,
  });
  return { program: 'Prometheus', sinks, pipelines, gaps: [...own, ...fileGaps(root, settings)] };
}

const RECEIVES = /^--(?:web\.enable-(?:remote-write|otlp)-receiver|enable-feature=.*(?:remote|otlp)-write-receiver)/;

/** Samples that others push to a Prometheus go on to where it writes. */
export function pushed({ container, workload }: Collector): readonly Missing[] {
  const flag = container.arguments.find(({ value }) => RECEIVES.test(value));
  return flag ? [{ kind: 'not-examined', what: `what others push to ${labelOf(workload.object)}` }] : [];
}

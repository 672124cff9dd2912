import { type KubeObject, known, labelOf, type Missing, textOf, unknown, type Value, type World } from '../../../model';
import { at, itemsAt, mapAt } from '../../../read/access';
import type { Node } from '../../../text';
import type { Environment } from '../../environment';
import type { Collector } from '../find';
import type { MetricsPlan, MetricsSink, Signing } from '../metrics-plan';
import { filtersOf, isUnmanaged, makerOf, operatorOf } from '../monitors/operator';
import { monitorPipelines } from '../monitors/pipelines';
import type { Route } from '../scrape-plan';
import { externalLabels } from './external-labels';
import { scrapeJobs } from './jobs';
import { relabelRules } from './rules';
import { asWritten, Settings } from './settings';

const OTHER_AUTH = ['basicAuth', 'authorization', 'oauth2', 'azureAd', 'bearerToken', 'bearerTokenFile'];

/** Where a Prometheus of the operator writes, and what it scrapes by the monitors that it chooses. */
export function operatedPlan({ workload }: Collector, _: Environment, world: World): MetricsPlan {
  const { object } = workload;
  const spec = object.inline?.node;
  const settings = new Settings(asWritten);
  const labels = externalLabelsOf(object, spec, settings);
  const isPushedTo = ['enableRemoteWriteReceiver', 'enableOTLPReceiver'].some((key) => settings.isTrue(spec, key));
  const feeds = isPushedTo ? [{ kind: 'not-examined', what: `what others push to ${labelOf(object)}` }] : [];
  const sinks = itemsAt(spec, 'remoteWrite').flatMap(
    (node, index) => sinkOf(node, index, { labels, feeds }, settings) ?? [],
  );
  const open = gapsOf(spec, object.name.value, object.values?.chart);
  const place = { who: labelOf(object), span: object.name.span, ...(object.namespace && { own: object.namespace }) };
  const account = operatorOf(world);
  const routes = (rules: Route['rules']) => sinks.map(({ component }) => ({ sink: component, rules }));
  // Of a chart's values they are known; in the cluster they stand in a Secret.
  const jobs = scrapeJobs(itemsAt(spec, 'additionalScrapeConfigs'), { settings, prefix: 'job', routes, gaps: [] });
  const { pipelines, ignored } = monitorPipelines(
    {
      maker: makerOf(spec),
      filters: isUnmanaged(spec) ? {} : filtersOf(spec, place),
      prefix: 'job',
      routes,
      gaps: [],
      ...(account && { account }),
    },
    world,
  );
  const who = labelOf(object);
  const isEmpty = jobs.length + pipelines.length + ignored.length + open.length === 0;
  const none: Missing = { kind: 'object', what: `the monitors that ${who} chooses: none of them is in the input` };
  return { program: 'Prometheus', sinks, pipelines: [...jobs, ...pipelines], gaps: isEmpty ? [none] : open, ignored };
}

/** The operator gives every sample the name of its Prometheus, and of the replica that sends it. */
function externalLabelsOf(object: KubeObject, spec: Node | undefined, settings: Settings): ReadonlyMap<string, Value> {
  const labels = new Map<string, Value>();
  const own = settings.text(spec, 'prometheusExternalLabelName') ?? 'prometheus';
  const replica = settings.text(spec, 'replicaExternalLabelName') ?? 'prometheus_replica';
  const name = `${object.namespace?.value ?? 'default'}/${object.name.value}`;
  if (own !== '') labels.set(own, object.namespace ? known(name) : unknown('namespace', `the namespace of ${name}`));
  if (replica !== '') labels.set(replica, unknown('pod', `the name of a pod of ${labelOf(object)}`));
  for (const [label, value] of externalLabels(at(spec, 'externalLabels'), settings)) labels.set(label, value);
  return labels;
}

function sinkOf(
  node: Node,
  index: number,
  { labels, feeds }: { readonly labels: ReadonlyMap<string, Value>; readonly feeds: readonly Missing[] },
  settings: Settings,
): MetricsSink | undefined {
  const url = settings.setting(node, 'url');
  if (!url) return undefined;
  const name = settings.text(node, 'name');
  const component = name ? `remoteWrite ${name}` : 'remoteWrite';
  const otherAuth = OTHER_AUTH.find((key) => at(node, key) !== undefined);
  const signing = signingOf(node, settings);
  return {
    component,
    index,
    url,
    externalLabels: labels,
    feeds,
    rules: relabelRules(node, 'writeRelabelConfigs', component, settings),
    howToSign: 'add "sigv4: {region: <region of the workspace>}" to the remote write',
    span: url.span,
    ...(signing && { signing }),
    ...(otherAuth && { otherAuth }),
  };
}

function signingOf(node: Node, settings: Settings): Signing | undefined {
  const sigv4 = mapAt(node, 'sigv4');
  if (!sigv4) return undefined;
  const [region, roleArn] = [settings.setting(sigv4, 'region'), settings.setting(sigv4, 'roleArn')];
  return {
    span: sigv4.span,
    ...(region && textOf(region.value) !== '' && { region }),
    ...(roleArn && textOf(roleArn.value) !== '' && { roleArn }),
  };
}

/** Jobs that stand in Secrets, of which nobody reads the data. */
function gapsOf(spec: Node | undefined, name: string, ofChart?: string): readonly Missing[] {
  const secret = (what: string): Missing => ({ kind: 'secret', what, help: 'secrets are never read' });
  const more = at(spec, 'additionalScrapeConfigs', 'name');
  const chart = 'kube-prometheus-stack';
  return [
    ...(isUnmanaged(spec) ? [secret(`the jobs in Secret prometheus-${name}, for no monitors are chosen`)] : []),
    ...(more?.kind === 'scalar' ? [secret(`the jobs in Secret ${more.value} (additionalScrapeConfigs)`)] : []),
    ...(ofChart === chart
      ? [
          {
            kind: 'not-examined',
            what: `not examined by this version: the monitors that the chart ${chart} brings along`,
          },
        ]
      : []),
  ];
}

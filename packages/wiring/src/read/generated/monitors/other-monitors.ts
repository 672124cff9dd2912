import type { KubeObject } from '../../../model';
import type { Entry, Node } from '../../../text';
import { at, itemsAt, listAt, mapAt, scalarAt } from '../../access';
import { list, map, merged, scalar } from '../tree';
import { accessOf, given, jobOf, lower, rulesOfUsers, secretsOf } from './job';
import { type MonitorJob, type MonitorMaker, scrapeClassOf } from './maker';
import { jobRule, rule } from './rules';

/** A Probe asks a prober about targets; those that Ingresses name are left to the list of what is not examined. */
export function probeJobs(object: KubeObject, maker: MonitorMaker): readonly MonitorJob[] {
  const spec = mapAt(object.node, 'spec');
  const { span } = object.name;
  const namespace = object.namespace?.value ?? '';
  const class_ = scrapeClassOf(spec, maker);
  const prober = mapAt(spec, 'prober');
  const url = given(prober, 'url');
  const fixed = mapAt(spec, 'targets', 'staticConfig');
  const name = given(spec, 'jobName');
  const module = given(spec, 'module');
  const rules = [
    jobRule(span),
    ...(name ? [rule(name.span, { target: 'job', replacement: `${name.value}` })] : []),
    rule(span, { sources: ['__address__'], target: '__param_target' }),
    rule(span, { sources: ['__param_target'], target: 'instance' }),
    rule(url?.span ?? span, { target: '__address__', replacement: `${url?.value ?? ''}` }),
    ...itemsAt(class_, 'relabelings'),
    ...rulesOfUsers(itemsAt(fixed, 'relabelingConfigs'), object, maker),
  ];
  const group =
    fixed &&
    map(fixed.span, {
      targets: at(fixed, 'static'),
      labels: merged(span, map(span, { namespace: scalar(namespace, span) }), mapAt(fixed, 'labels')),
    });
  const parts = {
    // The definition has this default; the API server fills it in.
    metrics_path: given(prober, 'path') ?? scalar('/probe', span),
    scrape_interval: at(spec, 'interval'),
    scrape_timeout: at(spec, 'scrapeTimeout'),
    scheme: lower(given(prober, 'scheme')),
    params: module && map(module.span, { module: list(module.span, [module]) }),
    ...accessOf(spec),
    ...(group ? { static_configs: list(fixed.span, [group]) } : { ingress_sd_configs: at(spec, 'targets', 'ingress') }),
  };
  const sampleRules = [
    ...itemsAt(class_, 'metricRelabelings'),
    ...rulesOfUsers(itemsAt(spec, 'metricRelabelings'), object, maker),
  ];
  const node = jobOf(`probe/${namespace}/${object.name.value}`, (url ?? object.name).span, parts, rules, sampleRules);
  return [{ node, secrets: secretsOf(spec) }];
}

/** A ScrapeConfig is a job in other words: its settings are spelt as those of custom resources are. */
export function scrapeConfigJobs(object: KubeObject, maker: MonitorMaker): readonly MonitorJob[] {
  const spec = mapAt(object.node, 'spec');
  if (!spec) return [];
  const { span } = object.name;
  const class_ = scrapeClassOf(spec, maker);
  const name = given(spec, 'jobName');
  const rules = [
    jobRule(span),
    ...itemsAt(class_, 'relabelings'),
    ...(name ? [rule(name.span, { target: 'job', action: 'replace', replacement: `${name.value}` })] : []),
    ...rulesOfUsers(itemsAt(spec, 'relabelings'), object, maker),
  ];
  const sampleRules = [
    ...itemsAt(class_, 'metricRelabelings'),
    ...rulesOfUsers(itemsAt(spec, 'metricRelabelings'), object, maker),
  ];
  const others = [...spec.entries].filter(([key, { value }]) => /SDConfigs$/.test(key) && value.kind === 'list');
  const parts = {
    honor_labels: at(spec, 'honorLabels'),
    scrape_interval: at(spec, 'scrapeInterval'),
    scrape_timeout: at(spec, 'scrapeTimeout'),
    metrics_path: given(spec, 'metricsPath'),
    params: at(spec, 'params'),
    scheme: lower(given(spec, 'scheme')),
    static_configs: listAt(spec, 'staticConfigs'),
    ...accessOf(spec),
    ...Object.fromEntries(others.map(([key, entry]) => [sdName(key), inLists(key, entry)])),
  };
  const job = `scrapeConfig/${object.namespace?.value ?? ''}/${object.name.value}`;
  return [{ node: jobOf(job, span, parts, rules, sampleRules), secrets: secretsOf(spec) }];
}

/** `kubernetesSDConfigs` is `kubernetes_sd_configs`. */
function sdName(key: string): string {
  return `${key.slice(0, -'SDConfigs'.length).toLowerCase()}_sd_configs`;
}

function inLists(key: string, { value }: Entry): Node {
  if (key !== 'kubernetesSDConfigs') return value;
  const items = itemsAt(value).map((item) =>
    map(item.span, {
      role: lower(scalarAt(item, 'role')),
      api_server: given(item, 'apiServer'),
      namespaces:
        mapAt(item, 'namespaces') &&
        map(item.span, {
          names: at(item, 'namespaces', 'names'),
          own_namespace: at(item, 'namespaces', 'ownNamespace'),
        }),
      selectors: listAt(item, 'selectors'),
      attach_metadata: at(item, 'attachMetadata'),
    }),
  );
  return list(value.span, items);
}

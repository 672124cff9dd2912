import type { InlineCollector, KubeObject } from '../../model';
import { MappedText, type Node, type Span } from '../../text';
import { at, booleanAt, itemsAt, mapAt, scalarAt, stringAt } from '../access';
import { located, readKubeObjects } from '../kubernetes';
import { parseYaml, readYaml } from '../yaml';
import { DEFAULT_JOBS } from './prometheus-chart-jobs';
import { list, map, scalar } from './tree';

const ROLE_ARN = 'eks.amazonaws.com/role-arn';

/** Are these values for the chart prometheus of prometheus-community? Three of its own settings tell. */
export function isPrometheusChart(values: Node): boolean {
  return (
    at(values, 'server', 'remoteWrite')?.kind === 'list' ||
    mapAt(values, 'serverFiles', 'prometheus.yml') !== undefined ||
    mapAt(values, 'serviceAccounts', 'server') !== undefined
  );
}

/**
 * What the chart makes of its values, as far as it matters on the way of metrics: the account, the Prometheus with its
 * configuration, and what the values bring along. The release is said elsewhere, and so is the namespace, unless it is forced.
 */
export function prometheusChart(values: Node): readonly KubeObject[] {
  const namespace = located(values, 'forceNamespace');
  const made = ownObjects(values).map((object) => (namespace?.value ? { ...object, namespace } : object));
  return [...made, ...extraManifests(values)];
}

/** Objects as text or as trees; those that are templates are not known before the chart is rendered. */
function extraManifests(values: Node): readonly KubeObject[] {
  return itemsAt(values, 'extraManifests').flatMap((manifest) => {
    if (manifest.kind !== 'scalar') return readKubeObjects(manifest);
    if (typeof manifest.value !== 'string' || manifest.value.includes('{{')) return [];
    return readYaml(manifest.text()).documents.flatMap(readKubeObjects);
  });
}

function ownObjects(values: Node): readonly KubeObject[] {
  const server = mapAt(values, 'server');
  if (booleanAt(server, 'enabled') === false) return [];
  const { span } = values;
  const account = mapAt(values, 'serviceAccounts', 'server');
  const accountName = scalarAt(account, 'name');
  const isNamed = typeof accountName?.value === 'string' && accountName.value !== '';
  const isStateful = booleanAt(server, 'statefulSet', 'enabled') ?? false;
  const at_ = (node: Node | undefined): Span => node?.span ?? firstLine(span);
  const controller: InlineCollector['controller'] = isStateful ? 'StatefulSet' : 'Deployment';
  const name = stringAt(server, 'fullnameOverride') || 'prometheus-server';
  const container = map(at_(server), {
    name: scalar('prometheus-server', at_(server)),
    env: at(server, 'env'),
    args: list(at_(server), [...itemsAt(server, 'defaultFlagsOverride'), ...flags(server)]),
    ports: list(at_(server), [map(at_(server), { containerPort: scalar(9090, at_(server)) })]),
  });
  const podSpec = map(at_(server), {
    serviceAccountName: isNamed ? accountName : scalar('<release>-prometheus-server', at_(account)),
    containers: list(at_(server), [container, ...sidecars(at(server, 'sidecarContainers'))]),
  });
  const metadata = map(at_(server), { labels: labelsOf(at_(server)), annotations: mapAt(server, 'podAnnotations') });
  const inline: InlineCollector = {
    kind: 'prometheus',
    node: configOf(values, server, at_(server)),
    controller,
    maker: 'the chart prometheus',
    files: ['prometheus.yml', ...(mapAt(values, 'serverFiles')?.entries.keys() ?? [])],
    rules: rulesOf(values),
    makesAccess: booleanAt(values, 'rbac', 'create') !== false,
  };
  const template = map(at_(server), { metadata, spec: podSpec });
  const workload: KubeObject = {
    apiVersion: 'apps/v1',
    kind: controller,
    name: { value: name, span: at_(server) },
    node: map(at_(server), { spec: map(at_(server), { template }) }),
    inline,
  };
  const makesAccount = booleanAt(account, 'create') !== false;
  return makesAccount && account
    ? [
        workload,
        serviceAccount(
          account,
          isNamed ? `${accountName.value}` : '<release>-prometheus-server',
          at_(accountName ?? account),
        ),
      ]
    : [workload];
}

/** What the chart's own `rule_files` name; other files, such as that of the web server, are no rules. */
const LOADED = new Set(['recording_rules.yml', 'alerting_rules.yml', 'rules', 'alerts']);

/** Files of rules among those that the chart mounts; it tells Prometheus to load them, unless its own configuration is set. */
function rulesOf(values: Node): ReadonlyMap<string, Node> {
  const found = new Map<string, Node>();
  const loaded = itemsAt(values, 'serverFiles', 'prometheus.yml', 'rule_files').map(
    (file) => `${scalarAt(file)?.value}`,
  );
  const isLoaded = (name: string) => LOADED.has(name) || loaded.some((file) => file.endsWith(`/${name}`));
  for (const [name, { value }] of mapAt(values, 'serverFiles')?.entries ?? []) {
    const isEmpty = value.kind !== 'map' || value.entries.size === 0;
    if (isLoaded(name) && !isEmpty) found.set(name, value);
  }
  return found;
}

function serviceAccount(account: Node, name: string, span: Span): KubeObject {
  const stray = scalarAt(account, ROLE_ARN);
  const metadata = map(account.span, { annotations: mapAt(account, 'annotations'), [ROLE_ARN]: stray });
  return {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    name: { value: name, span },
    node: map(account.span, { metadata }),
  };
}

/** Charts up to 27 have jobs in serverFiles, later ones each under its name; without either those of the chart run. */
function configOf(values: Node, server: Node | undefined, span: Span): Node {
  const file = mapAt(values, 'serverFiles', 'prometheus.yml');
  const own = itemsAt(file, 'scrape_configs');
  const said = new Map(mapAt(values, 'scrapeConfigs')?.entries);
  const standard = defaults(span).flatMap((job) => {
    const name = stringAt(job, 'job_name') ?? '';
    const given = said.get(name)?.value;
    said.delete(name);
    return given ? chosen(job, given) : [job];
  });
  const named = [...said].flatMap(([job, { key, value }]) => chosen(map(key, { job_name: scalar(job, key) }), value));
  const text = scalarAt(values, 'extraScrapeConfigs');
  const extra = typeof text?.value === 'string' ? readYaml(text.text()).documents : [];
  const jobs = at(file, 'scrape_configs') ? own : standard;
  return map(span, {
    global: mapAt(server, 'global'),
    scrape_configs: list(span, [...jobs, ...named, ...extra.flatMap((document) => itemsAt(document))]),
    remote_write: list(span, itemsAt(server, 'remoteWrite')),
    scrape_config_files: at(values, 'scrapeConfigFiles'),
  });
}

/** A job with what the values say of it, which Helm lays over the chart's own; nothing when it is switched off. */
function chosen(job: Node, given: Node): readonly Node[] {
  if (given.kind !== 'map' || job.kind !== 'map' || booleanAt(given, 'enabled') === false) return [];
  const entries = new Map([...job.entries, ...given.entries]);
  entries.delete('enabled');
  return [{ ...given, entries }];
}

function defaults(span: Span): readonly Node[] {
  const [document] = parseYaml(MappedText.derived(DEFAULT_JOBS, span)).documents;
  return document ? itemsAt(document) : [];
}

/** A map by name in newer charts, a list in older ones. */
function sidecars(node: Node | undefined): readonly Node[] {
  if (node?.kind === 'list') return node.items;
  if (node?.kind !== 'map') return [];
  return [...node.entries].flatMap(([name, { key, value }]) => {
    if (value.kind !== 'map') return [];
    const entries = new Map(value.entries);
    if (!entries.has('name')) entries.set('name', { key, value: scalar(name, key) });
    return [{ ...value, entries }];
  });
}

/** `server.extraFlags` are written without their dashes. */
function flags(server: Node | undefined): readonly Node[] {
  return itemsAt(server, 'extraFlags').flatMap((flag) =>
    flag.kind === 'scalar' ? [scalar(`--${flag.value}`, flag.span)] : [],
  );
}

function labelsOf(span: Span): Node {
  return map(span, {
    'app.kubernetes.io/name': scalar('prometheus', span),
    'app.kubernetes.io/component': scalar('server', span),
  });
}

function firstLine({ source, start }: Span): Span {
  const end = source.text.indexOf('\n', start);
  return { source, start, end: end === -1 ? source.text.length : end };
}

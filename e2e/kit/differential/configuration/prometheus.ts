import type { Chance } from '../cases';

type Tree = { [key: string]: unknown };

/** A configuration that Prometheus takes, and what was done to it. */
export interface Damaged {
  readonly tree: Tree;
  readonly damage: string;
}

export function configuration(random: Chance): Damaged {
  const tree = whole(random);
  const damage = random.maybe(0.25) ? 'none' : random.pick(Object.keys(DAMAGES));
  DAMAGES[damage]?.(tree, random);
  return { tree, damage };
}

function whole(random: Chance): Tree {
  const jobs = Array.from({ length: 1 + random.below(3) }, (_, index) => job(random, `job-${index}`));
  return {
    ...(random.maybe(0.6) && {
      global: {
        scrape_interval: random.pick(['15s', '1m', '1m30s']),
        ...(random.maybe(0.5) && { external_labels: { cluster: 'one', replica: '1' } }),
        ...(random.maybe(0.3) && { scrape_timeout: '10s' }),
      },
    }),
    scrape_configs: jobs,
    remote_write: [
      {
        url: 'https://aps-workspaces.eu-west-1.amazonaws.com/workspaces/ws-1/api/v1/remote_write',
        ...random.pick<Tree>([
          { sigv4: { region: 'eu-west-1' } },
          { sigv4: {} },
          { sigv4: { region: 'eu-west-1', role_arn: 'arn:aws:iam::111122223333:role/x' } },
          { sigv4: { access_key: 'a', secret_key: 'b', region: 'eu-west-1' } },
          {},
        ]),
        ...(random.maybe(0.5) && { queue_config: { max_shards: 10, capacity: 2500, batch_send_deadline: '5s' } }),
        ...(random.maybe(0.4) && { write_relabel_configs: [rule(random)] }),
      },
    ],
  };
}

function job(random: Chance, job_name: string): Tree {
  const kubernetes = {
    kubernetes_sd_configs: [
      {
        role: random.pick(['pod', 'endpoints', 'endpointslice', 'service', 'node', 'ingress']),
        ...(random.maybe(0.3) && { namespaces: { names: ['shop'] } }),
      },
    ],
  };
  return {
    job_name,
    ...(random.maybe(0.6) ? kubernetes : { static_configs: [{ targets: ['127.0.0.1:9090'], labels: { own: 'x' } }] }),
    ...(random.maybe(0.3) && { scrape_interval: '30s', scrape_timeout: '5s' }),
    ...(random.maybe(0.3) && { metrics_path: '/x', scheme: random.pick(['http', 'https']) }),
    ...(random.maybe(0.3) && { params: { module: ['a', 'b'] } }),
    ...(random.maybe(0.2) && { honor_labels: random.pick([true, false]) }),
    ...(random.maybe(0.2) && { sample_limit: 100 }),
    relabel_configs: Array.from({ length: random.below(4) }, () => rule(random)),
    ...(random.maybe(0.3) && { metric_relabel_configs: [rule(random)] }),
  };
}

function rule(random: Chance): Tree {
  return random.pick<Tree>([
    { source_labels: ['__meta_kubernetes_namespace'], target_label: 'namespace' },
    {
      source_labels: ['a', 'b'],
      separator: ';',
      regex: '(.+);(.+)',
      replacement: '$1:$2',
      target_label: '__address__',
    },
    { source_labels: ['a'], action: 'keep', regex: 'true' },
    { source_labels: ['a'], action: 'Drop', regex: true },
    { action: 'labelmap', regex: '__meta_kubernetes_pod_label_(.+)' },
    { action: 'labelmap', regex: '(.+)', replacement: 'x_$1' },
    { action: 'labeldrop', regex: 'le|quantile' },
    { source_labels: ['a'], action: 'hashmod', modulus: 4, target_label: '__tmp' },
    { source_labels: ['a'], action: 'lowercase', target_label: 'b' },
    { source_labels: ['a'], action: 'keepequal', target_label: 'b' },
    { source_labels: ['a'], target_label: '${1}_x', regex: '(.*)' },
    { target_label: 'x', replacement: 5 },
  ]);
}

type Damage = (tree: Tree, random: Chance) => void;

const set =
  (of: string, key: string, values: readonly unknown[]): Damage =>
  (tree, random) => {
    const [target] = mapsOf(tree, of, random);
    if (target) target[key] = random.pick(values);
  };

/** Every kind of mistake that people make, with those that are none. */
const DAMAGES: Readonly<Record<string, Damage>> = {
  'a key with a letter less': (tree, random) =>
    renamed(tree, random, (key, at) => `${key.slice(0, at)}${key.slice(at + 1)}`),
  'a key with a letter more': (tree, random) =>
    renamed(tree, random, (key, at) => `${key.slice(0, at)}s${key.slice(at)}`),
  'a key in camel case': (tree, random) =>
    renamed(tree, random, (key) => key.replace(/_(\w)/g, (_, one) => one.toUpperCase())),
  'a key of nowhere': (tree, random) => {
    random.pick(allMaps(tree)).nothing_known = 'x';
  },
  'a duration': (tree, random) => {
    const values = ['10', '1.5s', '10 s', '', '-1s', '5x', '1m 30s', '1h30m', '100ms', 10, '0s', '1w', '1y2d', '30s1m'];
    random.pick([
      set('job', 'scrape_interval', values),
      set('job', 'scrape_timeout', values),
      set('global', 'scrape_interval', values),
      set('remote_write', 'remote_timeout', values),
      set('global', 'evaluation_interval', values),
    ])(tree, random);
  },
  'two jobs of one name': (tree) => {
    const jobs = tree.scrape_configs as Tree[];
    jobs.push({ ...jobs[0] });
  },
  'no name': set('job', 'job_name', ['', null, undefined]),
  'a timeout above the interval': (tree, random) => {
    const target = random.pick(tree.scrape_configs as Tree[]);
    Object.assign(target, {
      scrape_interval: '10s',
      scrape_timeout: random.pick(['15s', '10s', '1m', '9s', '10001ms']),
    });
  },
  'a regex': set('rule', 'regex', [
    '(',
    'a**',
    '[a',
    '(?=x)',
    '\\d+',
    '(?P<n>a)',
    '(?<n>a)',
    '*',
    'a{2000}',
    '',
    '\\',
    '(?i)x',
    5,
    'a\\z',
    '\\Qa',
    '[[:foo:]]',
  ]),
  'an action': set('rule', 'action', [
    'keeps',
    'KEEP',
    '',
    'replace ',
    'label_map',
    'drop',
    null,
    'hashmod',
    'keepequal',
    'labelkeep',
    'uppercase',
  ]),
  'a target': set('rule', 'target_label', ['a-b', '', '1a', '$1', 'a b', 'ä', null, '__x', '${1}', 'a.b']),
  'a modulus': set('rule', 'modulus', [0, 1, -1, 'x', 1.5]),
  'a separator': set('rule', 'separator', ['', null, 'x', 5]),
  sources: set('rule', 'source_labels', ['a', ['a-b'], [''], [], null, [1], ['a.b'], {}, [['a']]]),
  'a replacement': set('rule', 'replacement', ['', '$1', 'a-b', null, '$', '${1', '${x}', ['a']]),
  'a role': set('sd', 'role', ['pods', 'Pod', '', null, 'endpointslices', 'ingress', 'endpoint', 'POD']),
  namespaces: set('sd', 'namespaces', [
    ['shop'],
    { names: 'shop' },
    { names: ['shop'] },
    { own_namespace: true },
    { name: ['x'] },
    null,
  ]),
  selectors: set('sd', 'selectors', [
    [{ role: 'pod', label: 'a=b' }],
    [{ role: 'pods', label: 'a=b' }],
    [{ role: 'pod', label: 'a in' }],
    [{ role: 'pod', field: 'spec.nodeName=x' }],
    [{ role: 'node', label: 'a' }],
    { role: 'pod' },
    [
      { role: 'pod', label: 'a=b' },
      { role: 'pod', label: 'c' },
    ],
    [{ label: 'a=b' }],
  ]),
  'a scheme': set('job', 'scheme', ['ftp', 'HTTPS', '', 'https']),
  'a path': set('job', 'metrics_path', ['x', '', '/a b', 5]),
  'a type': set('job', 'honor_labels', ['yes', 'true', 1, 'x', [], null]),
  targets: set('static', 'targets', ['a:1', ['http://a:1/x'], ['a'], ['a:1', ''], null, [5], ['a:99999'], ['a/b']]),
  labels: set('static', 'labels', [{ 'a-b': 'x' }, { a: 5 }, ['a'], { __x: 'y' }, { a: null }, { ä: 'x' }]),
  'external labels': set('global', 'external_labels', [
    { 'a-b': 'x' },
    { a: 1 },
    ['a'],
    { a: '$x' },
    { __name__: 'x' },
    null,
    { 'a.b': 'c' },
  ]),
  params: set('job', 'params', [{ a: 'b' }, { a: ['b'] }, ['a'], { a: [1] }]),
  'a url': set('remote_write', 'url', [
    '',
    null,
    'x',
    'http://',
    '://x',
    'http://a b/',
    'https://a/%zz',
    'aps:9090',
    'http://h:x/',
  ]),
  sigv4: set('remote_write', 'sigv4', [
    { region: 'x', access_key: 'a' },
    { region: 'x', secret_key: 'a' },
    { region: 5 },
    null,
    'eu-west-1',
    { profile: 'x' },
    { regio: 'x' },
    { external_id: 'x' },
  ]),
  'two kinds of access': (tree, random) => {
    const target = random.pick([...(tree.remote_write as Tree[]), ...(tree.scrape_configs as Tree[])]);
    const kinds: Tree = {
      basic_auth: { username: 'a', password: 'b' },
      authorization: { credentials: 'a' },
      bearer_token: 'x',
      bearer_token_file: '/x',
      sigv4: { region: 'eu-west-1' },
      tls_config: { insecure_skip_verify: true },
    };
    for (const key of random.some(Object.keys(kinds), 2, 1)) target[key] = kinds[key];
  },
  queue: set('remote_write', 'queue_config', [
    { max_shards: 0 },
    { capacity: 'x' },
    { max_shards: -1 },
    { min_shards: 5 },
    [],
    { batch_send_deadline: 'x' },
  ]),
  headers: set('remote_write', 'headers', [
    { Authorization: 'x' },
    { 'X-Scope-OrgID': 'a' },
    { 'content-type': 'x' },
    ['a'],
  ]),
  'a list for a map': (tree, random) => {
    const target = random.pick(allMaps(tree));
    const key = random.pick(Object.keys(target));
    target[key] = random.pick<unknown>([[target[key]], { x: target[key] }, 'x', 5]);
  },
};

/** The maps of one kind, in some order. */
function mapsOf(tree: Tree, of: string, random: Chance): Tree[] {
  const jobs = tree.scrape_configs as Tree[];
  const inJobs = (...keys: readonly string[]) =>
    jobs.flatMap((one) => keys.flatMap((key) => (one[key] ?? []) as Tree[]));
  const found: Readonly<Record<string, () => Tree[]>> = {
    job: () => jobs,
    global: () => {
      tree.global ??= {};
      return [tree.global as Tree];
    },
    remote_write: () => tree.remote_write as Tree[],
    rule: () => inJobs('relabel_configs', 'metric_relabel_configs'),
    sd: () => inJobs('kubernetes_sd_configs'),
    static: () => inJobs('static_configs'),
  };
  const all = found[of]?.() ?? [];
  const from = random.below(Math.max(1, all.length));
  return [...all.slice(from), ...all.slice(0, from)];
}

function allMaps(value: unknown): Tree[] {
  if (Array.isArray(value)) return value.flatMap(allMaps);
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) return [];
  return [value as Tree, ...Object.values(value).flatMap(allMaps)];
}

function renamed(tree: Tree, random: Chance, change: (key: string, at: number) => string): void {
  const target = random.pick(allMaps(tree));
  const key = random.pick(Object.keys(target));
  const value = target[key];
  delete target[key];
  target[change(key, random.below(key.length))] = value;
}

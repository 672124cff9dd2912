import { all, type End, type Operator, remove, replace, set, where } from '../operator';
import { type Path, pathsOf, type Thing, valueAt, type Yard } from '../yard';

/**
 * Collectors whose configuration is values of YAML: the OpenTelemetry collector as an object of its operator, and Prometheus
 * as values of the community chart.
 */
const collector = 'OpenTelemetryCollector';
const values = 'File';
const config: Path = ['spec', 'config'];
const exporter: Path = [...config, 'exporters', 'prometheusremotewrite'];
const job: Path = [...config, 'receivers', 'prometheus', 'config', 'scrape_configs', '*'];
const rule: Path = [...job, 'relabel_configs', '*'];
const remoteWrite: Path = ['server', 'remoteWrite', '*'];

/** What a scrape has to meet, in an object that is collector and target at once. */
const scraped = (yard: Yard): End[] =>
  yard
    .of(collector)
    .flatMap((thing) => pathsOf(thing, ['spec', 'podAnnotations', '*']).map((path) => ({ thing, path })));

const ruleOn = (label: string, change: (rule: Record<string, unknown>) => unknown) =>
  set(collector, rule, (one: { source_labels?: string[] }, thing: Thing, path: Path) =>
    String(one.source_labels ?? '').includes(label)
      ? { ...(valueAt(thing, path) as object), ...(change(one) as object) }
      : undefined,
  );

const isAlone = ({ value }: Thing) => !JSON.stringify(value).includes('targetAllocator');

export const prometheusOperators: readonly Operator[] = [
  {
    id: 'yaml-other-region',
    does: 'requests are signed for another region than that of the URL, or sent to another',
    mutations: all(
      set(collector, [...config, 'extensions', 'sigv4auth', 'region'], () => 'us-east-1'),
      replace(collector, [...exporter, 'endpoint'], /\$\{env:AWS_REGION\}/, 'us-east-1'),
      set(values, [...remoteWrite, 'sigv4', 'region'], () => 'us-east-1'),
      replace(values, [...remoteWrite, 'url'], /ap-northeast-2/, 'us-east-1'),
    ),
  },
  {
    id: 'yaml-other-service',
    does: 'requests are signed for another service',
    mutations: set(collector, [...config, 'extensions', 'sigv4auth', 'service'], () => 'execute-api'),
  },
  {
    id: 'yaml-unsigned',
    does: 'nothing signs the requests',
    mutations: all(
      remove(collector, [...exporter, 'auth']),
      remove(collector, [...config, 'extensions', 'sigv4auth']),
      remove(collector, [...config, 'service', 'extensions', '*'], (name: string) => name === 'sigv4auth'),
      remove(values, [...remoteWrite, 'sigv4']),
    ),
  },
  {
    id: 'yaml-other-url',
    does: 'the URL is not that of remote write',
    mutations: all(
      ...[collector, values].flatMap((kind) => {
        const path: Path = kind === collector ? [...exporter, 'endpoint'] : [...remoteWrite, 'url'];
        return [
          replace(kind, path, /\/api\/v1\/remote_write$/, '/api/v1/write'),
          replace(kind, path, /\/workspaces\//, '/workspace/'),
          replace(kind, path, /^https/, 'http'),
          replace(kind, path, /aps-workspaces/, 'aps'),
        ];
      }),
    ),
  },
  {
    id: 'yaml-other-workspace',
    does: 'the URL has the id of another workspace',
    lint: { 'backends/literal-workspace': 'the id in the URL is that of no workspace that is made' },
    mutations: replace(values, [...remoteWrite, 'url'], /ws-[\w-]+/, 'ws-00000000-0000-0000-0000-000000000000'),
  },
  {
    id: 'yaml-variable-misspelt',
    does: 'the configuration reads a variable that nobody sets',
    lint: { 'metrics/unset-variable': 'the variable that is read is one that nobody sets' },
    mutations: all(
      replace(collector, [...exporter, 'endpoint'], /\$\{env:(\w+)\}/, '$${env:THE_$1}'),
      replace(collector, [...exporter, 'external_labels', '*'], /\$\{env:(\w+)\}/, '$${env:THE_$1}'),
    ),
  },
  {
    id: 'yaml-pipeline-without-part',
    does: 'the pipeline lacks its receiver or exporter, or names one that is not there',
    mutations: all(
      ...['receivers', 'exporters'].map((part) =>
        all(
          remove(collector, [...config, 'service', 'pipelines', '*', part, '*']),
          replace(collector, [...config, 'service', 'pipelines', '*', part, '*'], /$/, '/2'),
        ),
      ),
      replace(collector, [...config, 'service', 'pipelines', '*', 'processors', '*'], /$/, '/2'),
      remove(collector, [...config, 'service', 'pipelines', '*']),
      remove(collector, [...config, 'processors', '*']),
      remove(collector, [...config, 'receivers', '*']),
    ),
  },
  {
    id: 'yaml-single-dollar',
    does: 'the collector expands the group of the expression as a variable',
    // A target allocator takes the jobs out of the configuration before the collector reads it.
    mutations: where(
      isAlone,
      all(
        replace(collector, [...rule, 'replacement'], /^\$\$1:\$\$2$/, () => '${1}:${2}'),
        replace(collector, [...rule, 'replacement'], /^\$\$1$/, () => '${1}'),
      ),
    ),
    ends: scraped,
  },
  {
    id: 'yaml-keeps-other-pods',
    does: 'pods are kept by a label or a value that they do not have',
    ends: scraped,
    mutations: all(
      ruleOn('prometheus_io_scrape', () => ({ regex: 'yes' })),
      ruleOn('prometheus_io_scrape', () => ({ source_labels: ['__meta_kubernetes_pod_annotation_scrape'] })),
      ruleOn('prometheus_io_scrape', () => ({ action: 'drop' })),
      ruleOn('_pod_phase', () => ({ regex: 'running' })),
    ),
  },
  {
    id: 'yaml-address',
    does: 'the address is not that of the port that the pod tells',
    ends: scraped,
    mutations: all(
      ruleOn('prometheus_io_port', () => ({ target_label: '__port' })),
      ruleOn('prometheus_io_port', () => ({ regex: '([a-z]+)' })),
    ),
  },
  {
    id: 'yaml-discovers-other-things',
    does: 'nodes or services are discovered instead of pods',
    lint: { 'metrics/unknown-meta-label': 'the rules read labels of pods, which the other role does not give' },
    mutations: all(
      set(collector, [...job, 'kubernetes_sd_configs', '*', 'role'], () => 'node'),
      set(collector, [...job, 'kubernetes_sd_configs', '*', 'role'], () => 'service'),
    ),
  },
  {
    id: 'yaml-account',
    does: 'the collector runs as another service account',
    mutations: all(
      replace(collector, ['spec', 'serviceAccount'], /$/, '-2'),
      remove(collector, ['spec', 'serviceAccount']),
      replace(values, ['serviceAccounts', 'server', 'name'], /$/, '-2'),
      replace(values, ['serviceAccounts', 'server', 'annotations', 'eks.amazonaws.com/role-arn'], /$/, '-2'),
      remove(values, ['serviceAccounts', 'server', 'annotations', 'eks.amazonaws.com/role-arn']),
      set(values, ['forceNamespace'], () => 'monitoring'),
    ),
  },
  {
    id: 'yaml-workspace-id',
    does: 'the id of the workspace comes from elsewhere',
    lint: { 'metrics/unset-variable': 'the variable that is read is one that nobody sets any more' },
    mutations: all(
      replace(collector, ['spec', 'env', '*', 'valueFrom', 'configMapKeyRef', 'key'], /$/, '-2'),
      replace(collector, ['spec', 'env', '*', 'valueFrom', 'configMapKeyRef', 'name'], /$/, '-2'),
      // The region is given to pods with a role by the webhook of EKS too.
      remove(collector, ['spec', 'env', '*'], ({ name }: { name: string }) => name !== 'AWS_REGION'),
      set(collector, ['spec', 'env', '*', 'value'], (value: string) =>
        value === 'ap-northeast-2' ? 'us-east-1' : undefined,
      ),
    ),
  },
  {
    id: 'yaml-own-metrics',
    does: "the collector's own metrics are served elsewhere than they are scraped",
    mutations: all(
      set(collector, ['spec', 'podAnnotations', 'prometheus.io/port'], () => '9999'),
      set(
        collector,
        [...config, 'service', 'telemetry', 'metrics', 'readers', '*', 'pull', 'exporter', 'prometheus', 'host'],
        () => '127.0.0.1',
      ),
      set(
        collector,
        [...config, 'service', 'telemetry', 'metrics', 'readers', '*', 'pull', 'exporter', 'prometheus', 'port'],
        () => 9999,
      ),
    ),
  },
  {
    id: 'yaml-server-flags',
    does: 'Prometheus is started with flags that an agent refuses, or without its configuration',
    mutations: all(
      replace(values, ['server', 'defaultFlagsOverride', '*'], /^--storage\.agent\.path/, '--storage.tsdb.path'),
      replace(values, ['server', 'defaultFlagsOverride', '*'], /prometheus\.yml$/, 'agent.yml'),
      remove(values, ['server', 'defaultFlagsOverride', '*'], (flag: string) => flag === '--agent'),
    ),
  },
];

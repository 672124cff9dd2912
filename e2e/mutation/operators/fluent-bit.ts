import { all, type End, type Operator, remove, replace, set, where } from '../operator';
import type { Thing, Yard } from '../yard';
import { logMounts } from './workloads';

const text = ['data', 'fluent-bit.yaml'];
const edit = (expression: RegExp, to: string) => replace('ConfigMap', text, expression, to);
/** A line of the configuration. */
const line = (key: string, to: string) => edit(new RegExp(`(\\n *(?:- )?)${key.replaceAll('.', '\\.')}: [^\\n]*`), to);
/** Sets a setting; without a value it is taken away. */
const setting = (key: string, value?: string) => line(key, value === undefined ? '' : `$1${key}: ${value}`);

const isFluentBit = ({ name }: { name: string }) => name === 'fluent-bit';
const pod = ['spec', 'template', 'spec'];

/** What reads the fields that the filter adds. */
const template = (_: Yard, thing: Thing): End[] => [{ thing, path: text, words: ['log_stream_template'] }];

export const fluentBitOperators: readonly Operator[] = [
  {
    id: 'tail-other-files',
    does: 'the glob fits no log of the pods',
    mutations: all(
      edit(/path: \/var\/log\/containers\/[^\n]*/, 'path: /var/log/containers/*game*.log'),
      edit(/path: \/var\/log\/containers\/[^\n]*/, 'path: /var/log/containers/*.json'),
      edit(/path: \/var\/log\/containers\/[^\n]*/, 'path: /var/log/pods/*.log'),
      edit(/path: \/var\/log\/containers\//, 'path: /var/lib/docker/containers/'),
    ),
  },
  {
    id: 'tail-excludes',
    does: 'the logs are excluded again',
    mutations: edit(
      /(\n +)path: (\/var\/log\/containers\/[^\n]*)/,
      '$1path: $2$1exclude_path: /var/log/containers/*.log',
    ),
  },
  {
    id: 'tail-other-parser',
    does: 'the parser is for the lines of another runtime',
    mutations: all(setting('multiline.parser', 'docker'), line('multiline.parser', '$1parser: docker')),
  },
  {
    id: 'tail-without-parser',
    does: "lines are shipped with the runtime's prefix",
    lint: { 'logs/unparsed-lines': 'nothing takes the prefix of the runtime off' },
    mutations: setting('multiline.parser'),
  },
  {
    id: 'tail-unknown-parser',
    does: 'no parser has that name',
    mutations: setting('multiline.parser', 'containerd'),
  },
  {
    id: 'tail-other-tag',
    does: 'the tag is one that no filter and no output matches',
    mutations: setting('tag', 'pods.*'),
  },
  {
    id: 'filter-matches-nothing',
    does: 'the filter does not match the tag, so that the template has no namespace',
    ends: template,
    mutations: edit(/(alias: kubernetes\n +)match: kube\.\*/, '$1match: pods.*'),
  },
  {
    id: 'filter-gone',
    does: 'nothing adds the namespace that the template reads',
    ends: template,
    mutations: edit(/filters:\n {4,}- name: kubernetes\n(?: {6,}[^\n]*\n)+/, 'filters: []\n'),
  },
  {
    id: 'filter-other-prefix',
    does: 'the filter cuts another prefix off the tag than it has',
    lint: { 'logs/no-metadata': 'the filter finds no pod in what it takes the tag for' },
    ends: template,
    mutations: setting('kube_tag_prefix', 'kubernetes.var.log.containers.'),
  },
  {
    id: 'output-matches-nothing',
    does: 'the output does not match the tag',
    mutations: edit(/(alias: cloudwatch\n +)match: kube\.\*/, '$1match: pods.*'),
  },
  {
    id: 'output-other-plugin',
    does: 'the output is of a kind that Fluent Bit does not have, or that drops everything',
    lint: { 'logs/discarded-records': 'the output throws everything away' },
    mutations: all(
      edit(/- name: cloudwatch_logs/, '- name: cloudwatch_log'),
      edit(/- name: cloudwatch_logs/, '- name: "null"'),
    ),
  },
  {
    id: 'output-gone',
    does: 'nothing ships what was read',
    mutations: edit(/outputs:\n {4,}- name: cloudwatch_logs\n(?: {6,}[^\n]*\n)+/, 'outputs: []\n'),
  },
  {
    id: 'input-gone',
    does: 'nothing is read',
    mutations: edit(/inputs:\n {4,}- name: tail\n(?: {6,}[^\n]*\n)+/, 'inputs: []\n'),
  },
  {
    id: 'output-other-region',
    does: 'the output writes to another region',
    mutations: setting('region', 'us-east-1'),
  },
  {
    id: 'output-other-group',
    does: 'the output writes to a group that nobody makes',
    mutations: all(setting('log_group_name', '/eks/other'), setting('log_group_name', '/eks/tictactoe/')),
  },
  {
    id: 'output-variable-misspelt',
    does: 'the configuration reads a variable that nobody sets',
    mutations: edit(/\$\{([A-Z_]+)\}/, '$${THE_$1}'),
  },
  {
    id: 'output-without-group',
    does: 'the output names no group',
    mutations: setting('log_group_name'),
  },
  {
    id: 'output-without-stream',
    does: 'the output names no stream',
    mutations: edit(/\n +log_stream_name: [^\n]*\n +log_stream_template: [^\n]*/, ''),
  },
  {
    id: 'output-as-another-role',
    does: 'the output takes a role that nobody declares',
    mutations: edit(/(\n +)region: /, '$1role_arn: arn:aws:iam::444455556666:role/Other$1region: '),
  },
  {
    id: 'output-other-endpoint',
    does: 'the output calls another host',
    mutations: edit(/(\n +)region: /, '$1endpoint: logs.us-east-1.amazonaws.com$1region: '),
  },
  {
    id: 'template-other-field',
    does: 'the template reads a field that no record has, so that every line falls into one stream',
    mutations: all(
      line('log_stream_template', "$1log_stream_template: $$kubernetes['namespace']"),
      line('log_stream_template', '$1log_stream_template: $$namespace_name'),
    ),
  },
  {
    id: 'memory-buffer',
    does: 'what is not yet sent is lost with the pod',
    lint: { 'durability/memory-buffer': 'chunks are in memory only' },
    mutations: all(setting('storage.type', 'memory'), setting('storage.type'), setting('storage.path')),
  },
  {
    id: 'few-retries',
    does: 'lines are thrown away after a short outage',
    lint: { 'durability/bounded-retries': 'a chunk is thrown away after a few tries' },
    mutations: all(setting('retry_limit', '1'), setting('retry_limit')),
  },
  {
    id: 'no-position',
    does: 'what was read is not remembered: a restart reads twice, or skips',
    lint: { 'durability/missing-offsets': 'the input has no file for its positions' },
    mutations: setting('db'),
  },
  {
    id: 'position-lost-with-pod',
    does: 'positions and buffer lie where they are lost with the pod',
    lint: { 'durability/ephemeral-state': 'positions or chunks lie in the file system of the container' },
    mutations: all(
      where(
        isFluentBit,
        set('DaemonSet', [...pod, 'volumes', '*', 'hostPath'], (path: { type: string }) =>
          path.type === 'DirectoryOrCreate' ? { path: '/tmp', type: 'Directory' } : undefined,
        ),
      ),
      where(
        isFluentBit,
        set('DaemonSet', [...pod, 'volumes', '*'], (volume: { name: string; hostPath?: object }) =>
          volume.name === 'state' ? { name: volume.name, emptyDir: {} } : undefined,
        ),
      ),
      setting('db', '/tmp/tail.db'),
      setting('storage.path', '/tmp/buffer'),
    ),
  },
  {
    id: 'state-read-only',
    does: 'positions and buffer cannot be written',
    mutations: where(
      isFluentBit,
      set('DaemonSet', [...pod, 'containers', '*', 'volumeMounts', '*'], (mount: { name: string }) =>
        mount.name === 'state' ? { ...mount, readOnly: true } : undefined,
      ),
    ),
  },
  {
    id: 'starts-at-the-end',
    does: 'what a pod wrote before the collector saw its log is never read',
    lint: { 'durability/skipped-beginning': 'what a file had before it was seen is skipped' },
    mutations: all(setting('read_from_head', 'false'), setting('read_from_head')),
  },
  {
    id: 'node-path-elsewhere',
    does: 'another folder of the node is mounted as the logs',
    ends: logMounts,
    mutations: where(
      isFluentBit,
      replace('DaemonSet', [...pod, 'volumes', '*', 'hostPath', 'path'], /^\/var\/log\//, '/var/lib/'),
    ),
  },
  {
    id: 'may-not-read-logs',
    does: 'the collector runs as a user that may not read the logs of the node',
    mutations: where(
      isFluentBit,
      set('DaemonSet', [...pod, 'securityContext', 'runAsUser'], () => 1000),
    ),
  },
  {
    id: 'namespace-forbids-host-paths',
    does: "the namespace enforces a level that forbids the collector's volumes",
    mutations: set('Namespace', ['metadata', 'labels', 'pod-security.kubernetes.io/enforce'], (level: string) =>
      level === 'privileged' ? 'restricted' : undefined,
    ),
  },
  {
    id: 'own-metrics-off',
    does: "the collector's own metrics are served elsewhere than they are scraped, or not at all",
    mutations: all(setting('http_server', 'false'), setting('http_port', '2021'), setting('http_listen', '127.0.0.1')),
  },
  {
    id: 'own-metrics-other-path',
    does: "the collector's own metrics are scraped at a path that it does not serve as Prometheus' text",
    mutations: where(
      isFluentBit,
      all(
        set('DaemonSet', ['spec', 'template', 'metadata', 'annotations', 'prometheus.io/path'], () => '/metrics'),
        remove('DaemonSet', ['spec', 'template', 'metadata', 'annotations', 'prometheus.io/path']),
      ),
    ),
  },
  {
    id: 'no-node-left-out',
    does: 'the collector does not run on tainted nodes',
    lint: { 'logs/left-out-nodes': 'no toleration lets it onto nodes with a taint' },
    mutations: where(isFluentBit, remove('DaemonSet', [...pod, 'tolerations'])),
  },
];

import type { KubeObject } from '../../../model';
import { MappedText, type Node, type ScalarNode, type Span } from '../../../text';
import { at, mapAt, scalarAt } from '../../access';
import { list, map, scalar } from '../tree';
import {
  accessOf,
  accountOf,
  type ChartValues,
  fullName,
  type HelmRelease,
  isSet,
  made_,
  textAt,
  withDefaults,
} from './release';

const DIRECTORY = '/fluent-bit/etc';

const DEFAULTS = `image: {repository: public.ecr.aws/aws-observability/aws-for-fluent-bit}
service:
  extraService: |
    HTTP_Server On
    HTTP_Listen 0.0.0.0
    HTTP_PORT 2020
    Health_Check On
  parsersFiles: [/fluent-bit/parsers/parsers.conf]
input:
  enabled: true
  tag: kube.*
  path: /var/log/containers/*.log
  db: /var/log/flb_kube.db
  multilineParser: docker, cri
  memBufLimit: 5MB
  skipLongLines: "On"
  refreshInterval: 10
filter:
  enabled: true
  match: kube.*
  kubeURL: https://kubernetes.default.svc.cluster.local:443
  mergeLog: "On"
  mergeLogKey: data
  keepLog: "On"
  k8sLoggingParser: "On"
  k8sLoggingExclude: "On"
  bufferSize: 32k
cloudWatch:
  enabled: false
  match: "*"
  region: us-east-1
  logGroupName: /aws/eks/fluentbit-cloudwatch/logs
  logStreamPrefix: fluentbit-
  autoCreateGroup: true
cloudWatchLogs:
  enabled: true
  match: "*"
  region: us-east-1
  logGroupName: /aws/eks/fluentbit-cloudwatch/logs
  logStreamPrefix: fluentbit-
  autoCreateGroup: true
firehose: {enabled: false, match: "*"}
kinesis: {enabled: false, match: "*"}
kinesis_streams: {enabled: false, match: "*"}
elasticsearch: {enabled: false, match: "*"}
s3: {enabled: false, match: "*"}
opensearch: {enabled: false, match: "*"}
serviceAccount: {create: true}
volumes:
  - {name: varlog, hostPath: {path: /var/log}}
  - {name: varlibdockercontainers, hostPath: {path: /var/lib/docker/containers}}
volumeMounts:
  - {name: varlog, mountPath: /var/log}
  - {name: varlibdockercontainers, mountPath: /var/lib/docker/containers, readOnly: true}
`;

const SAID_ELSEWHERE = /(region|logGroupName): .*/g;

type Keys = readonly (readonly [key: string, value: string])[];

/** Keys of the configuration and the values that they get, in the order of the chart (aws/eks-charts, templates/configmap.yaml). */
const INPUT: Keys = [
  ['Tag', 'tag'],
  ['Path', 'path'],
  ['DB', 'db'],
  ['Parser', 'parser'],
  ['Docker_Mode', 'dockerMode'],
  ['multiline.parser', 'multilineParser'],
  ['Mem_Buf_Limit', 'memBufLimit'],
  ['Skip_Long_Lines', 'skipLongLines'],
  ['Refresh_Interval', 'refreshInterval'],
];
const FILTER: Keys = [
  ['Match', 'match'],
  ['Kube_URL', 'kubeURL'],
  ['Merge_Log', 'mergeLog'],
  ['Merge_Log_Key', 'mergeLogKey'],
  ['Keep_Log', 'keepLog'],
  ['K8S-Logging.Parser', 'k8sLoggingParser'],
  ['K8S-Logging.Exclude', 'k8sLoggingExclude'],
  ['Buffer_Size', 'bufferSize'],
];
const CLOUDWATCH: Keys = [
  ['Match', 'match'],
  ['region', 'region'],
  ['log_group_name', 'logGroupName'],
  ['log_group_template', 'logGroupTemplate'],
  ['log_stream_name', 'logStreamName'],
  ['log_stream_prefix', 'logStreamPrefix'],
  ['log_stream_template', 'logStreamTemplate'],
  ['log_key', 'logKey'],
  ['log_format', 'logFormat'],
  ['role_arn', 'roleArn'],
  ['auto_create_group', 'autoCreateGroup'],
  ['log_retention_days', 'logRetentionDays'],
  ['endpoint', 'endpoint'],
  ['sts_endpoint', 'stsEndpoint'],
  ['auto_retry_requests', 'autoRetryRequests'],
];
/** Outputs of other kinds are named and not followed, so that it is enough which they are and what they take. */
const MATCH: Keys = [['Match', 'match']];

const OUTPUTS: readonly (readonly [section: string, plugin: string, keys: Keys])[] = [
  [
    'cloudWatch',
    'cloudwatch',
    CLOUDWATCH.filter(([key]) => !key.endsWith('_template') && !/^(?:sts|auto_retry)/.test(key)),
  ],
  ['cloudWatchLogs', 'cloudwatch_logs', CLOUDWATCH],
  ['firehose', 'firehose', MATCH],
  ['kinesis', 'kinesis', MATCH],
  ['kinesis_streams', 'kinesis_streams', MATCH],
  ['elasticsearch', 'es', MATCH],
  ['s3', 's3', MATCH],
  ['opensearch', 'opensearch', MATCH],
];

/** Values for AWS's chart aws-for-fluent-bit: one of its outputs to CloudWatch tells. */
export function isAwsForFluentBitChart(values: Node): boolean {
  if (at(values, 'config')) return false;
  return ['cloudWatchLogs', 'cloudWatch'].some((section) =>
    ['logGroupName', 'logGroupTemplate', 'region', 'autoCreateGroup', 'logStreamPrefix'].some(
      (key) => scalarAt(values, section, key) !== undefined,
    ),
  );
}

export function awsForFluentBitChart(values: Node, release: HelmRelease): readonly KubeObject[] {
  // Where it is installed, region and group may be set that these values do not say.
  const defaults = release.name === undefined ? DEFAULTS.replaceAll(SAID_ELSEWHERE, '$1: <$1>') : DEFAULTS;
  const chart = withDefaults(values, defaults, 'aws-for-fluent-bit', release);
  const { root, span } = chart;
  const name = fullName(chart);
  const account = accountOf(chart, at(root, 'serviceAccount'), name);
  const template = map(span, { metadata: metadataOf(chart), spec: podOf(chart, account.name, name) });
  return [
    made_(chart, 'v1', 'ConfigMap', name, { data: dataOf(chart) }),
    ...account.objects,
    ...accessOf(chart, name, account.name, rulesOf(chart)),
    made_(chart, 'apps/v1', 'DaemonSet', name, { spec: map(span, { template }) }),
  ];
}

interface Piece {
  readonly text: string;
  readonly span: Span;
}

function dataOf({ root, span }: ChartValues): Node {
  const files: Record<string, Node | undefined> = {};
  const pieces: Piece[] = [];
  const say = (text: string, place: Span = span) => pieces.push({ text, span: place });
  /** A text of its own, which keeps its places. */
  const include = (file: string, node: ScalarNode | undefined) => {
    if (typeof node?.value !== 'string' || node.value === '') return;
    files[file] = node;
    say(`@INCLUDE ${DIRECTORY}/${file}\n`);
  };
  const section = (name: string, plugin: string | undefined, node: Node | undefined, keys: Keys, extra: string) => {
    say(`[${name}]\n${plugin ? `    Name ${plugin}\n` : ''}`);
    for (const [key, value] of keys) {
      const found = scalarAt(node, value);
      if (!found || !isSet(found)) continue;
      say(`    ${key} `);
      say(`${found.value}`, found.span);
      say('\n');
    }
    const more = scalarAt(node, extra);
    for (const line of typeof more?.value === 'string' ? more.value.split('\n') : []) {
      if (line.trim() !== '') say(`    ${line.trim()}\n`, more?.span);
    }
  };
  section('SERVICE', undefined, mapAt(root, 'service'), [], 'extraService');
  const parsers = at(root, 'service', 'parsersFiles');
  for (const file of parsers?.kind === 'list' ? parsers.items : []) {
    if (file.kind === 'scalar') say(`    Parsers_File ${file.value}\n`, file.span);
  }
  if (scalarAt(root, 'service', 'extraParsers')) {
    files['parser_extra.conf'] = scalarAt(root, 'service', 'extraParsers');
    say(`    Parsers_File ${DIRECTORY}/parser_extra.conf\n`);
  }
  const [input, filter] = [mapAt(root, 'input'), mapAt(root, 'filter')];
  if (isSet(at(input, 'enabled'))) section('INPUT', 'tail', input, INPUT, 'extraInputs');
  include('additional_inputs.conf', scalarAt(root, 'additionalInputs'));
  if (isSet(at(filter, 'enabled'))) section('FILTER', 'kubernetes', filter, FILTER, 'extraFilters');
  include('additional_filters.conf', scalarAt(root, 'additionalFilters'));
  for (const [name, plugin, keys] of OUTPUTS) {
    const node = mapAt(root, name);
    if (isSet(at(node, 'enabled'))) section('OUTPUT', plugin, node, keys, 'extraOutputs');
  }
  include('additional_outputs.conf', scalarAt(root, 'additionalOutputs'));
  const mapped = MappedText.join(pieces, span);
  files['fluent-bit.conf'] = { kind: 'scalar', value: mapped.text, span, text: () => mapped };
  return map(span, files);
}

function rulesOf({ span }: ChartValues): Node {
  const words = (...all: readonly string[]) =>
    list(
      span,
      all.map((word) => scalar(word, span)),
    );
  const resources = words('namespaces', 'pods', 'pods/logs', 'nodes', 'nodes/proxy');
  return list(span, [map(span, { apiGroups: words(''), resources, verbs: words('get', 'list', 'watch') })]);
}

function metadataOf(chart: ChartValues): Node {
  const { root, span } = chart;
  return map(span, {
    labels: map(span, {
      'app.kubernetes.io/name': scalar(textAt(root, 'nameOverride') ?? 'aws-for-fluent-bit', span),
      'app.kubernetes.io/instance': scalar(fullName(chart), span),
    }),
    annotations: mapAt(root, 'annotations'),
  });
}

function podOf({ root, span }: ChartValues, account: ScalarNode, configMap: string): Node {
  const text = (value: string) => scalar(value, span);
  const tag = textAt(root, 'image', 'tag');
  const items = (key: string) => {
    const found = at(root, key);
    return found?.kind === 'list' ? found.items : [];
  };
  const container = map(span, {
    name: text('aws-for-fluent-bit'),
    // Without a tag it is that of the chart's version, which values do not tell.
    image: tag ? scalar(`${textAt(root, 'image', 'repository')}:${tag}`, at(root, 'image')?.span ?? span) : undefined,
    env: at(root, 'env'),
    resources: at(root, 'resources'),
    securityContext: at(root, 'containerSecurityContext'),
    volumeMounts: list(span, [
      map(span, { name: text('fluentbit-config'), mountPath: text(`${DIRECTORY}/`) }),
      ...items('volumeMounts'),
    ]),
  });
  return map(span, {
    serviceAccountName: account,
    hostNetwork: at(root, 'hostNetwork'),
    nodeSelector: at(root, 'nodeSelector'),
    securityContext: at(root, 'podSecurityContext'),
    containers: list(span, [container]),
    volumes: list(span, [
      map(span, { name: text('fluentbit-config'), configMap: map(span, { name: text(configMap) }) }),
      ...items('volumes'),
    ]),
  });
}

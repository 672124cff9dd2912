import type { Size } from 'cdk8s';
import type { CloudWatchLogsTarget } from './cloudwatch-logs-target';
import {
  type CloudWatchLogsOutput,
  type FluentBitConfig,
  type LuaFilter,
  type MultilineFilter,
  type MultilineParser,
  renderFluentBit,
  type Service,
} from './config-model';
import { type NumberedRoute, otherTags, tagsOf } from './routes';

/** Variables that the configuration reads, so that its text is the same in every environment. */
export const FLUENT_BIT_ENVIRONMENT = { region: 'AWS_REGION', logGroupName: 'LOG_GROUP_NAME' } as const;

/** Port of Fluent Bit's HTTP server: health and metrics. */
export const HTTP_PORT = 2020;

/** Where the kubelet keeps one link per container to its log file. */
export const CONTAINER_LOGS = '/var/log/containers';

/** Where the node's state folder is mounted. */
export const STATE = '/var/lib/fluent-bit';

/** Tail replaces the slashes of the path by dots and puts it in place of the asterisk. */
const TAG = 'kube.*';
const TAG_PREFIX = 'kube.var.log.containers.';

/** About as much as one chunk holds, the unit in which Fluent Bit buffers. */
const CHUNK_MEBIBYTES = 2;

export interface FluentBitPipeline {
  readonly path: string;
  readonly target: CloudWatchLogsTarget;
  readonly bufferSize: Size;
  readonly memoryBufferSize: Size;
  readonly podLabels: boolean;
  readonly logLevel: string;
  readonly stackTraces: string[];
  readonly multilineParsers: MultilineParser[];
  readonly redactionScript?: string;
  readonly routes: NumberedRoute[];
}

/** The whole configuration file. */
export function fluentBitConfig(pipeline: FluentBitPipeline): string {
  return renderFluentBit(config(pipeline));
}

function config(pipeline: FluentBitPipeline): FluentBitConfig {
  return {
    service: service(pipeline),
    ...(pipeline.multilineParsers.length === 0 ? {} : { multiline_parsers: pipeline.multilineParsers }),
    pipeline: {
      inputs: [
        {
          name: 'tail',
          alias: 'containers',
          tag: TAG,
          path: pipeline.path,
          'multiline.parser': 'cri',
          db: `${STATE}/tail.db`,
          'db.locking': true,
          // A file that is new to the database belongs to a container that started since: its first lines count.
          read_from_head: true,
          refresh_interval: 10,
          rotate_wait: 30,
          // A line that is longer than the buffer would otherwise stop its file for good.
          skip_long_lines: true,
          'storage.type': 'filesystem',
        },
      ],
      filters: [
        ...multilineFilter([...pipeline.multilineParsers.map(({ name }) => name), ...pipeline.stackTraces]),
        ...redactionFilter(pipeline.redactionScript),
        {
          name: 'kubernetes',
          alias: 'kubernetes',
          match: TAG,
          kube_tag_prefix: TAG_PREFIX,
          // Without a bound: with the default of 32 KiB the metadata of a large pod is lost.
          buffer_size: 0,
          merge_log: true,
          // Nested, because the fields of the application would replace outer ones of the same name, such as `time`.
          merge_log_key: 'log_processed',
          keep_log: false,
          labels: pipeline.podLabels,
          annotations: false,
        },
      ],
      outputs: outputs(pipeline),
    },
  };
}

function multilineFilter(parsers: string[]): MultilineFilter[] {
  if (parsers.length === 0) {
    return [];
  }
  return [
    {
      name: 'multiline',
      alias: 'stack-traces',
      match: TAG,
      'multiline.key_content': 'log',
      'multiline.parser': parsers.join(','),
      // Joined lines enter the pipeline anew, through an input of their own that buffers like the other one.
      emitter_name: 'stack-traces-emitter',
      'emitter_storage.type': 'filesystem',
    },
  ];
}

/** Stands before the metadata is added: what follows, the buffer on the node included, sees what is left only. */
function redactionFilter(code: string | undefined): LuaFilter[] {
  return code === undefined ? [] : [{ name: 'lua', alias: 'redaction', match: TAG, call: 'redact', code }];
}

/** One output for each route, and one for all lines that no route takes. */
function outputs(pipeline: FluentBitPipeline): CloudWatchLogsOutput[] {
  const { routes } = pipeline;
  const routed = routes.flatMap((route) => route.namespaces).sort();
  return [
    output(
      pipeline,
      'cloudwatch',
      variable(FLUENT_BIT_ENVIRONMENT.logGroupName),
      routed.length === 0 ? { match: TAG } : { match_regex: otherTags(TAG_PREFIX, routed) },
    ),
    ...routes.map((route, index) =>
      output(pipeline, `cloudwatch-${index + 1}`, variable(route.variable), {
        match_regex: tagsOf(TAG_PREFIX, route.namespaces),
      }),
    ),
  ];
}

function output(
  pipeline: FluentBitPipeline,
  alias: string,
  logGroupName: string,
  match: Pick<CloudWatchLogsOutput, 'match' | 'match_regex'>,
): CloudWatchLogsOutput {
  return {
    name: 'cloudwatch_logs',
    alias,
    ...match,
    region: variable(FLUENT_BIT_ENVIRONMENT.region),
    log_group_name: logGroupName,
    log_stream_name: pipeline.target.fallbackStream,
    log_stream_template: "$kubernetes['namespace_name']",
    auto_create_group: false,
    retry_limit: 'no_limits',
    // When it is full, the oldest lines go.
    'storage.total_limit_size': `${pipeline.bufferSize.toMebibytes()}M`,
  };
}

function service({ logLevel, memoryBufferSize }: FluentBitPipeline): Service {
  return {
    flush: 1,
    grace: 30,
    log_level: logLevel,
    http_server: true,
    http_listen: '0.0.0.0',
    http_port: HTTP_PORT,
    health_check: true,
    // Seconds between retries: from 2 to 15. The default cap of 2000 leaves a backlog lying for half an hour.
    'scheduler.base': 2,
    'scheduler.cap': 15,
    'storage.path': `${STATE}/buffer`,
    'storage.sync': 'normal',
    'storage.max_chunks_up': Math.floor(memoryBufferSize.toMebibytes() / CHUNK_MEBIBYTES),
    'storage.backlog.mem_limit': '32M',
    'storage.delete_irrecoverable_chunks': true,
    'storage.metrics': true,
  };
}

function variable(name: string): string {
  return `\${${name}}`;
}

import type { Size } from 'cdk8s';
import type { CloudWatchLogsTarget } from './cloudwatch-logs-target';
import { type FluentBitConfig, renderFluentBit, type Service } from './config-model';

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

export interface FluentBitPipeline {
  readonly path: string;
  readonly target: CloudWatchLogsTarget;
  readonly bufferSize: Size;
  readonly podLabels: boolean;
  readonly logLevel: string;
}

/** The whole configuration file. */
export function fluentBitConfig(pipeline: FluentBitPipeline): string {
  return renderFluentBit(config(pipeline));
}

function config(pipeline: FluentBitPipeline): FluentBitConfig {
  return {
    service: service(pipeline.logLevel),
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
      outputs: [
        {
          name: 'cloudwatch_logs',
          alias: 'cloudwatch',
          match: TAG,
          region: variable('region'),
          log_group_name: variable('logGroupName'),
          log_stream_name: pipeline.target.fallbackStream,
          log_stream_template: "$kubernetes['namespace_name']",
          auto_create_group: false,
          retry_limit: 'no_limits',
          // When it is full, the oldest lines go.
          'storage.total_limit_size': `${pipeline.bufferSize.toMebibytes()}M`,
        },
      ],
    },
  };
}

function service(logLevel: string): Service {
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
    // A chunk holds about 2 MB, so at most 128 MB of the backlog are in memory at a time.
    'storage.max_chunks_up': 64,
    'storage.backlog.mem_limit': '32M',
    'storage.delete_irrecoverable_chunks': true,
    'storage.metrics': true,
  };
}

function variable(name: keyof typeof FLUENT_BIT_ENVIRONMENT): string {
  return `\${${FLUENT_BIT_ENVIRONMENT[name]}}`;
}

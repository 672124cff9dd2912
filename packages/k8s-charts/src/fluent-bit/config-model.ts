import { Yaml } from 'cdk8s';

/**
 * Fluent Bit's YAML configuration with the plugins and keys that this library uses, as Fluent Bit 5.1 reads them.
 *
 * @see https://docs.fluentbit.io/manual/administration/configuring-fluent-bit/yaml
 */
export interface FluentBitConfig {
  readonly service: Service;
  /** Rules of one's own. */
  readonly multiline_parsers?: MultilineParser[];
  readonly pipeline: {
    readonly inputs: TailInput[];
    readonly filters: (MultilineFilter | LuaFilter | KubernetesFilter)[];
    readonly outputs: CloudWatchLogsOutput[];
  };
}

export interface Service {
  readonly flush: number;
  readonly grace: number;
  readonly log_level: string;
  readonly http_server: boolean;
  readonly http_listen: string;
  readonly http_port: number;
  readonly health_check: boolean;
  readonly 'scheduler.base': number;
  readonly 'scheduler.cap': number;
  readonly 'storage.path': string;
  readonly 'storage.sync': string;
  readonly 'storage.max_chunks_up': number;
  readonly 'storage.backlog.mem_limit': string;
  readonly 'storage.delete_irrecoverable_chunks': boolean;
  readonly 'storage.metrics': boolean;
}

export interface TailInput {
  readonly name: 'tail';
  readonly alias: string;
  readonly tag: string;
  readonly path: string;
  /** Excludes `parser`: only the multi-line parser joins the parts of a long line. */
  readonly 'multiline.parser': 'cri';
  readonly db: string;
  readonly 'db.locking': boolean;
  readonly read_from_head: boolean;
  readonly refresh_interval: number;
  readonly rotate_wait: number;
  readonly skip_long_lines: boolean;
  readonly 'storage.type': 'filesystem';
}

export interface MultilineParser {
  readonly name: string;
  readonly type: 'regex';
  /** Each expression stands between slashes. */
  readonly rules: { readonly state: string; readonly regex: string; readonly next_state: string }[];
}

/** Joins lines that belong together. It holds them back for up to two seconds. */
export interface MultilineFilter {
  readonly name: 'multiline';
  readonly alias: string;
  readonly match: string;
  readonly 'multiline.key_content': 'log';
  readonly 'multiline.parser': string;
  readonly emitter_name: string;
  readonly 'emitter_storage.type': 'filesystem';
}

/** Calls a function of the script for each record. */
export interface LuaFilter {
  readonly name: 'lua';
  readonly alias: string;
  readonly match: string;
  readonly call: string;
  readonly code: string;
}

export interface KubernetesFilter {
  readonly name: 'kubernetes';
  readonly alias: string;
  readonly match: string;
  readonly kube_tag_prefix: string;
  readonly buffer_size: 0;
  readonly merge_log: boolean;
  readonly merge_log_key: string;
  readonly keep_log: boolean;
  readonly labels: boolean;
  readonly annotations: boolean;
}

export interface CloudWatchLogsOutput {
  readonly name: 'cloudwatch_logs';
  readonly alias: string;
  readonly match?: string;
  readonly match_regex?: string;
  readonly region: string;
  readonly log_group_name: string;
  readonly log_stream_name: string;
  readonly log_stream_template: string;
  readonly auto_create_group: boolean;
  readonly retry_limit: 'no_limits';
  readonly 'storage.total_limit_size': string;
}

/** Renders the configuration file. The order of plugins is the order in which records pass them. */
export function renderFluentBit(config: FluentBitConfig): string {
  return Yaml.stringify(config);
}

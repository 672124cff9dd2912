import type { FluentBitSection } from '../../read/fluent-bit';
import { distance } from '../../text';

/** Plugins of Fluent Bit 5.1 (github.com/fluent/fluent-bit, plugins/), and the ones in Go of AWS's image. */
const PLUGINS: Readonly<Record<'input' | 'filter' | 'output', string>> = {
  input: `blob calyptia_fleet collectd cpu disk docker docker_events dummy ebpf elasticsearch emitter etw event_test
    event_type exec exec_wasi fluentbit_logs fluentbit_metrics forward gpu_metrics head health http kafka kmsg
    kubernetes_events lib mem mqtt netif nginx_metrics nginx_exporter_metrics node_exporter_metrics opentelemetry podman_metrics
    proc process_exporter_metrics prometheus_remote_write prometheus_scrape prometheus_textfile random serial splunk
    statsd stdin storage_backlog stream_processor syslog systemd tail tcp thermal udp unix_socket windows_exporter_metrics
    winevtlog winlog winstat`,
  filter: `alter_size aws checklist ecs expect geoip2 grep kubernetes log_to_metrics lua modify multiline nest nightfall
    parser record_modifier rewrite_tag stdout sysinfo tensorflow throttle throttle_size type_converter wasm`,
  output: `azure azure_blob azure_kusto azure_logs_ingestion bigquery calyptia chronicle cloudwatch_logs counter datadog
    es exit file flowcounter forward gcs gelf http influxdb kafka kafka-rest kinesis_firehose kinesis_streams lib logdna loki
    nats nrlogs null opensearch opentelemetry oracle_log_analytics pgsql plot prometheus_exporter
    prometheus_remote_write retry s3 skywalking slack splunk stackdriver stdout syslog tcp td udp vivo_exporter websocket
    cloudwatch firehose kinesis`,
};

const NAMES = new Map(Object.entries(PLUGINS).map(([kind, names]) => [kind, names.trim().split(/\s+/)]));

/** A plugin whose name differs from the one that is there by a letter or two: Fluent Bit refuses to start with it. */
export function meant(section: FluentBitSection, plugin: string): string | undefined {
  const names = NAMES.get(section.kind);
  if (!names || names.includes(plugin)) return undefined;
  return names.find((name) => name.length > 3 && distance(name, plugin) <= 2);
}

import { Yaml } from 'cdk8s';
import type { ScrapeConfig } from '../metrics/prometheus-scrape';

/**
 * The configuration of an OpenTelemetry collector with the components that this library uses, all of which ADOT has.
 *
 * Text is text here: a dollar sign means a dollar sign. `environment` stands for a variable that is read at start.
 *
 * @see https://github.com/aws-observability/aws-otel-collector
 */
export interface CollectorConfig {
  readonly extensions: {
    readonly health_check: { readonly endpoint: string };
    readonly sigv4auth: { readonly region: Text; readonly service: string };
  };
  readonly receivers: { readonly prometheus: PrometheusReceiver };
  readonly processors: {
    readonly memory_limiter: MemoryLimiter;
    readonly batch: Batch;
  };
  readonly exporters: { readonly prometheusremotewrite: RemoteWriteExporter };
  readonly service: Service;
}

/** Parts that are written one after the other. */
export type Text = string | Environment | (string | Environment)[];

export interface Environment {
  readonly environment: string;
}

export interface PrometheusReceiver {
  readonly config: { readonly scrape_configs: ScrapeConfig[] };
}

export interface MemoryLimiter {
  readonly check_interval: string;
  readonly limit_percentage: number;
  readonly spike_limit_percentage: number;
}

export interface Batch {
  readonly send_batch_size: number;
  readonly timeout: string;
}

export interface RemoteWriteExporter {
  readonly endpoint: Text;
  readonly auth: { readonly authenticator: 'sigv4auth' };
  readonly external_labels: Record<string, Text>;
  readonly translation_strategy: 'UnderscoreEscapingWithoutSuffixes';
  readonly disable_scope_info: boolean;
  readonly target_info: { readonly enabled: boolean };
}

export interface Service {
  readonly extensions: ('health_check' | 'sigv4auth')[];
  readonly telemetry: {
    readonly metrics: {
      readonly readers: { readonly pull: { readonly exporter: { readonly prometheus: Listener } } }[];
    };
  };
  readonly pipelines: {
    readonly metrics: {
      readonly receivers: 'prometheus'[];
      readonly processors: ('memory_limiter' | 'batch')[];
      readonly exporters: 'prometheusremotewrite'[];
    };
  };
}

export interface Listener {
  readonly host: string;
  readonly port: number;
}

/** Plain data, as it stands in a manifest or a file. */
export type Plain = string | number | boolean | Plain[] | { [key: string]: Plain };

/**
 * The configuration as data, escaped. Collectors expand `$` in every text: `$1` of a relabelling rule would become a variable.
 * `$$` is a dollar sign in every version, whereas a bare `$1` is one in newer versions only.
 */
export function collectorData(config: CollectorConfig): { [key: string]: Plain } {
  return escaped(config) as { [key: string]: Plain };
}

/** Renders the configuration file. */
export function renderCollector(config: CollectorConfig): string {
  return Yaml.stringify(collectorData(config));
}

function escaped(value: unknown): Plain {
  if (typeof value === 'string') {
    return value.replaceAll('$', '$$$$');
  }
  if (Array.isArray(value)) {
    return isText(value) ? value.map(escaped).join('') : value.map(escaped);
  }
  if (isEnvironment(value)) {
    return `\${env:${value.environment}}`;
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, item]) => item !== undefined)
        .map(([key, item]) => [key, escaped(item)]),
    );
  }
  return value as number | boolean;
}

function isEnvironment(value: unknown): value is Environment {
  return typeof value === 'object' && value !== null && 'environment' in value;
}

/** A list with a variable in it is one text; other lists stay lists. */
function isText(value: unknown[]): boolean {
  return value.some(isEnvironment);
}

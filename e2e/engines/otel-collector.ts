import type { Engine } from './engine';

const version = 'v0.156.0';
const contrib = 'github.com/open-telemetry/opentelemetry-collector-contrib';
const core = 'go.opentelemetry.io/collector';

/**
 * The collector that ADOT 0.49.0 is made of, with those of its components that we configure. Of Prometheus' discoveries it has
 * Kubernetes' only.
 *
 * @see https://github.com/aws-observability/aws-otel-collector/blob/v0.49.0/go.mod
 */
export const otelCollector: Engine = {
  name: 'otel-collector',
  version: version.slice(1),
  source: {
    kind: 'collector',
    version,
    builderSum: 'h1:mN7NP2os9W83Z00Ww+p29+aX4Sn9oHCqgw18WNYIbR4=',
    components: {
      receivers: [`${contrib}/receiver/prometheusreceiver ${version}`],
      processors: [
        `${core}/processor/batchprocessor ${version}`,
        `${core}/processor/memorylimiterprocessor ${version}`,
      ],
      exporters: [`${contrib}/exporter/prometheusremotewriteexporter ${version}`],
      extensions: [
        `${contrib}/extension/sigv4authextension ${version}`,
        `${contrib}/extension/healthcheckextension ${version}`,
      ],
      providers: ['env', 'file', 'yaml'].map((name) => `${core}/confmap/provider/${name}provider v1.62.0`),
    },
    tags: ['remove_all_sd', 'enable_kubernetes_sd'],
  },
  check: { arguments: ['--version'], prints: /^collector version 0\.156\.0/ },
};

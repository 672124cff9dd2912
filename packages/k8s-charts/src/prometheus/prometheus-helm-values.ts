import { Size } from 'cdk8s';
import { invalid } from '../core/check';
import { withOverrides } from '../core/overrides';
import { yamlText } from '../core/yaml-text';
import { type PrometheusKind, type PrometheusProps, prometheusParts } from './collector';
import { chartForm } from './helm-chart';
import { type HelmStorage, helmValues } from './helm-values';
import { helmWiring } from './helm-wiring';
import type { PrometheusAgentProps } from './prometheus-agent';
import { PrometheusHelmChart } from './prometheus-helm-chart';
import type { PrometheusServerProps } from './prometheus-server';
import { serverStorage } from './server-storage';

/**
 * Options of PrometheusHelmValues.
 */
export interface PrometheusHelmOptions {
  /**
   * Version of the chart.
   *
   * @default PrometheusHelmChart.V28
   */
  readonly chart?: PrometheusHelmChart;

  /**
   * What is to be different in the values: objects are merged by key, lists of named things by name, anything else is replaced. What
   * joins the release to other objects is refused: names, the service account, where it writes to and as whom.
   *
   * @default - nothing
   */
  readonly values?: { [key: string]: unknown };
}

/**
 * Values for the community's Helm chart `prometheus-community/prometheus`, for clusters whose Prometheus Helm installs: the same
 * targets, series and destination as of `PrometheusServer` and `PrometheusAgent`, from the same props.
 *
 * The jobs and the charts that the chart brings are switched off, as they would scrape things a second time under other labels. The
 * account gets the rights that its jobs need and no others. The values name the namespace (`forceNamespace`), so that a release made in
 * another one still runs as the account that its role trusts. A changed configuration replaces the pods.
 *
 * `helm install prometheus prometheus-community/prometheus --version 29.27.0 --namespace prometheus --values values.yaml`
 *
 * @see https://github.com/prometheus-community/helm-charts/tree/main/charts/prometheus
 */
export class PrometheusHelmValues {
  /**
   * A server with a database on a volume claim.
   */
  public static ofServer(props: PrometheusServerProps, options: PrometheusHelmOptions = {}): PrometheusHelmValues {
    const struct = 'PrometheusServerProps';
    return new PrometheusHelmValues(
      { struct, name: 'prometheus-server' },
      props,
      serverStorage(struct, props),
      options,
    );
  }

  /**
   * An agent, which stores nothing and needs no persistent volume.
   */
  public static ofAgent(props: PrometheusAgentProps, options: PrometheusHelmOptions = {}): PrometheusHelmValues {
    const wal = { walSizeLimit: props.walSizeLimit ?? Size.gibibytes(2) };
    return new PrometheusHelmValues({ struct: 'PrometheusAgentProps', name: 'prometheus-agent' }, props, wal, options);
  }

  /**
   * The values.
   */
  public readonly values: { [key: string]: unknown };

  /**
   * The values as YAML, with a first line that names the chart's versions. Nothing is written to a file.
   */
  public readonly text: string;

  /**
   * Name of the service account, the last part of the `sub` that an IAM role has to trust.
   */
  public readonly serviceAccountName: string;

  /**
   * Namespace of the pods.
   */
  public readonly namespace: string;

  private constructor(
    kind: PrometheusKind,
    props: PrometheusProps,
    storage: HelmStorage,
    options: PrometheusHelmOptions,
  ) {
    if (props.overrides !== undefined) {
      throw invalid(`${kind.struct}.overrides`, props.overrides, 'none in values of a chart', 'Use the option values.');
    }
    const form = chartForm(options.chart ?? PrometheusHelmChart.V28);
    const { settings, config } = prometheusParts({ ...kind, version: form.version }, props);
    this.serviceAccountName = settings.serviceAccountName;
    this.namespace = settings.namespace;
    const values = helmValues({ ...props, settings, config, form, storage });
    this.values = withOverrides('PrometheusHelmOptions.values', values, options.values, helmWiring(form));
    this.text = `# Values of the chart prometheus-community/prometheus, ${form.versions}.\n${yamlText(this.values)}`;
  }
}

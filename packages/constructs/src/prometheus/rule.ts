import { type Duration, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { prometheusDuration } from '../private/durations';
import { invalidProp } from '../private/errors';
import { validateLabelName } from '../private/labels';

/**
 * Properties of a rule that alerts.
 */
export interface AlertingRuleProps {
  /** Query in PromQL; each series that it returns is an alert. */
  readonly expr: string;

  /**
   * How long the query must return a series before the alert fires: whole seconds.
   *
   * @default - the alert fires at once
   */
  readonly forDuration?: Duration;

  /**
   * How long the alert goes on firing after the query has stopped to return its series: whole seconds.
   *
   * @default - the alert is over at once
   */
  readonly keepFiringFor?: Duration;

  /**
   * Labels that are added to the alert, by which the alert manager routes it. Values may be templates.
   *
   * @default - the labels of the series, and `alertname`
   */
  readonly labels?: { [name: string]: string };

  /**
   * What is told with the alert: `summary`, `description`, `runbook_url`, …. Values may be templates.
   *
   * @default - nothing
   */
  readonly annotations?: { [name: string]: string };
}

/**
 * Properties of a rule that records.
 */
export interface RecordingRuleProps {
  /** Query in PromQL whose result is recorded. */
  readonly expr: string;

  /**
   * Labels that are added to the recorded series, or replace those of the result.
   *
   * @default - the labels of the result
   */
  readonly labels?: { [name: string]: string };
}

/**
 * A rule that AMP evaluates again and again: it alerts or records.
 *
 * @see https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/
 *
 * @example
 * const rule = PrometheusRule.alerting('TargetDown', {
 *   expr: 'up == 0',
 *   forDuration: Duration.minutes(5),
 *   labels: { severity: 'warning' },
 *   annotations: { summary: '{{ $labels.pod }} does not answer' },
 * });
 */
export class PrometheusRule {
  /**
   * A rule that alerts.
   *
   * @param alert name of the alert, its label `alertname`
   * @param props the query, and what is told
   */
  public static alerting(alert: string, props: AlertingRuleProps): PrometheusRule {
    requireText(undefined, 'alert', alert, 'Give the alert a name: it becomes its label alertname.');
    return new PrometheusRule(alert, props.expr, props.labels, 'alert', props);
  }

  /**
   * A rule that records the result of a query as a metric.
   *
   * @param metricName name of the new metric, by custom `level:metric:operations`
   * @param props the query
   */
  public static recording(metricName: string, props: RecordingRuleProps): PrometheusRule {
    if (!Token.isUnresolved(metricName) && !/^[a-zA-Z_:][a-zA-Z0-9_:]*$/.test(metricName)) {
      throw invalidProp(undefined, {
        prop: 'metricName',
        got: metricName,
        allowed: 'the name of a metric: letters, digits, _ and :, not starting with a digit',
        mend: 'By custom it is level:metric:operations.',
      });
    }
    return new PrometheusRule(metricName, props.expr, props.labels, 'record', {});
  }

  /** Name of the alert or of the recorded metric. */
  public readonly name: string;
  /** Query in PromQL. */
  public readonly expr: string;

  private readonly labels: { [name: string]: string };
  private readonly kind: string;
  private readonly alerting: Pick<AlertingRuleProps, 'forDuration' | 'keepFiringFor' | 'annotations'>;

  private constructor(
    name: string,
    expr: string,
    labels: { [name: string]: string } | undefined,
    kind: string,
    alerting: Pick<AlertingRuleProps, 'forDuration' | 'keepFiringFor' | 'annotations'>,
  ) {
    requireText(undefined, `expr of ${name}`, expr, 'Write a query in PromQL.');
    this.name = name;
    this.expr = expr;
    this.labels = labels ?? {};
    this.kind = kind;
    this.alerting = alerting;
    for (const label of Object.keys(this.labels)) {
      validateLabelName(undefined, `labels of ${name}`, label);
    }
    for (const annotation of Object.keys(alerting.annotations ?? {})) {
      validateLabelName(undefined, `annotations of ${name}`, annotation);
    }
  }

  /**
   * As a rules file has it.
   *
   * @internal
   */
  public _render(scope: IConstruct): Record<string, unknown> {
    const { forDuration, keepFiringFor, annotations } = this.alerting;
    return {
      [this.kind]: this.name,
      expr: this.expr,
      ...(forDuration && { for: prometheusDuration(scope, `forDuration of ${this.name}`, forDuration) }),
      ...(keepFiringFor && {
        keep_firing_for: prometheusDuration(scope, `keepFiringFor of ${this.name}`, keepFiringFor),
      }),
      ...(Object.keys(this.labels).length > 0 && { labels: this.labels }),
      ...(annotations && Object.keys(annotations).length > 0 && { annotations }),
    };
  }
}

/** Refuses text that is empty or blank. */
export function requireText(scope: IConstruct | undefined, prop: string, text: string, mend: string): void {
  if (!Token.isUnresolved(text) && text.trim() === '') {
    throw invalidProp(scope, { prop, got: text, allowed: 'some text', mend });
  }
}

import { Token } from 'aws-cdk-lib';
import type { CfnWorkspace } from 'aws-cdk-lib/aws-aps';
import type { IConstruct } from 'constructs';
import { invalidProp } from '../private/errors';
import { validateLabelName } from '../private/labels';

/**
 * How many series with given labels a workspace takes.
 */
export interface PrometheusLabelSetLimit {
  /**
   * Labels that a series must have to be counted: `{ namespace: 'tictactoe-dev' }`. No labels at all, `{}`, stand for the
   * series that fit no other label set of the workspace; there can be one such limit.
   */
  readonly labels: { [name: string]: string };

  /**
   * Most active series with these labels; samples of further series are discarded. With 0 nothing is refused, but the
   * metrics for the label set are published all the same.
   */
  readonly maxSeries: number;
}

/** As CloudFormation wants it. */
export function renderLabelSetLimits(
  scope: IConstruct,
  limits: readonly PrometheusLabelSetLimit[],
): CfnWorkspace.LimitsPerLabelSetProperty[] {
  validateDistinct(scope, limits);
  return limits.map(({ labels, maxSeries }, i) => {
    const entries = Object.entries(labels);
    for (const [name, value] of entries) {
      validateLabel(scope, `labelSetLimits[${i}].labels`, name, value);
    }
    validateMaxSeries(scope, `labelSetLimits[${i}].maxSeries`, maxSeries);
    return { labelSet: entries.map(([name, value]) => ({ name, value })), limits: { maxSeries } };
  });
}

/** Two limits for one label set would contradict each other; that goes for the one without labels, too. */
function validateDistinct(scope: IConstruct, limits: readonly PrometheusLabelSetLimit[]): void {
  const seen = new Map<string, number>();
  for (const [i, { labels }] of limits.entries()) {
    const key = JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
    const first = seen.get(key);
    if (first !== undefined) {
      throw invalidProp(scope, {
        prop: `labelSetLimits[${i}].labels`,
        got: labels,
        allowed: `another label set than that of labelSetLimits[${first}]`,
        mend: 'Keep one limit for each label set.',
      });
    }
    seen.set(key, i);
  }
}

function validateLabel(scope: IConstruct, prop: string, name: string, value: string): void {
  validateLabelName(scope, prop, name);
  if (!Token.isUnresolved(value) && value === '') {
    throw invalidProp(scope, {
      prop: `${prop}['${name}']`,
      got: value,
      allowed: 'at least one character',
      mend: 'A label without a value is a label that is not there: leave it out.',
    });
  }
}

function validateMaxSeries(scope: IConstruct, prop: string, maxSeries: number): void {
  if (!Token.isUnresolved(maxSeries) && (!Number.isInteger(maxSeries) || maxSeries < 0)) {
    throw invalidProp(scope, {
      prop,
      got: maxSeries,
      allowed: 'a whole number from 0',
      mend: 'Use 0 to watch the label set without a limit.',
    });
  }
}

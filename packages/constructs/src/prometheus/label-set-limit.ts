import { Token } from 'aws-cdk-lib';
import type { CfnWorkspace } from 'aws-cdk-lib/aws-aps';
import type { IConstruct } from 'constructs';
import { invalidProp } from '../private/errors';
import { validateLabelName } from '../private/labels';

/**
 * How many series with given labels a workspace takes.
 */
export interface PrometheusLabelSetLimit {
  /** Labels that a series must have to be counted, at least one: `{ namespace: 'tictactoe-dev' }`. */
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
  return limits.map(({ labels, maxSeries }, i) => {
    const entries = Object.entries(labels);
    if (entries.length === 0) {
      throw invalidProp(scope, {
        prop: `labelSetLimits[${i}].labels`,
        got: labels,
        allowed: 'at least one label',
        mend: 'Name what the limit is for, such as a namespace.',
      });
    }
    for (const [name, value] of entries) {
      validateLabel(scope, `labelSetLimits[${i}].labels`, name, value);
    }
    validateMaxSeries(scope, `labelSetLimits[${i}].maxSeries`, maxSeries);
    return { labelSet: entries.map(([name, value]) => ({ name, value })), limits: { maxSeries } };
  });
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

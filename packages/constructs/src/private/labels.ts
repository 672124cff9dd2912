import { Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { invalidProp } from './errors';

/**
 * Refuses names that Prometheus does not take for labels.
 *
 * @see https://prometheus.io/docs/concepts/data_model/
 */
export function validateLabelName(scope: IConstruct | undefined, prop: string, name: string): void {
  if (!Token.isUnresolved(name) && !/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name)) {
    throw invalidProp(scope, {
      prop,
      got: name,
      allowed: 'labels named by letters, digits and _, not starting with a digit',
      mend: 'Use the name that the label has in queries.',
    });
  }
}

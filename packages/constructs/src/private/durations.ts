import type { Duration } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { invalidProp } from './errors';

/** Whole seconds, or a clear error; a duration that is a token is passed on. */
export function wholeSeconds(scope: IConstruct, prop: string, duration: Duration, mend: string): number {
  if (duration.isUnresolved()) {
    return duration.toSeconds();
  }
  const seconds = duration.toSeconds({ integral: false });
  if (!Number.isInteger(seconds)) {
    throw invalidProp(scope, { prop, got: duration.toString(), allowed: 'a whole number of seconds', mend });
  }
  return seconds;
}

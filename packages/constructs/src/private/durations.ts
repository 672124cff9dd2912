import { type Duration, Token } from 'aws-cdk-lib';
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

/** As Prometheus writes it: `90s`, `5m`, `2h`. Whole seconds, or a clear error. */
export function prometheusDuration(scope: IConstruct, prop: string, duration: Duration): string {
  const seconds = wholeSeconds(scope, prop, duration, 'Use Duration.seconds(n) or Duration.minutes(n).');
  if (Token.isUnresolved(seconds)) {
    return `${Token.asString(seconds)}s`;
  }
  const [unit, size] = UNITS.find(([, length]) => seconds > 0 && seconds % length === 0) ?? ['s', 1];
  return `${seconds / size}${unit}`;
}

const UNITS: [string, number][] = [
  ['d', 86_400],
  ['h', 3_600],
  ['m', 60],
];

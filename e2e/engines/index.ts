import type { Provisioned } from './engine';
import { lookUp } from './provision';
import { engines } from './table';

export type EngineName = (typeof engines)[number]['name'];

/**
 * An engine that a suite can't do without.
 *
 * @throws when it is not there: a missing engine is a failure, never a silent skip
 */
export function engine(name: EngineName): Provisioned {
  const provisioned = optionalEngine(name);
  if (!provisioned) {
    throw new Error(`the engine ${name} is missing; bring it with: npm run engines -- ${name}`);
  }
  return provisioned;
}

/** An engine that a machine has or has not; the suites that need it say so in the names of the tests they skip. */
export function optionalEngine(name: EngineName): Provisioned | undefined {
  const entry = engines.find((candidate) => candidate.name === name);
  return entry && lookUp(entry);
}

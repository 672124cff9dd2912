import { Random } from '../../fuzz/random';

/** Other cases with `SIGHTLINE_SEED=NUMBER`. */
const SEED = Number(process.env.SIGHTLINE_SEED ?? 20_261_122);

/** More (or fewer) cases than the sample of a suite, with `SIGHTLINE_CASES=NUMBER`: the long tier. */
export function howMany(sample: number): number {
  return Number(process.env.SIGHTLINE_CASES ?? sample);
}

/** Case number n is the same whatever stands before it, so that one can be repeated alone. */
export function randomCases<T>(count: number, make: (random: Chance) => T): readonly T[] {
  return Array.from({ length: count }, (_, index) => make(new Chance(mixed(SEED, index))));
}

/** Seeds that stand one after another have no cases in common. */
function mixed(seed: number, index: number): number {
  return Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b);
}

/** What generators of cases ask of chance. */
export class Chance extends Random {
  /** True with this probability. */
  public maybe(probability: number): boolean {
    return this.next() < probability;
  }

  /** From `least` to `most` of them, some perhaps twice. */
  public some<T>(choices: readonly T[], most: number, least = 0): T[] {
    return Array.from({ length: least + this.below(most - least + 1) }, () => this.pick(choices));
  }

  /** Up to `most` different ones, in the order of the choices. */
  public subset<T>(choices: readonly T[], probability: number): T[] {
    return choices.filter(() => this.maybe(probability));
  }
}

/** One line for the table of a long run. */
export function told(what: string, oracle: string, figures: Readonly<Record<string, number>>): void {
  const numbers = Object.entries(figures).map(([name, count]) => `${count.toLocaleString('en-US')} ${name}`);
  process.stdout.write(`${what} | ${oracle} | ${numbers.join(', ')}\n`);
}

import { Random } from '../fuzz/random';
import { alive } from '../mutation/alive';
import { runBenign, runMutants } from '../mutation/run';
import { operators } from '../mutation/table';

/** Others with `SIGHTLINE_SEED=NUMBER`; `npm run mutate` tries them all. */
const seed = Number(process.env.SIGHTLINE_SEED ?? 1);
const share = 0.05;

test(`one in ${1 / share} mutants, by seed ${seed}: each is found, and both ends of it`, () => {
  const random = new Random(seed);
  const survivors: string[] = [];
  let tried = 0;
  runMutants(
    () => random.next() < share,
    ({ mutant, fate, why }) => {
      tried += 1;
      if (fate === 'survived' && !alive.includes(mutant.operator)) {
        survivors.push(`${mutant.operator}: ${mutant.title}: ${why}`);
      }
    },
  );
  expect(survivors).toEqual([]);
  expect(tried).toBeGreaterThan(15);
});

test(`one in ${1 / share} benign changes, by seed ${seed}: nothing is found`, () => {
  const random = new Random(seed);
  const alarms: string[] = [];
  let tried = 0;
  runBenign(
    () => random.next() < share,
    ({ change, objection }) => {
      tried += 1;
      if (objection !== undefined) {
        alarms.push(`${change.id}: ${change.title}: ${objection}`);
      }
    },
  );
  expect(alarms).toEqual([]);
  expect(tried).toBeGreaterThan(10);
});

test('there are 40 operators and more, each with a name of its own, and none of those that are alive is made up', () => {
  const ids = operators.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.length).toBeGreaterThanOrEqual(40);
  expect(alive.filter((id) => !ids.includes(id))).toEqual([]);
});

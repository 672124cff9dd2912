import { join } from 'node:path';
import { known } from '@eks-sightline/wiring/lib/model';
import { fnmatches, globFinds } from '@eks-sightline/wiring/lib/trace/log-source/glob';
import { succeed } from '../engines/run';
import { type Chance, howMany, randomCases, told } from '../kit/differential/cases';

/** Patterns of log files against the libc that Fluent Bit asks. */
const COUNT = howMany(5000);

const WORDS = [
  'var',
  'log',
  'containers',
  'web-7f9b_shop_web-0a1b.log',
  'web',
  'a',
  'b.log',
  '.hidden',
  'x1',
  'a*b',
  'a]b',
  'A',
];
const PIECES = [
  '*',
  '*',
  '?',
  '**',
  '[ab]',
  '[a-c]',
  '[!a]',
  '[^a-z]',
  '[]a]',
  '[[:alpha:]]',
  '\\*',
  '\\a',
  '.log',
  'web',
  'a',
  '_shop_',
  '-',
  '[',
  ']',
  '.',
  'x[0-9]',
];

function pair(random: Chance): readonly [pattern: string, path: string] {
  const path = random.some(WORDS, 4, 1);
  // Mostly what has to do with the path: some of its words, with some of their letters replaced.
  const pattern = path.map((word) => {
    if (random.maybe(0.25)) return random.some(PIECES, 3, 1).join('');
    if (random.maybe(0.4)) return word;
    const [from, to] = [random.below(word.length), random.below(word.length + 1)].sort((a, b) => a - b) as [
      number,
      number,
    ];
    return word.slice(0, from) + random.pick(PIECES) + word.slice(to);
  });
  return [`/${pattern.join('/')}`, `/${path.join('/')}`];
}

test(`${COUNT} random patterns and paths: what we know is what glob(3) and fnmatch(3) say`, async () => {
  const pairs = randomCases(COUNT, pair);
  const script = join(__dirname, '..', 'kit', 'differential', 'glob', 'libc.py');
  const { stdout } = await succeed(['python3', script], { input: JSON.stringify(pairs), timeout: 60_000 });
  const wanted = JSON.parse(stdout) as readonly (readonly [glob: boolean, fnmatch: boolean])[];
  const counts = { pairs: COUNT, found: 0, unknown: 0 };
  const different = pairs.flatMap(([pattern, path], index) => {
    const [glob, fnmatch] = wanted[index] ?? [false, false];
    if (glob) counts.found += 1;
    const got = [globFinds(known(pattern), known(path)), fnmatches(known(pattern), known(path))];
    counts.unknown += got.filter((truth) => truth === 'unknown').length;
    return [glob, fnmatch].flatMap((one, at) =>
      got[at] === 'unknown' || (got[at] === 'yes') === one
        ? []
        : [`${at === 0 ? 'glob' : 'fnmatch'} ${pattern} ${path}: ours ${got[at]}`],
    );
  });
  told('globs', 'glob(3), fnmatch(3)', { ...counts, differences: different.length });
  expect(different.slice(0, 30)).toEqual([]);
  expect(counts.found).toBeGreaterThan(COUNT / 20);
});

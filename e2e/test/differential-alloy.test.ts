import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAlloy } from '@eks-sightline/wiring/lib/read/alloy';
import { MappedText, SourceText } from '@eks-sightline/wiring/lib/text';
import { engine } from '../engines';
import { run } from '../engines/run';
import { type Chance, howMany, randomCases, told } from '../kit/differential/cases';
import { temporaryFolder } from '../kit/temporary';

/** Texts that are Alloy's, and texts that nearly are, against the parser that Alloy itself uses. */
const COUNT = howMany(3000);
/** Files that one process is given: a command line has its length. */
const TOGETHER = 500;

const GOOD = ['a', 'b1', '_x', 'discovery', 'prometheus', 'x_9'];
const NAMES = [...GOOD, ...GOOD, ...GOOD, 'true', 'null', 'é', '1a', ''];
const WELL = ['1', '0.5', '1e3', '.5', '"x"', '"a\\n"', '`raw\n`', 'a'];
const LITERALS = [...WELL, ...WELL, '-2', '5.', '0x1F', '"\\q"', "'c'", '"open', '00'];
const KNOWN = ['+', '-', '*', '/', '%', '^', '==', '!=', '<', '>=', '&&', '||'];
const OPERATORS = [...KNOWN, ...KNOWN, '!', '=', '&', '??'];
const LETTERS = [...'{}[]().,"`\n ;\t\\$\r', '//', '/*', '*/'];

function expression(random: Chance, depth = 0): string {
  const inner = () => expression(random, depth + 1);
  const kind = depth > 3 ? random.below(2) : random.below(9);
  switch (kind) {
    case 0:
      return random.pick(LITERALS);
    case 1:
      return random.pick(NAMES);
    case 2:
      return `${inner()} ${random.pick(OPERATORS)} ${inner()}`;
    case 3:
      return `[${random.some([inner(), inner()], 3).join(random.pick([', ', ',\n', ' ']))}${random.pick(['', ',', ',\n'])}]`;
    case 4: {
      const fields = random.some([`${random.pick(NAMES)} = ${inner()}`, `"k" = ${inner()}`], 3);
      return `{${random.pick(['', '\n'])}${fields.join(random.pick([', ', ',\n']))}${random.pick(['', ',', ',\n', '\n'])}}`;
    }
    case 5:
      return `${random.pick(NAMES)}.${random.pick(NAMES)}(${random.some([inner()], 2).join(', ')})`;
    case 6:
      return `${inner()}[${inner()}]`;
    case 7:
      return `(${inner()})`;
    default:
      return `${random.pick(['-', '!', '--'])}${inner()}`;
  }
}

function body(random: Chance, depth = 0): string {
  return random
    .some([0, 1, 2, 3], 4, 1)
    .map((kind) => {
      if (kind === 0 && depth < 3) {
        const label = random.pick(['', ' "x"', ' "a b"', ' x', ' ""']);
        const inside = random.maybe(0.2) ? '' : `\n${body(random, depth + 1)}\n`;
        return `${random.pick(NAMES)}.${random.pick(NAMES)}${label} {${inside}}`;
      }
      return kind === 1 ? '// a comment' : `${random.pick(NAMES)} = ${expression(random)}`;
    })
    .join(random.maybe(0.9) ? '\n' : ' ');
}

/** Some letters of a text left out, put in or written twice. */
function damaged(random: Chance, text: string): string {
  let out = text;
  for (let times = random.below(3); times > 0; times--) {
    const at = random.below(out.length + 1);
    const length = random.below(4);
    const put = random.maybe(0.6) ? random.pick(LETTERS) : out.slice(at, at + length);
    out = out.slice(0, at) + put + out.slice(at + (random.maybe(0.5) ? length : 0));
  }
  return out;
}

/** Those of the files that Alloy's parser refuses, with what it says. */
async function refused(folder: string, files: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (let at = 0; at < files.length; at += TOGETHER) {
    const some = files.slice(at, at + TOGETHER);
    const { stderr } = await run([...engine('alloy-syntax').command, ...some], { cwd: folder, timeout: 60_000 });
    for (const [, file, what] of stderr.matchAll(/^(?:Error: )?(\d+\.alloy):\d+:\d+: (.*)$/gm)) {
      if (file && !found.has(file)) found.set(file, what ?? '');
    }
  }
  return found;
}

test(`${COUNT} random texts: what we cannot read is what Alloy's parser refuses`, async () => {
  const texts = randomCases(COUNT, (random) => {
    const text = body(random);
    return random.maybe(0.5) ? damaged(random, text) : text;
  });
  const folder = temporaryFolder();
  const files = texts.map((text, index) => {
    writeFileSync(join(folder, `${index}.alloy`), text);
    return `${index}.alloy`;
  });
  const theirs = await refused(folder, files);
  const different = texts.flatMap((text, index) => {
    const { problems } = parseAlloy(MappedText.whole(new SourceText(`${index}.alloy`, text)));
    const said = theirs.get(`${index}.alloy`);
    if (problems.length > 0 === (said !== undefined)) return [];
    return [{ text, ours: problems[0]?.message ?? 'taken', theirs: said ?? 'taken' }];
  });
  told("Alloy's texts", 'github.com/grafana/alloy/syntax', {
    texts: COUNT,
    refused: theirs.size,
    differences: different.length,
  });
  expect(different.slice(0, 10)).toEqual([]);
  // Neither all nor none of them are Alloy's.
  expect(theirs.size).toBeGreaterThan(COUNT / 10);
  expect(COUNT - theirs.size).toBeGreaterThan(COUNT / 10);
});

import fc from 'fast-check';
import { parseAnyYaml } from '../../src/read/yaml';
import { readBlockYaml } from '../../src/read/yaml/block';
import { rules } from '../../src/rules';
import { MappedText, type Node, SourceText } from '../../src/text';

const whole = (text: string) => MappedText.whole(new SourceText('a.yaml', text));

/** A tree as plain data, with the place of everything in it, also inside its texts. */
function places(node: Node): unknown {
  const { start, end } = node.span;
  switch (node.kind) {
    case 'map':
      return {
        start,
        end,
        entries: [...node.entries].map(([name, e]) => [name, e.key.start, e.key.end, places(e.value)]),
      };
    case 'list':
      return { start, end, items: node.items.map(places) };
    case 'scalar': {
      const text = node.text();
      const inside = [0, text.text.length >> 1].map((at) => text.span(at, at + 1).start);
      return { start, end, value: node.value, text: text.text, inside };
    }
  }
}

/** What both readers say of a text; `undefined` twice: the quick one leaves it to the other. */
function both(text: string): readonly [unknown, unknown] {
  const quick = readBlockYaml(whole(text));
  if (!quick) return [undefined, undefined];
  const { documents, duplicates, problems } = parseAnyYaml(whole(text));
  const said = ({ message, span }: (typeof duplicates)[number]) => [message, span?.start, span?.end];
  return [
    { documents: quick.documents.map(places), duplicates: quick.duplicates.map(said), problems: [] },
    { documents: documents.map(places), duplicates: duplicates.map(said), problems },
  ];
}

const KEYS = [
  ...['a', 'b', 'c', '"d"', "'e'", 'f g', 'on', '1', '~', '-x', 'a#b', '$x', 'a:b', '""', '.', '<', '<<', 'x,y', '? a'],
];
const SCALARS = [
  ...['1', 'x', 'x y', '"q"', "'s'", "'it''s'", '"a\\nb"', '"\\u0041"', 'true', 'no', '~', 'null', '0644', '1e3', '.5'],
  ...['.', '-1', '+1', '-', '- x', '-x', 'a: b', 'a:b', 'a #c', 'a#c', '#c', '[a, b]', '[]', '{}', '{a: b}', '{a}'],
  ...['{a: [1, "2"], b: {}}', '[{a: b}, c]', '[a:b]', '[a: b]', '[-]', '[-1]', '[- a]', '[a,]', '[,]', '{"a":1}'],
  ...['["a" , \'b\']', '[a]x', '[a] #c', '"a"b', '"a" #c', '"a"#c', '|', '>', '|-', '>-', '|+', '|2', '| #c', '|#c'],
  ...['&a x', '*a', '!t x', '%x', '@x', '`x', '=', '2001-01-01', '1:30', '0x1F', '0b1', '1_0', 'Y', '.inf', '.nan'],
  ...[
    ',x',
    ']x',
    'x]',
    '',
    ' ',
    'x ',
    'x\tq',
    '\t',
    '\u2028',
    'x\u0085y',
    '🙂',
    '[*]',
    '[ a ]',
    '{a: b}}',
    '[[a], []]',
  ],
  ...['...', '---', '--- x', '--', 'x\r'],
];

const line = fc
  .record({
    indent: fc.constantFrom(0, 0, 2, 2, 4, 1, 3),
    dash: fc.constantFrom('', '', '', '- ', '- - ', '-'),
    key: fc.option(fc.constantFrom(...KEYS)),
    value: fc.constantFrom(...SCALARS, ...Array<string>(40).fill('')),
  })
  .map(
    ({ indent, dash, key, value }) =>
      `${' '.repeat(indent)}${dash}${key === null ? '' : `${key}:${value && ' '}`}${value}`,
  );

it('reads the same as a whole parser, place by place, or leaves the text to that', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(line, fc.constant(''), fc.constant(' # c'), fc.constant('---'))),
      fc.boolean(),
      (lines, isEnded) => {
        const [quick, slow] = both(lines.join('\n') + (isEnded ? '\n' : ''));
        expect(quick).toEqual(slow);
      },
    ),
    { numRuns: 2000 },
  );
});

it('reads the example of every rule as a whole parser does, and nearly all without it', () => {
  const texts = rules.flatMap(({ example }) =>
    Object.entries(example?.files ?? {}).flatMap(([name, text]) => (/\.ya?ml$/.test(name) ? [text] : [])),
  );
  for (const text of texts) {
    const [quick, slow] = both(text);
    expect(quick).toEqual(slow);
  }
  const left = texts.filter((text) => !readBlockYaml(whole(text)));
  expect(left.length / texts.length).toBeLessThan(0.2);
});

it.each([
  ['maps and lists, nested and compact', 'a:\n  - b: 1\n    c:\n    - d\n  - - e\n'],
  ['a literal block', 'a: |\n  b\n\n    c\nd: 1\n'],
  ['a folded block', 'a: >-\n  b\n  c\n'],
  ['a block without a last line break', 'a: |\n  b'],
  ['scalars of every type', "a: ~\nb: yes\nc: 0644\nd: 1.5\ne: 2001-01-01\nf: \"1\"\ng: 'it''s'\nh:\n"],
  ['flow collections on one line', 'a: [b, "c", {d: e}]\nf: {}\n'],
  ['comments and several documents', '# a\n---\na: 1 # b\n---\n# c\n---\nd: 2\n'],
  ['a key that is given twice', 'a: 1\na: 2\n'],
])('knows %s', (_, text) => {
  const [quick, slow] = both(text);
  expect(quick).toBeDefined();
  expect(quick).toEqual(slow);
});

it.each([
  ['anchors', 'a: &b 1\nc: *b\n'],
  ['tags', 'a: !Ref b\n'],
  ['merge keys', '<<: {a: 1}\n'],
  ['scalars of several lines', 'a: b\n  c\n'],
  ['flow collections of several lines', 'a: [\n  b\n]\n'],
  ['line ends of Windows', 'a: b\r\n'],
  ['deep nesting', `a: ${'['.repeat(200)}${']'.repeat(200)}\n`],
  ['faults', 'a: b: c\n'],
])('leaves %s to a whole parser', (_, text) => {
  expect(readBlockYaml(whole(text))).toBeUndefined();
});

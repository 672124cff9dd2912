import { readJson } from '../../src/read/json';
import { readYaml } from '../../src/read/yaml';
import { MappedText, type Node, type ScalarNode, SourceText } from '../../src/text';

const whole = (text: string) => MappedText.whole(new SourceText('f.yaml', text));

function plain(node: Node | undefined): unknown {
  if (!node) return undefined;
  if (node.kind === 'list') return node.items.map(plain);
  if (node.kind === 'map') return Object.fromEntries([...node.entries].map(([key, { value }]) => [key, plain(value)]));
  return node.value;
}

const yaml = (text: string) => readYaml(whole(text)).documents.map(plain);

function scalar(node: Node | undefined, key: string): ScalarNode {
  const found = node?.kind === 'map' ? node.entries.get(key)?.value : undefined;
  if (found?.kind !== 'scalar') throw new Error(`no scalar ${key}`);
  return found;
}

/** What stands in the file where the inner text says that a piece of it comes from. */
function origin(text: MappedText, piece: string): string {
  const at = text.text.indexOf(piece);
  const { source, start, end } = text.span(at, at + piece.length);
  return source.text.slice(start, end);
}

describe('YAML as Kubernetes reads it', () => {
  it.each([
    ['octal numbers and yes', 'a: 0644\nb: yes\nc: off', { a: 420, b: true, c: false }],
    ['no base 60 numbers and no timestamps', 'a: 1:30\nb: 2026-01-01', { a: '1:30', b: '2026-01-01' }],
    ['a lone dot as text, a NaN as one', 'a: .\nb: .nan', { a: '.', b: Number.NaN }],
    ['a block at the end without a line break', 'a: |\n  x', { a: 'x' }],
    ['keys as they are written', 'on: 1\ny: 2\n3: 4', { on: 1, y: 2, '3': 4 }],
    ['quoted text as text', 'a: "yes"\nb: \'1\'', { a: 'yes', b: '1' }],
    ['nothing as null', 'a:\nb: ~', { a: null, b: null }],
    [
      'merge keys, the own value first',
      'x: &x {a: 1, b: 2}\ny: {<<: *x, b: 3}',
      { x: { a: 1, b: 2 }, y: { b: 3, a: 1 } },
    ],
    ['the last of two equal keys', 'a: 1\na: 2', { a: 2 }],
    [
      'CloudFormation short tags',
      'a: !Ref R\nb: !GetAtt R.Arn\nc: !Join ["", [!Ref R, x]]',
      { a: { Ref: 'R' }, b: { 'Fn::GetAtt': 'R.Arn' }, c: { 'Fn::Join': ['', [{ Ref: 'R' }, 'x']] } },
    ],
  ])('%s', (_, text, value) => {
    expect(yaml(text)).toEqual([value]);
  });

  it('leaves empty documents out and reads the ones beside a broken one', () => {
    const { documents, problems } = readYaml(whole('---\n---\na: 1\n---\nb: [\n---\nc: 2\n'));
    expect(documents.map(plain)).toEqual([{ a: 1 }, { c: 2 }]);
    expect(problems.map(({ code }) => code)).toEqual(['yaml-syntax']);
  });

  it('gives CRLF files the same values', () => {
    expect(yaml('a: 1\r\nb: |\r\n  x\r\n  y\r\n')).toEqual([{ a: 1, b: 'x\ny\n' }]);
  });

  it.each([
    ['flow lists', '['.repeat(20_000)],
    ['closed flow lists', `${'['.repeat(20_000)}${']'.repeat(20_000)}`],
    ['block lists', `${'- '.repeat(20_000)}x`],
    ['flow maps', '{a: '.repeat(20_000)],
    ['lists just above the limit', `${'['.repeat(502)}${']'.repeat(502)}`],
  ])('tells of %s that are nested too deeply', (_, text) => {
    expect(readYaml(whole(text)).problems.map(({ code }) => code)).toEqual(['too-deep']);
  });

  it('stops an alias bomb', () => {
    const bomb = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let i = 1; i < 10; i++)
      bomb.push(
        `a${i}: &a${i} [${Array(10)
          .fill(`*a${i - 1}`)
          .join(', ')}]`,
      );
    expect(readYaml(whole(bomb.join('\n'))).problems.map(({ code }) => code)).toEqual(['too-many-aliases']);
  });

  it('does not follow an alias into itself', () => {
    expect(readYaml(whole('a: &a [1, *a]')).problems.map(({ code }) => code)).toEqual(['yaml-syntax']);
  });
});

describe('positions inside strings', () => {
  const text = [
    'literal: |',
    '  first line',
    '    indented',
    '',
    '  last line',
    'indicated: |2',
    '    two spaces stay',
    'stripped: |-',
    '  no break',
    "single: 'it''s here'",
    'double: "tab\\there \\u00e9nd"',
    'plain: some words',
    '',
  ].join('\n');
  const [document] = readYaml(whole(text)).documents;

  it.each(['literal', 'indicated', 'stripped', 'single', 'double', 'plain'])('the text of %s is its value', (key) => {
    const node = scalar(document, key);
    expect(node.text().text).toBe(node.value);
  });

  it.each([
    ['literal', 'first'],
    ['literal', 'indented'],
    ['literal', 'last line'],
    ['indicated', 'two spaces'],
    ['stripped', 'no break'],
    ['single', 'here'],
    ['double', 'here'],
    ['double', 'nd'],
    ['plain', 'words'],
  ])('%s: "%s" is found in the file', (key, piece) => {
    expect(origin(scalar(document, key).text(), piece)).toBe(piece);
  });

  it('an escape maps to the whole of it', () => {
    expect(origin(scalar(document, 'double').text(), '\t')).toBe('\\t');
    expect(origin(scalar(document, 'double').text(), 'é')).toBe('\\u00e9');
  });

  it('go through YAML that is embedded in YAML', () => {
    const outer = readYaml(whole('data:\n  inner.yaml: |\n    a:\n      b: |\n        deep text\n')).documents[0];
    const data = outer.kind === 'map' ? outer.entries.get('data')?.value : undefined;
    const [inner] = readYaml(scalar(data, 'inner.yaml').text()).documents;
    const a = inner.kind === 'map' ? inner.entries.get('a')?.value : undefined;
    expect(origin(scalar(a, 'b').text(), 'deep')).toBe('deep');
    expect(scalar(a, 'b').text().span(0, 4).source.position(scalar(a, 'b').text().span(0, 4).start)).toEqual({
      line: 5,
      column: 9,
    });
  });
});

describe('JSON', () => {
  it('is strict: no comments, no trailing commas', () => {
    expect(readJson(whole('{"a": 1, // x\n"b": 2}')).problems).toHaveLength(1);
    expect(readJson(whole('{"a": [1,]}')).problems).toHaveLength(1);
    expect(readJson(whole('')).problems).toHaveLength(1);
  });

  it('keeps places of keys, values and text inside strings', () => {
    const source = '{"policy": "{\\"Effect\\": \\"Allow\\"}"}';
    const { value } = readJson(whole(source));
    const inner = scalar(value, 'policy').text();
    expect(inner.text).toBe('{"Effect": "Allow"}');
    expect(origin(inner, 'Allow')).toBe('Allow');
  });

  it('tells of depth before it parses; brackets in strings do not count', () => {
    expect(readJson(whole('['.repeat(20_000))).problems[0].code).toBe('too-deep');
    expect(readJson(whole(`"${'['.repeat(20_000)}"`)).problems).toEqual([]);
  });
});

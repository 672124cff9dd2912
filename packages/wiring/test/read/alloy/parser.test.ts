import { attributeOf, blocksOf, parseAlloy } from '../../../src/read/alloy';
import type { Problem } from '../../../src/read/problem';
import { MappedText, SourceText, type Span } from '../../../src/text';
import { ACCEPTED, REFUSED } from './cases';

const parse = (text: string) => parseAlloy(MappedText.whole(new SourceText('config.alloy', text)));

const place = (span: Span | undefined) => {
  if (!span) return undefined;
  const { line, column } = span.source.position(span.start);
  return `${span.source.file}:${line}:${column}`;
};
const quoted = (span: Span) => span.source.text.slice(span.start, span.end);
const shown = (problems: readonly Problem[]) => problems.map(({ span, message }) => `${place(span)} ${message}`);

describe('agrees with the parser of grafana/alloy', () => {
  test.each(ACCEPTED)('accepts %j', (text) => {
    expect(shown(parse(text).problems)).toEqual([]);
  });

  test.each(REFUSED)('refuses %j', (text) => {
    const { problems } = parse(text);
    expect(problems.length).toBeGreaterThan(0);
    for (const problem of problems) expect(problem.span).toBeDefined();
  });
});

describe('structure', () => {
  const text = [
    'prometheus.remote_write "amp" {',
    '  endpoint {',
    '    url = "https://" + sys.env("HOST") // where',
    '  }',
    '  endpoint { url = "b" }',
    '}',
    '',
  ].join('\n');
  const { body, comments } = parse(text);

  test('blocks carry name, label and their places', () => {
    const [block] = blocksOf(body, 'prometheus.remote_write');
    expect(block).toMatchObject({ name: 'prometheus.remote_write', label: 'amp' });
    expect(quoted(block.nameSpan)).toBe('prometheus.remote_write');
    expect(block.labelSpan && quoted(block.labelSpan)).toBe('"amp"');
    expect(quoted(block.span)).toBe(text.trimEnd());
    expect(blocksOf(block.body, 'endpoint').map(({ span }) => place(span))).toEqual([
      'config.alloy:2:3',
      'config.alloy:5:3',
    ]);
  });

  test('attributes carry their expression and its place', () => {
    const [endpoint] = blocksOf(blocksOf(body, 'prometheus.remote_write')[0].body, 'endpoint');
    const url = attributeOf(endpoint.body, 'url');
    expect(url?.value).toMatchObject({
      kind: 'binary',
      operator: '+',
      left: { kind: 'literal', value: 'https://' },
      right: { kind: 'call', callee: { kind: 'access', name: 'env' }, arguments: [{ value: 'HOST' }] },
    });
    expect(url && quoted(url.value.span)).toBe('"https://" + sys.env("HOST")');
    expect(place(url?.value.span)).toBe('config.alloy:3:11');
  });

  test('comments are kept with their places', () => {
    expect(comments.map(({ text, span }) => [text, place(span)])).toEqual([['// where', 'config.alloy:3:40']]);
  });

  test('operators bind as in Go, "^" to the right', () => {
    const value = attributeOf(parse('a = 1 + 2 * 3 ^ 4 ^ 5 == 6').body, 'a')?.value;
    expect(value).toMatchObject({
      operator: '==',
      left: {
        operator: '+',
        left: { value: 1 },
        right: { operator: '*', right: { operator: '^', left: { value: 3 }, right: { operator: '^' } } },
      },
      right: { value: 6 },
    });
  });

  test('strings are unescaped, and places in them map back over the escapes', () => {
    const value = attributeOf(parse('a = "x\\ty\\u00e9\\101z"').body, 'a')?.value;
    if (value?.kind !== 'literal' || !value.text) throw new Error('expected a string');
    expect(value.value).toBe('x\tyéAz');
    expect(quoted(value.text.span(5, 6))).toBe('z');
    expect(quoted(value.text.span(1, 2))).toBe('\\t');
    expect(quoted(value.text.span(3, 4))).toBe('\\u00e9');
  });

  test('raw strings take no escapes', () => {
    expect(attributeOf(parse('a = `\\d+\n"x"`').body, 'a')?.value).toMatchObject({ value: '\\d+\n"x"' });
  });
});

describe('faults', () => {
  test('names what was expected and where', () => {
    expect(shown(parse('a {\n  b = )\n}\n').problems)).toEqual(['config.alloy:2:7 expected a value, got ")"']);
    expect(shown(parse('a = [1,\n2\n]').problems)[0]).toBe('config.alloy:2:2 expected "," or "]", got end of line');
  });

  test('what stands around a fault is still read', () => {
    const { body, problems } = parse('a = 1\nb = 1 2\nc {\n  d = 2\n}\n');
    expect(problems).toHaveLength(1);
    expect(body.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
  });

  test('a very deep nesting is a problem, not a crash', () => {
    for (const open of ['[', '{a=', '(', '!', 'a[', 'f(']) {
      const { problems } = parse(`x = ${open.repeat(20000)}`);
      expect(problems.at(-1)).toMatchObject({ code: 'too-deep', message: 'nested deeper than 200 levels' });
    }
    expect(parse('a {\n'.repeat(20000)).problems.at(-1)?.code).toBe('too-deep');
  });

  test('a very long text of one line is read in one pass', () => {
    expect(parse(`x = [${'1,'.repeat(50000)}]`).problems).toEqual([]);
    expect(parse(`x = ${'/* c */'.repeat(2000)} 1`).problems).toEqual([]);
  });
});

describe('inside a ConfigMap', () => {
  const outer = new SourceText('cm.yaml', 'data:\n  config.alloy: |\n    a = 1\n    b = `x\n    y`\n    c = ,\n');
  const lines = ['a = 1\n', 'b = `x\n', 'y`\n', 'c = ,\n'];
  const pieces = lines.map((text) => {
    const start = outer.text.indexOf(`    ${text}`) + 4;
    return { text, span: { source: outer, start, end: start + text.length } };
  });
  const inner = MappedText.join(pieces, { source: outer, start: pieces[0].span.start, end: outer.text.length });
  const { body, problems } = parseAlloy(inner);

  test('places are those of the outer file', () => {
    expect(body.map(({ span }) => place(span))).toEqual(['cm.yaml:3:5', 'cm.yaml:4:5', 'cm.yaml:6:5']);
    expect(shown(problems)).toEqual(['cm.yaml:6:9 expected a value, got ","']);
  });

  test('also in the second line of a raw string', () => {
    const value = attributeOf(body, 'b')?.value;
    if (value?.kind !== 'literal' || !value.text) throw new Error('expected a string');
    expect(value.value).toBe('x\ny');
    expect(place(value.text.span(2, 3))).toBe('cm.yaml:5:5');
  });
});

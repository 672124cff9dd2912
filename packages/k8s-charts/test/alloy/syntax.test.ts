import { type Block, renderAlloy } from '../../src/alloy/syntax';

const block = (attributes: Block['attributes'], blocks?: Block[]) => renderAlloy([{ name: 'b', attributes, blocks }]);

test.each([
  ['a quote', 'say "hi"', '"say \\"hi\\""'],
  ['a backslash', '\\d+', '"\\\\d+"'],
  ['a line break and a tab', 'a\n\tb\r', '"a\\n\\tb\\r"'],
  ['control characters', '\u0000\u0007\u001b\u007f', '"\\u0000\\u0007\\u001b\\u007f"'],
  ['line separators', '\u2028\u2029', '"\\u2028\\u2029"'],
  ['a dollar sign, which is not special', '$1:${2}', '"$1:${2}"'],
  ['other scripts', '관찰 😀', '"관찰 😀"'],
])('a string with %s is escaped as Go would', (_, text, expected) => {
  expect(block({ x: text })).toBe(`b {\n\tx = ${expected}\n}\n`);
});

test('the equals signs of neighbouring attributes are in one column', () => {
  expect(block({ a: 1, long_name: true })).toBe('b {\n\ta         = 1\n\tlong_name = true\n}\n');
});

test('a value of several lines ends the column', () => {
  const text = block({ labels: { object: { a: 'x', 'b-c': 'y' } }, n: 1 });
  expect(text).toBe('b {\n\tlabels = {\n\t\ta     = "x",\n\t\t"b-c" = "y",\n\t}\n\tn = 1\n}\n');
});

test('references, environment variables, concatenations and lists are expressions, not strings', () => {
  const text = block({ list: [{ reference: 'a.b.c' }], url: { concat: ['https://', { env: 'HOST' }, '/x'] } });
  expect(text).toContain('list = [a.b.c]');
  expect(text).toContain('url  = "https://" + sys.env("HOST") + "/x"');
});

test('attributes without a value are left out, and an empty block stays on one line', () => {
  expect(block({ x: undefined })).toBe('b { }\n');
});

test('blocks are separated by an empty line and nested by a tab', () => {
  const text = renderAlloy([{ name: 'a', label: 'l', attributes: { x: 1 }, blocks: [{ name: 'c' }] }, { name: 'd' }]);
  expect(text).toBe('a "l" {\n\tx = 1\n\n\tc { }\n}\n\nd { }\n');
});

test('an attribute name that is no identifier is refused', () => {
  expect(() => block({ 'a-b': 1 })).toThrow('got "a-b", allowed: an identifier');
});

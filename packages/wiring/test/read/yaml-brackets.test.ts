import { parseYaml } from '../../src/read/yaml';
import { MappedText, type Node, SourceText } from '../../src/text';

const whole = (text: string) => MappedText.whole(new SourceText('f.yaml', text));

function plain(node: Node): unknown {
  if (node.kind === 'list') return node.items.map(plain);
  if (node.kind === 'map') return Object.fromEntries([...node.entries].map(([key, { value }]) => [key, plain(value)]));
  return node.value;
}

const read = (text: string) => parseYaml(whole(text)).documents.map(plain);

// What PyYAML 6.0.3, gopkg.in/yaml.v3 and sigs.k8s.io/yaml say of each was tried.
describe('lines inside brackets and quotes that are indented too little are what Go, Python and CloudFormation take', () => {
  it.each<[string, string, unknown]>([
    ['a closing bracket at the column of the key', 'a:\n  b: [\n    x\n  ]\n  c: 1\n', { a: { b: ['x'], c: 1 } }],
    ['a closing bracket left of it', 'a:\n  b: [\n    x,\n ]\n  c: 1\n', { a: { b: ['x'], c: 1 } }],
    ['a closing bracket at the margin', 'a:\n  b: [\n    x\n]\n  c: 1\n', { a: { b: ['x'], c: 1 } }],
    ['a closing brace at the margin', 'a:\n  b: {\n    x: 1\n}\n  c: 1\n', { a: { b: { x: 1 }, c: 1 } }],
    ['items at the margin', 'b: [\nx,\n"y"\n]\nc: 1\n', { b: ['x', 'y'], c: 1 }],
    ['a comment at the margin', 'a:\n  b: [ # [\n# ]\n  x]\n', { a: { b: ['x'] } }],
    ['brackets in an item of a list', 'a:\n  - b: [\n      x\n  ]\n    c: 1\n', { a: [{ b: ['x'], c: 1 }] }],
    ['JSON as a value', 'a: {\n"x": [\n1,\n2\n]\n}\n', { a: { x: [1, 2] } }],
    ['brackets in quotes', 'a:\n  b: [\n "]", \'[\'\n]\n  c: 1\n', { a: { b: [']', '['], c: 1 } }],
    ['words on lines of their own', 'a:\n  b: [one\ntwo,\nthree]\n', { a: { b: ['one two', 'three'] } }],
    ['single quotes at the column of the key', "a:\n  b: 'one\n  two'\n  c: 1\n", { a: { b: 'one two', c: 1 } }],
    ['double quotes at the margin', 'a:\n  b: "one\n\ntwo\\\n three"\n  c: 1\n', { a: { b: 'one\ntwothree', c: 1 } }],
    ['quotes inside brackets', 'a:\n  b: ["one\n]", x\n]\n', { a: { b: ['one ]', 'x'] } }],
    ['line ends of Windows', 'a:\r\n  b: [\r\n    x\r\n]\r\n', { a: { b: ['x'] } }],
  ])('%s', (_, text, value) => {
    expect(read(text)).toEqual([value]);
  });

  it('each of many, in each of several documents', () => {
    const one = 'a:\n  b: [\n    x\n]\n  c: {\n    y: 1\n}\n';
    expect(read(`${one}---\n${one}`)).toEqual(Array(2).fill({ a: { b: ['x'], c: { y: 1 } } }));
  });

  it('with the places that they have in the file', () => {
    const text = 'a:\n  b: [\n    x\n]\n  c: last\n';
    const [document] = parseYaml(whole(text)).documents;
    const a = document.kind === 'map' ? document.entries.get('a')?.value : undefined;
    const c = a?.kind === 'map' ? a.entries.get('c') : undefined;
    expect([c?.key, c?.value.span].map((span) => span && text.slice(span.start, span.end))).toEqual(['c', 'last']);
  });

  it.each([
    ['a bracket that nothing closes', 'a:\n  b: [\n x\nc: 1\n'],
    ['brackets across documents', 'a: [\n---\n]\n'],
    ['quotes that nothing closes', "a:\n  b: 'x\ny: 1\n"],
    ['quotes across documents', "a: 'x\n---\ny'\n"],
    ['two brackets where one is open', 'a:\n  b: [\n x\n]]\n'],
  ])('but not %s', (_, text) => {
    expect(parseYaml(whole(text)).problems).not.toEqual([]);
  });
});

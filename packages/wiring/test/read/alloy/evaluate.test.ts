import { known, symbol, type Value } from '../../../src/model/value';
import { type AlloyValue, attributeOf, evaluateAlloy, nameOfReference, parseAlloy } from '../../../src/read/alloy';
import { MappedText, SourceText, type Span } from '../../../src/text';

const REGION = symbol('env', 'AWS_REGION');
const variables: Readonly<Record<string, Value>> = { AWS_REGION: REGION, PLAIN: known('plain'), EMPTY: known('') };
const components = new Set(['prometheus.remote_write.amp', 'discovery.kubernetes.pods', 'local.file.token']);

function evaluate(expression: string): AlloyValue {
  const { body, problems } = parseAlloy(MappedText.whole(new SourceText('c.alloy', `x = ${expression}`)));
  expect(problems).toEqual([]);
  const attribute = attributeOf(body, 'x');
  if (!attribute) throw new Error('no attribute');
  return evaluateAlloy(attribute.value, {
    env: (name) => variables[name] ?? known(''),
    hasComponent: (id) => components.has(id),
  });
}

/** The value without its places, lists as arrays and objects as objects. */
function bare(value: AlloyValue): unknown {
  switch (value.kind) {
    case 'known':
      return value.value;
    case 'symbol':
      return `<${value.key}>`;
    case 'concat':
      return value.parts.map(bare);
    case 'oneOf':
      return { oneOf: value.choices.map(bare) };
    case 'unknown':
      return { unknown: value.missing.what };
    case 'list':
      return value.more ? { items: value.items.map(bare), more: value.more.map(bare) } : value.items.map(bare);
    case 'object':
      return Object.fromEntries([...value.entries].map(([key, entry]) => [key, bare(entry.value)]));
    case 'reference':
      return { component: value.component, path: value.path };
  }
}

const column = (span: Span | undefined) => span?.source.position(span.start).column;

describe('known values', () => {
  test.each<[string, unknown]>([
    ['"a"', 'a'],
    ['1 + 2 * 3', 7],
    ['7 / 2', 3],
    ['7.0 / 2.5', 2.8],
    ['2 ^ 3 ^ 2', 512],
    ['-(1 + 2)', -3],
    ['!(1 == 2)', true],
    ['true && false || true', true],
    ['"a" < "b"', true],
    ['"a" + "b" + "c"', 'abc'],
    ['null', null],
    ['[1, "a", true]', [1, 'a', true]],
    ['{ a = 1, "b c" = [2] }', { a: 1, 'b c': [2] }],
    ['{ a = { b = [5, 6] } }["a"].b[1]', 6],
    ['sys.env("PLAIN")', 'plain'],
    ['env("PLAIN")', 'plain'],
    ['coalesce(sys.env("EMPTY"), "x", "y")', 'x'],
    ['coalesce("", [], {}, 0)', 0],
    ['string.format("%s-%d%%", "a", 5)', 'a-5%'],
    ['string.join(["a", "b"], ",")', 'a,b'],
    ['string.split("a,b", ",")', ['a', 'b']],
    ['string.replace("aXbX", "X", "-")', 'a-b-'],
    ['string.to_upper("ab")', 'AB'],
    ['string.trim("--ab-", "-")', 'ab'],
    ['string.trim_prefix("abc", "a")', 'bc'],
    ['string.trim_suffix("abc", "c")', 'ab'],
    ['string.trim_space("  a ")', 'a'],
    ['encoding.to_base64("abc")', 'YWJj'],
    ['constants.os', 'linux'],
    ['array.concat([1], [2, 3])', [1, 2, 3]],
  ])('%s', (expression, expected) => {
    expect(bare(evaluate(expression))).toEqual(expected);
  });
});

describe('symbolic values', () => {
  test('a symbol between strings keeps its place', () => {
    const url = '"https://aps-workspaces." + sys.env("AWS_REGION") + ".amazonaws.com" + "/x"';
    expect(bare(evaluate(url))).toEqual(['https://aps-workspaces.', '<AWS_REGION>', '.amazonaws.com/x']);
    expect(bare(evaluate('string.format("a-%s-b", sys.env("AWS_REGION"))'))).toEqual(['a-', '<AWS_REGION>', '-b']);
    expect(bare(evaluate('string.join(["a", sys.env("AWS_REGION")], "/")'))).toEqual(['a/', '<AWS_REGION>']);
  });

  test('coalesce leaves a choice when the first may turn out empty', () => {
    expect(bare(evaluate('coalesce(sys.env("AWS_REGION"), "x", "y")'))).toEqual({ oneOf: ['<AWS_REGION>', 'x'] });
    expect(bare(evaluate('coalesce("a" + sys.env("AWS_REGION"), "x")'))).toEqual(['a', '<AWS_REGION>']);
    expect(bare(evaluate('coalesce(sys.env("HOSTNAME"), constants.hostname)'))).toBe('<hostname>');
  });
});

describe('references', () => {
  test('name the component and what of it', () => {
    expect(bare(evaluate('[prometheus.remote_write.amp.receiver]'))).toEqual([
      { component: 'prometheus.remote_write.amp', path: ['receiver'] },
    ]);
    expect(bare(evaluate('discovery.kubernetes.pods.targets[0]["__address__"]'))).toEqual({
      component: 'discovery.kubernetes.pods',
      path: ['targets', '0', '__address__'],
    });
    expect(bare(evaluate('convert.nonsensitive(local.file.token.content)'))).toEqual({
      component: 'local.file.token',
      path: ['content'],
    });
  });

  test('to a component that is not there have none', () => {
    const value = evaluate('prometheus.remote_write.other.receiver');
    expect(bare(value)).toEqual({ component: undefined, path: ['prometheus', 'remote_write', 'other', 'receiver'] });
    expect(value.kind === 'reference' && nameOfReference(value)).toBe('prometheus.remote_write.other.receiver');
  });

  test('lists that are joined keep what cannot be counted apart', () => {
    expect(bare(evaluate('array.concat([{ a = 1 }], discovery.kubernetes.pods.targets)'))).toEqual({
      items: [{ a: 1 }],
      more: [{ component: 'discovery.kubernetes.pods', path: ['targets'] }],
    });
  });
});

describe('what is not understood is named', () => {
  test.each<[string, string]>([
    ['encoding.from_json("{}")', 'the function encoding.from_json'],
    ['string.reverse("a")', 'a function "string.reverse", which Alloy does not have'],
    ['string.to_upper(sys.env("AWS_REGION"))', 'string.to_upper of a value that is not known'],
    ['"a" + 1', 'the operator "+" between these values'],
    ['1 / 0', 'the operator "/" between these values'],
    ['-"a"', '"-" before this value'],
    ['[1][5]', 'item 5 of a list of 1'],
    ['{ a = 1 }.b', 'a field "b" that the object does not have'],
    ['string.format("%x", 5)', 'string.format with "%x" here'],
    ['string.to_upper(local.file.token.content)', 'the value that local.file.token.content has at run time'],
    ['sys.env', 'the function sys.env without a call'],
  ])('%s', (expression, what) => {
    expect(bare(evaluate(expression))).toEqual({ unknown: what });
  });

  test('a chain of operators without end is no crash', () => {
    expect(bare(evaluate(`1${' + 1'.repeat(20000)}`))).toEqual({ unknown: 'an expression this long' });
  });
});

test('values carry the place of what wrote them', () => {
  expect(column(evaluate('"abc"').span)).toBe(6);
  expect(column(evaluate('[  "abc"]').span)).toBe(5);
  const object = evaluate('{ key = 5 }');
  if (object.kind !== 'object') throw new Error('expected an object');
  expect(column(object.entries.get('key')?.key)).toBe(7);
  expect(column(object.entries.get('key')?.value.span)).toBe(13);
});

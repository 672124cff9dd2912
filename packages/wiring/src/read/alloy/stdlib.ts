import { concat, known, oneOf, textOf, type Value } from '../../model/value';
import type { Span } from '../../text';
import { formatText } from './format';
import type { AlloyScope } from './scope';
import { type AlloyValue, cannot, plainValue } from './value';

interface Call {
  readonly name: string;
  readonly list: readonly AlloyValue[];
  readonly span: Span;
  readonly scope: AlloyScope;
}

type AlloyFunction = (call: Call) => AlloyValue;

/** Functions that go by an older name without a namespace; Alloy 1.18 still takes them. */
const ALIASES: Readonly<Record<string, string>> = {
  env: 'sys.env',
  nonsensitive: 'convert.nonsensitive',
  concat: 'array.concat',
  json_decode: 'encoding.from_json',
  yaml_decode: 'encoding.from_yaml',
  base64_decode: 'encoding.from_base64',
  format: 'string.format',
  join: 'string.join',
  replace: 'string.replace',
  split: 'string.split',
  to_lower: 'string.to_lower',
  to_upper: 'string.to_upper',
  trim: 'string.trim',
  trim_prefix: 'string.trim_prefix',
  trim_suffix: 'string.trim_suffix',
  trim_space: 'string.trim_space',
};

const FUNCTIONS: ReadonlyMap<string, AlloyFunction> = new Map<string, AlloyFunction>([
  ['sys.env', environment],
  ['coalesce', coalesce],
  ['convert.nonsensitive', ({ list, name, span }) => list[0] ?? arity(name, span)],
  ['array.concat', concatLists],
  ['string.format', ({ list, span }) => formatText(list.map(plainValue), span)],
  ['string.join', join],
  ['string.split', split],
  ['string.replace', onText(3, ([text, from, to]) => text.split(from).join(to))],
  ['string.to_lower', onText(1, ([text]) => text.toLowerCase())],
  ['string.to_upper', onText(1, ([text]) => text.toUpperCase())],
  ['string.trim', onText(2, ([text, set]) => trimSet(text, set))],
  ['string.trim_prefix', onText(2, ([text, prefix]) => (text.startsWith(prefix) ? text.slice(prefix.length) : text))],
  [
    'string.trim_suffix',
    onText(2, ([text, end]) => (end !== '' && text.endsWith(end) ? text.slice(0, -end.length) : text)),
  ],
  ['string.trim_space', onText(1, ([text]) => text.trim())],
  ['encoding.to_base64', onText(1, ([text]) => Buffer.from(text, 'utf8').toString('base64'))],
  ['encoding.from_base64', onText(1, ([text]) => Buffer.from(text, 'base64').toString('utf8'))],
]);

/** Functions that exist and that this version does not follow; calling them gives an unknown that names them. */
const OTHERS: ReadonlySet<string> = new Set([
  'json_path',
  'array.combine_maps',
  'array.group_by',
  'encoding.from_json',
  'encoding.from_yaml',
  'encoding.from_URLbase64',
  'encoding.to_json',
  'encoding.to_URLbase64',
  'encoding.url_encode',
  'encoding.url_decode',
  'file.path_join',
]);

/** Whether Alloy's standard library has a function of this name. */
export function isFunction(name: string): boolean {
  return name in ALIASES || FUNCTIONS.has(name) || OTHERS.has(name);
}

/** Calls a function of the standard library; unknown when it is not followed, naming it. */
export function callFunction(name: string, list: readonly AlloyValue[], span: Span, scope: AlloyScope): AlloyValue {
  const canonical = Object.hasOwn(ALIASES, name) ? ALIASES[name] : name;
  const call = FUNCTIONS.get(canonical);
  if (call) return call({ name: canonical, list, span, scope });
  return cannot(
    OTHERS.has(canonical) ? `the function ${canonical}` : `a function "${name}", which Alloy does not have`,
    span,
  );
}

function arity(name: string, span: Span): Value {
  return cannot(`${name} with these arguments`, span);
}

function environment({ list, name, span, scope }: Call): Value {
  const variable = list.length === 1 ? textOf(plainValue(list[0])) : undefined;
  return variable === undefined ? arity(name, span) : scope.env(variable, span);
}

/** The first argument that is not empty. One that may turn out empty leaves a choice between it and the next. */
function coalesce({ list, name, span }: Call): AlloyValue {
  const choices: Value[] = [];
  for (const [index, argument] of list.entries()) {
    const verdict = index === list.length - 1 ? 'full' : emptiness(argument);
    if (verdict === 'empty') continue;
    if (verdict === 'full' && choices.length === 0) return argument;
    choices.push(plainValue(argument));
    if (verdict === 'full') return oneOf(choices, span);
  }
  return list.length === 0 ? known(null, span) : arity(name, span);
}

function emptiness(value: AlloyValue): 'empty' | 'full' | 'open' {
  switch (value.kind) {
    case 'known':
      return value.value === null || value.value === '' || value.value === 0 || value.value === false
        ? 'empty'
        : 'full';
    case 'list':
      if (value.items.length > 0) return 'full';
      return value.more ? 'open' : 'empty';
    case 'object':
      return value.entries.size > 0 ? 'full' : 'empty';
    case 'concat':
      return value.parts.some((part) => part.kind === 'known') ? 'full' : 'open';
    default:
      return 'open';
  }
}

function concatLists({ list, span }: Call): AlloyValue {
  const items: AlloyValue[] = [];
  const more: AlloyValue[] = [];
  for (const argument of list) {
    if (argument.kind === 'list') {
      items.push(...argument.items);
      more.push(...(argument.more ?? []));
    } else more.push(argument);
  }
  return { kind: 'list', items, ...(more.length > 0 && { more }), span };
}

function join({ list, name, span }: Call): Value {
  const [items, separator] = list;
  if (list.length !== 2 || items.kind !== 'list' || items.more) return arity(name, span);
  const between = plainValue(separator);
  return concat(
    items.items.flatMap((item, index) => (index === 0 ? [plainValue(item)] : [between, plainValue(item)])),
    span,
  );
}

function split({ list, name, span }: Call): AlloyValue {
  const [text, separator] = list.map((argument) => textOf(plainValue(argument)));
  if (list.length !== 2 || text === undefined || separator === undefined) return unclear(name, list, span);
  return { kind: 'list', items: text.split(separator).map((part) => known(part, span)), span };
}

/** A function on strings that must all be known. */
function onText(count: number, apply: (texts: readonly string[]) => string): AlloyFunction {
  return ({ list, name, span }) => {
    const texts = list.map((argument) => textOf(plainValue(argument)));
    if (list.length !== count || texts.some((text) => text === undefined)) return unclear(name, list, span);
    return known(apply(texts.filter((text): text is string => text !== undefined)), span);
  };
}

/** What is missing in an argument says more than the name of the function that needs it. */
function unclear(name: string, list: readonly AlloyValue[], span: Span): Value {
  return (
    list.map(plainValue).find((value) => value.kind === 'unknown') ??
    cannot(`${name} of a value that is not known`, span)
  );
}

function trimSet(text: string, set: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && set.includes(text[start])) start++;
  while (end > start && set.includes(text[end - 1])) end--;
  return text.slice(start, end);
}

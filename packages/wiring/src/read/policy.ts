import {
  type Condition,
  type Data,
  dataAt,
  dataOf,
  type ElementList,
  itemsOf,
  known,
  leafOf,
  missingIn,
  type PolicyDocument,
  type Principals,
  type Statement,
  textOf,
  type Value,
  withPlaceholders,
  written,
} from '../model';
import { MappedText, type Span } from '../text';
import { readJson } from './json';

/**
 * An IAM policy document, from a template's tree or from JSON in a string. What is unreadable in a statement is kept
 * as such: a statement that was half understood must not prove anything.
 */
export function readPolicy(data: Data | undefined, label: string): PolicyDocument | undefined {
  if (data === undefined) return undefined;
  if (data.kind === 'known' && typeof data.value === 'string') return readPolicyText(data.value, data.span, label);
  if (data.kind !== 'map') {
    const reason = 'the document is not known before deployment';
    return { label, ...spanOf(data), statements: [opaque(reason, data.span)] };
  }
  const statements = itemsOf(dataAt(data, 'Statement')).map(readStatement);
  const version = leafOf(dataAt(data, 'Version') ?? known('2008-10-17'));
  const old = version.kind === 'known' && version.value !== '2012-10-17';
  return { label, span: data.span, statements, ...(old && { withoutVariables: true as const }) };
}

function readPolicyText(text: string, span: Span | undefined, label: string): PolicyDocument {
  const mapped = span ? MappedText.derived(text, span) : undefined;
  const value = mapped && readJson(mapped).value;
  if (!value) return { label, ...(span && { span }), statements: [opaque('the document is not valid JSON', span)] };
  return readPolicy(dataOf(value), label) ?? { label, statements: [] };
}

function opaque(reason: string, span: Span | undefined): Statement {
  const nothing: ElementList = { negated: false, values: [] };
  return { effect: 'Allow', actions: nothing, conditions: [], unreadable: reason, ...(span && { span }) };
}

function readStatement(data: Data): Statement {
  const effect = textOf(leafOf(dataAt(data, 'Effect') ?? data));
  const actions = elements(data, 'Action');
  if (data.kind !== 'map' || !actions || (effect !== 'Allow' && effect !== 'Deny')) {
    return opaque('a statement could not be read', data.span);
  }
  const conditions = readConditions(dataAt(data, 'Condition'));
  const unfilled = conditions.find(({ key }) => missingIn(written(key)).length > 0);
  const principals = readPrincipals(data);
  const resources = elements(data, 'Resource');
  return {
    effect,
    actions,
    conditions,
    span: data.span,
    ...(unfilled && { unreadable: `the condition key ${unfilled.key} is still to be filled in` }),
    ...(principals && { principals }),
    ...(resources && { resources }),
  };
}

function elements(statement: Data, name: string): ElementList | undefined {
  for (const negated of [false, true]) {
    const found = dataAt(statement, negated ? `Not${name}` : name);
    if (found) return { negated, values: itemsOf(found).map(textAt), ...spanOf(found) };
  }
  return undefined;
}

function readPrincipals(statement: Data): Principals | undefined {
  for (const negated of [false, true]) {
    const found = dataAt(statement, negated ? 'NotPrincipal' : 'Principal');
    if (!found) continue;
    const members: { type: string; value: Value }[] = [];
    if (found.kind === 'map') {
      for (const [type, entry] of found.entries) {
        for (const item of itemsOf(entry.value)) members.push({ type, value: textAt(item) });
      }
    } else members.push({ type: '*', value: textAt(found) });
    return { negated, members, ...spanOf(found) };
  }
  return undefined;
}

function readConditions(data: Data | undefined): readonly Condition[] {
  if (data?.kind !== 'map') return [];
  const conditions: Condition[] = [];
  for (const [operator, { value: keys }] of data.entries) {
    if (keys.kind !== 'map') continue;
    for (const [key, entry] of keys.entries) {
      conditions.push({ operator, key, keySpan: entry.key, values: itemsOf(entry.value).map(textAt) });
    }
  }
  return conditions;
}

/** Policies are copied from guides, with what is still to be filled in. */
function textAt(data: Data): Value {
  return withPlaceholders(leafOf(data));
}

function spanOf(data: Data): { span?: Span } {
  return data.span ? { span: data.span } : {};
}

import { createHash } from 'node:crypto';
import type { Node } from '../../text';
import { at, stringAt } from '../access';
import { rawText } from './nodes';

/** kustomize's letters for hexadecimal digits that could spell words. */
const LETTERS: Readonly<Record<string, string>> = { '0': 'g', '1': 'h', '3': 'k', a: 'm', e: 't' };

/** The suffix that kustomize gives to the name of a generated ConfigMap or Secret: ten letters of a hash of its content. */
export function contentHash(node: Node): string {
  const digest = createHash('sha256').update(hashedText(node), 'utf8').digest('hex');
  return [...digest.slice(0, 10)].map((digit) => LETTERS[digit] ?? digit).join('');
}

/** What counts of an object, as Go writes it as JSON: keys sorted, and nothing that HTML could take for its own. */
function hashedText(node: Node): string {
  const kind = stringAt(node, 'kind') ?? '';
  const fields: [string, string][] = [
    ['data', json(at(node, 'data'))],
    ['kind', quoted(kind)],
    // Meant to be the name; kustomize looks for a field called "metadata/name" and finds none.
    ['name', '""'],
  ];
  const optional = kind === 'Secret' ? 'stringData' : 'binaryData';
  const value = at(node, optional);
  if (value?.kind === 'map') fields.push([optional, json(value)]);
  if (kind === 'Secret') fields.push(['type', quoted(rawText(at(node, 'type')))]);
  return object(fields);
}

function json(node: Node | undefined): string {
  if (!node) return '""';
  if (node.kind === 'scalar') return typeof node.value === 'string' ? quoted(node.value) : JSON.stringify(node.value);
  if (node.kind === 'list') return `[${node.items.map(json).join(',')}]`;
  return object([...node.entries].map(([key, { value }]) => [key, json(value)]));
}

function object(fields: readonly (readonly [string, string])[]): string {
  const sorted = [...fields].sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  return `{${sorted.map(([key, value]) => `${quoted(key)}:${value}`).join(',')}}`;
}

function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

import type { Chance } from '../cases';

/** What the collector's process has in its environment. */
export const ENVIRONMENT: Readonly<Record<string, string>> = {
  NAME: 'value',
  EMPTY: '',
  NUMBER: '5',
  ZEROS: '0123',
  TRUE: 'true',
  COLON: 'a: b',
  HASH: 'a #b',
  _x1: 'low',
};

const NAMES = [...Object.keys(ENVIRONMENT), 'UNSET', 'NAME', '1', 'A B', 'a-b', ''];
const PLAIN = ['a', 'http://', ':', ' ', '-', '/', '"', '{', '}', '(.*)', '|', '.', '9'];
const GROUPS = ['$', '$$', '$$$', '$1', '$$1', '${1}', '$${1}', '$$$1', '$0', '$name', '$$name', '${name}', '$${name}'];

/** A text with dollars in it, as a rule of relabelling or an endpoint may have it. */
export function text(random: Chance): string {
  return Array.from({ length: 1 + random.below(4) }, () => fragment(random)).join('');
}

function fragment(random: Chance): string {
  const name = random.pick(NAMES);
  return random.pick<() => string>([
    () => random.pick(PLAIN),
    () => random.pick(PLAIN),
    () => random.pick(GROUPS),
    () => random.pick(GROUPS),
    () => `\${env:${name}}`,
    () => `\${env:NAME}`,
    () => `\${env:${name}:-${random.pick(['', 'else', 'a:b', '5', '/x'])}}`,
    () => `\${${name}}`,
    () => `$${name}`,
    () => `$\${env:${name}}`,
    () =>
      random.pick([
        '${',
        '${env:NAME',
        '${env:NAME}}',
        '${{env:NAME}}',
        '${gone:x}',
        '${x:y}',
        '$env:NAME',
        '${env:NAME:}',
      ]),
  ])();
}

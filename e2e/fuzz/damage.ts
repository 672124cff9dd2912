import { parseAllDocuments } from 'yaml';
import { type Damage, hostile } from './hostile';
import type { Random } from './random';

const tokens = [
  ...[
    '{',
    '}',
    '[',
    ']',
    '"',
    "'",
    ':',
    '-',
    '|',
    '>',
    '#',
    '&a',
    '*a',
    '!',
    '!!binary ',
    '!Ref ',
    '%YAML 1.2\n',
    '---\n',
    '...\n',
    '<<: *a\n',
  ],
  ...[
    '${',
    '$$',
    '${A:-',
    '{{ .Values.a }}',
    '$(A)',
    '\\',
    '\\u',
    '\\x',
    '`',
    '$1',
    '${1',
    '(?',
    '(((',
    '[^',
    '.*'.repeat(20),
    '(a+)+$',
  ],
  ...['\0', '\t', '\r', '\r\n', '\u2028', '\ufeff', '\ud800', '\udfff', '\u202e', '💥', 'é'.repeat(50), '\x1b[31m'],
  ...[
    'null',
    '~',
    'NaN',
    '.inf',
    '1e999',
    '-0',
    '0x7fffffffffffffff',
    '99999999999999999999',
    '2001-01-01',
    'yes',
    '__proto__',
    'constructor',
    'toString',
  ],
  ...[
    'apiVersion: v1\nkind: Secret\n',
    'kind: List\nitems:\n',
    '"Fn::GetAtt": ["A", "Arn"]',
    '"Ref": "AWS::Region"',
    'arn:aws:iam::',
    '*',
    '/',
  ],
];

/** Values that may stand anywhere, of every type. */
const values: readonly unknown[] = [
  ...[
    null,
    true,
    false,
    0,
    -1,
    1.5,
    1e308,
    '',
    ' ',
    'x',
    '*',
    '0',
    'true',
    'a'.repeat(3000),
    '\n\n',
    '${A}',
    '../..',
    '/',
    'arn:aws:iam::1:role/x',
  ],
  ...[
    [],
    {},
    [[]],
    [null],
    [{}],
    [[[[[[[[]]]]]]]],
    { a: { b: { c: {} } } },
    { __proto__: null, constructor: {} },
    { name: null },
    { Ref: {} },
  ],
  ...[
    { 'Fn::Join': ['', [{ 'Fn::Join': [] }]] },
    { 'Fn::Sub': '${' },
    { 'Fn::GetAtt': [1] },
    Array(200).fill('x'),
    Array(200).fill({ name: 'x' }),
  ],
];

const place = (text: string, random: Random) => random.below(text.length + 1);

export const damages: Readonly<Record<string, Damage>> = {
  ...hostile,
  cut: (text, random) => text.slice(0, place(text, random)),
  'cut at the front': (text, random) => text.slice(place(text, random)),
  hole: (text, random) => {
    const at = place(text, random);
    return text.slice(0, at) + text.slice(at + 1 + random.below(40));
  },
  token: (text, random) => {
    const at = place(text, random);
    return text.slice(0, at) + random.pick(tokens) + text.slice(at);
  },
  'other character': (text, random) => {
    const at = place(text, random);
    return text.slice(0, at) + String.fromCharCode(random.below(256)) + text.slice(at + 1);
  },
  'any character': (text, random) => {
    const at = place(text, random);
    return text.slice(0, at) + String.fromCharCode(random.below(65536)) + text.slice(at + 1);
  },
  twice: (text, random) => {
    const at = place(text, random);
    const part = text.slice(at, at + 1 + random.below(300));
    return text.slice(0, at) + part.repeat(2 + random.below(4)) + text.slice(at);
  },
  'lines in another order': (text, random) => {
    const lines = text.split('\n');
    for (let turn = 0; turn < 3; turn += 1) {
      const [one, two] = [random.below(lines.length), random.below(lines.length)];
      [lines[one], lines[two]] = [lines[two] ?? '', lines[one] ?? ''];
    }
    return lines.join('\n');
  },
  'other indentation': (text, random) => {
    const lines = text.split('\n');
    const at = random.below(lines.length);
    lines[at] = `${' '.repeat(random.below(9))}${(lines[at] ?? '').trimStart()}`;
    return lines.join('\n');
  },
  'a line gone': (text, random) =>
    text
      .split('\n')
      .toSpliced(random.below(text.split('\n').length), 1)
      .join('\n'),
  'a value of another type': (text, random) => typed(text, random),
  'a key gone or renamed': (text, random) => keyed(text, random),
  'aliases of aliases': (text, random) => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x]'];
    for (let level = 1; level < 2 + random.below(9); level += 1) {
      lines.push(
        `a${level}: &a${level} [${Array(9)
          .fill(`*a${level - 1}`)
          .join(', ')}]`,
      );
    }
    return random.below(2) === 0 ? `${lines.join('\n')}\n${text}` : `${lines.join('\n')}\n`;
  },
  'an alias of itself': (text) => text.replace(/^(\w+):\n/m, '$1: &self\n  self: *self\n'),
};

/** A file with a damage or three. */
export function damaged(text: string, random: Random): string {
  let after = text;
  for (let turn = 0; turn < 1 + random.below(3); turn += 1) {
    const damage = damages[random.pick(Object.keys(damages))];
    after = damage ? damage(after, random) : after;
  }
  // Large texts take their time and show no more than small ones; a few of them do.
  return after.slice(0, random.below(50) === 0 ? 400_000 : 12_000);
}

function typed(text: string, random: Random): string {
  return changed(text, random, (parent, key) => {
    (parent as Record<string | number, unknown>)[key] = random.pick(values);
  });
}

function keyed(text: string, random: Random): string {
  return changed(text, random, (parent, key) => {
    if (Array.isArray(parent)) {
      parent.splice(Number(key), 1);
      return;
    }
    const map = parent as Record<string, unknown>;
    const value = map[key];
    delete map[key];
    if (random.below(2) === 0) {
      map[random.pick([`${key}s`, key.toUpperCase(), '', '__proto__', 'x'.repeat(500)])] = value;
    }
  });
}

/** Changes one node of a document, chosen by chance; texts that don't parse, or are deep, stay as they are. */
function changed(text: string, random: Random, change: (parent: object, key: string) => void): string {
  const plain = /[[{]{50}|&\w|(- ){50}/.test(text) ? [] : parsed(text);
  const places: [object, string][] = [];
  const walk = (value: unknown, depth = 0): void => {
    if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value) && depth < 100) {
      for (const key of Object.keys(value)) {
        places.push([value, key]);
        walk((value as Record<string, unknown>)[key], depth + 1);
      }
    }
  };
  for (const one of plain) {
    walk(one);
  }
  if (places.length === 0) {
    return text;
  }
  change(...random.pick(places));
  const documents = plain.map((one) => JSON.stringify(one, undefined, 1));
  return documents.join(text.trimStart().startsWith('{') ? '' : '\n---\n');
}

function parsed(text: string): unknown[] {
  try {
    const documents = parseAllDocuments(text, { logLevel: 'silent', prettyErrors: false });
    const list = 'empty' in documents ? [] : documents;
    return list.some(({ errors }) => errors.length > 0) ? [] : list.map((document) => document.toJS() as unknown);
  } catch {
    return [];
  }
}

import type { Random } from './random';

/** One way to make a text that nobody would write. */
export type Damage = (text: string, random: Random) => string;

/** Nestings of every language that is read: what opens, what closes. */
const NESTINGS: readonly (readonly [string, string])[] = [
  ...([
    ['[', ']'],
    ['{a: ', '}'],
    ['- ', ''],
    ['{"a":', '}'],
    ['a:\n ', ''],
    ['? ', ''],
    ['!t ', ''],
  ] as const),
  // Alloy: blocks, expressions, lists, calls.
  ...([
    ['a "b" {\n', '}\n'],
    ['a = (', ')'],
    ['a = [', ']'],
    ['a = -', ''],
    ['a = !', ''],
    ['f(', ')'],
  ] as const),
  // PromQL, Insights, Fluent Bit's record accessors, JSON in strings.
  ...([
    ['sum(', ')'],
    ['rate(a[', ']'],
    ['-', ''],
    ['a + ', ''],
    ['(', ')'],
    ["$a['", "']"],
    ['{"a":"{\\"', '\\"}"}'],
  ] as const),
];

/** Expressions that a backtracking engine would try for years, or whose automaton is as large as a disk. */
const BOMBS = [
  '(a+)+$',
  '^(([a-z])+.)+[A-Z]([a-z])+$',
  '(.*)*'.repeat(10),
  '(x+x+)+y',
  '(?:a{1000}){1000}',
  '((a{100}){100}){100}',
  '(a|aa)+$',
  '.*'.repeat(200),
  '[^\\s\\S]*'.repeat(50),
  '\\p{L}{500}',
  '('.repeat(2000),
];

const CYCLES: Readonly<Record<string, string>> = {
  kustomization:
    'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [., ../, ./.., a.yaml]\ncomponents: [.]\n',
  replacements:
    'kind: Kustomization\nresources: [a.yaml]\nreplacements: [{source: {kind: ConfigMap, fieldPath: data.[a=b].c}, targets: [{select: {}, fieldPaths: ["spec.*.*.*", "*"], options: {create: true, delimiter: "", index: 99999999}}]}]\n',
  generators:
    'kind: Kustomization\nconfigMapGenerator: [{name: a, behavior: merge, files: [., kustomization.yaml, a=a=a], literals: ["=", a]}]\n',
  references: `{"Resources": {"A": {"Type": "AWS::IAM::Role", "Properties": {"RoleName": {"Ref": "A"}, "AssumeRolePolicyDocument": {"Fn::Sub": "\${B.Arn}\${A}"}}}, "B": {"Type": "AWS::IAM::Role", "Properties": {"RoleName": {"Fn::GetAtt": ["A", "Arn"]}, "Path": {"Fn::Sub": ["\${x}", {"x": {"Fn::Sub": "\${A}\${B}"}}]}}}}}`,
  substitutions: `{"Resources": {"A": {"Type": "AWS::Logs::LogGroup", "Properties": {"LogGroupName": ${'{"Fn::Sub": ["${x}", {"x": '.repeat(150)}"a"${'}]}'.repeat(150)}}}}}`,
  joins: `{"Resources": {"A": {"Type": "AWS::Logs::LogGroup", "Properties": {"LogGroupName": ${'{"Fn::Join": ["-", ["a", "b", '.repeat(100)}"c"${']]}'.repeat(100)}}}}}`,
  conditions: `{"Conditions": {"A": {"Fn::Not": [{"Condition": "B"}]}, "B": {"Fn::And": [{"Condition": "A"}, {"Condition": "B"}]}}, "Resources": {"R": {"Type": "AWS::IAM::Role", "Condition": "A", "Properties": {"RoleName": {"Fn::If": ["A", {"Fn::If": ["B", "x", {"Ref": "R"}]}, {"Ref": "AWS::NoValue"}]}}}}}`,
  mappings: `{"Mappings": {"M": {"a": {"b": {"Fn::FindInMap": ["M", "a", "b"]}}}}, "Resources": {"R": {"Type": "AWS::IAM::Role", "Properties": {"RoleName": {"Fn::FindInMap": ["M", {"Fn::FindInMap": ["M", "a", "b"]}, "b"]}}}}}`,
  'anchors of maps': 'a: &a {b: 1}\nc: &c {<<: [*a, *a], d: &d {<<: *c}}\ne: {<<: *d, <<: *c}\n',
  'a list of lists':
    'apiVersion: v1\nkind: List\nitems: [{apiVersion: v1, kind: List, items: [{apiVersion: v1, kind: SecretList, items: [null, 1, []]}]}]\n',
  'a configuration of itself':
    '{"worlds": {"dev": {"manifests": [".", "sightline.json", "../..", "/"], "templates": ["."], "outputs": ["sightline.json"], "bindings": [{}], "metrics": [{"file": "."}]}}, "ignore": [{}, null]}',
  'Fluent Bit that includes itself': `apiVersion: v1
kind: ConfigMap
metadata: {name: fluent-bit-config, namespace: observe}
data:
  fluent-bit.conf: |
    @INCLUDE fluent-bit.conf
    @INCLUDE *.conf
    @SET A=\${A}\${A}
    [SERVICE]
      Parsers_File fluent-bit.conf
    [INPUT]
      Name tail
      Path \${A}/*/*/*/*/**/[a-/{a,b}/*.log
      Parser a
    [PARSER]
      Name a
      Format regex
      Regex (?<a>(?<a>(?<a>.*)*)*)*$
`,
};

export const hostile: Readonly<Record<string, Damage>> = {
  'nesting of some language': (text, random) => {
    const depth = 10 ** (1 + random.below(4));
    const [open, close] = random.pick(NESTINGS);
    const nest = open.repeat(depth) + random.pick(['', 'x', '1']) + (random.below(2) === 0 ? '' : close.repeat(depth));
    const at = random.below(text.length + 1);
    return random.below(3) === 0 ? nest : text.slice(0, at) + nest + text.slice(at);
  },
  'an expression that never ends': (text, random) => {
    const bomb = random.pick(BOMBS);
    const places = [
      ...text.matchAll(/(?<=(?:regex|Regex|pattern|match|Path|expr|query)\s{0,3}[:=]?\s{0,3}"?)[^\s"]{1,500}/g),
    ];
    const found = places.length > 0 ? random.pick(places) : undefined;
    return found ? text.slice(0, found.index) + bomb + text.slice(found.index + found[0].length) : text + bomb;
  },
  'what leads back to itself': (_, random) => random.pick(Object.values(CYCLES)),
  'line ends of Windows': (text) => text.replaceAll('\n', '\r\n'),
  'line ends of the first Macs': (text) => text.replaceAll('\n', '\r'),
  'a byte order mark': (text, random) =>
    random.below(2) === 0 ? `\ufeff${text}` : text.replaceAll('---', '\ufeff---'),
  'two bytes for each letter': (text) => [...text].join('\0'),
  'bytes that are no UTF-8': (text, random) => {
    const bytes = Buffer.from(text);
    for (let turn = 0; turn < 5 && bytes.length > 0; turn += 1)
      bytes[random.below(bytes.length)] = 128 + random.below(128);
    return bytes.toString('utf8');
  },
  'halves of letters': (text, random) =>
    text.replace(/[aeiou]/g, (letter) => (random.below(9) === 0 ? '\ud83d' : letter)),
  'a long line': (text, random) => {
    const long = random.pick(['x', 'é', '{{', '${A}', '$1', ' ', '*', '/', ',', '\\"', 'a.b']).repeat(20_000);
    return text.replace(/(?<=: )\S+/, () => long);
  },
  'very much of it': (text, random) => `${text}\n---\n`.repeat(2 + random.below(60)),
  'the keys of a map twice': (text) => text.replace(/^( *)(\w+): (.+)$/gm, '$1$2: $3\n$1$2: $3'),
  'tags everywhere': (text, random) =>
    text.replace(/(?<=: )(?=\w)/g, () =>
      random.below(4) === 0
        ? random.pick(['!Ref ', '!!str ', '!!int ', '!!map ', '!!binary ', '!Sub ', '!<x> ', '!a!b '])
        : '',
    ),
  'names of JavaScript': (text, random) =>
    text.replace(/\b(name|namespace|app|data|role|metrics)\b/g, (word) =>
      random.below(6) === 0 ? random.pick(['__proto__', 'constructor', 'hasOwnProperty', 'toString', 'length']) : word,
    ),
};

import { known, symbol, type Value } from '../../../src/model/value';
import { type FluentBitConfig, type FluentBitFormat, readFluentBit } from '../../../src/read/fluent-bit';
import { readYaml } from '../../../src/read/yaml';
import { MappedText, SourceText, type Span } from '../../../src/text';
import { ACCEPTED, REFUSED } from './cases';

const REGION = symbol('env', 'AWS_REGION');
const env = (name: string): Value => (name === 'AWS_REGION' ? REGION : known(name === 'SET' ? 'set' : ''));

function read(text: string, format?: FluentBitFormat, files: Readonly<Record<string, string>> = {}): FluentBitConfig {
  return readFluentBit(MappedText.whole(new SourceText('fb.conf', text)), {
    env,
    ...(format && { format }),
    include: (path) => (path in files ? MappedText.whole(new SourceText(`included/${path}`, files[path])) : undefined),
  });
}

const place = ({ source, start }: Span) => {
  const { line, column } = source.position(start);
  return `${source.file}:${line}:${column}`;
};
const bare = (value: Value | undefined): unknown => {
  if (value?.kind === 'known') return value.value;
  if (value?.kind === 'symbol') return `<${value.key}>`;
  if (value?.kind === 'concat') return value.parts.map(bare);
  return value?.kind === 'oneOf' ? { oneOf: value.choices.map(bare) } : value;
};
/** Every section as `kind {key: value}`, groups behind. */
const outline = ({ sections }: FluentBitConfig) =>
  sections.map((section) => ({
    [section.kind]: section.properties.map(({ key, value }) => [key, bare(value)]),
    ...(section.groups.length > 0 && {
      groups: section.groups.map(({ name, properties }) => [
        name,
        ...properties.map(({ key, value }) => [key, bare(value)]),
      ]),
    }),
  }));

describe('agrees with fluent-bit --dry-run', () => {
  test.each(ACCEPTED)('accepts $format: $name', ({ text, format }) => {
    expect(read(text, format).problems).toEqual([]);
  });

  test.each(REFUSED)('refuses $format: $name', ({ text, format }) => {
    const { problems } = read(text, format);
    expect(problems.length).toBeGreaterThan(0);
    for (const problem of problems) expect(problem.span).toBeDefined();
  });
});

describe('both formats give the same model', () => {
  const expected = [
    {
      service: [
        ['flush', '5'],
        ['log_level', 'info'],
      ],
    },
    {
      input: [
        ['name', 'tail'],
        ['path', '/var/log/containers/*.log'],
        ['multiline.parser', 'docker, cri'],
        ['mem_buf_limit', '5MB'],
      ],
    },
    {
      output: [
        ['name', 'cloudwatch_logs'],
        ['match', '*'],
        ['region', '<AWS_REGION>'],
        ['log_group_name', ['/eks/', '<AWS_REGION>', '/x']],
      ],
    },
  ];

  test('classic', () => {
    const text = `[SERVICE]
    Flush        5
    Log_Level    info
[INPUT]
    Name         tail
    Path         /var/log/containers/*.log
    multiline.parser  docker, cri
    Mem_Buf_Limit     5MB
[OUTPUT]
    Name         cloudwatch_logs
    Match        *
    region       \${AWS_REGION}
    log_group_name   /eks/\${AWS_REGION}/x
`;
    expect(outline(read(text))).toEqual(expected);
  });

  test('YAML', () => {
    const text = `service:
  flush: 5
  logLevel: info
pipeline:
  inputs:
    - name: tail
      path: /var/log/containers/*.log
      multiline.parser: docker, cri
      memBufLimit: 5MB
  outputs:
    - name: cloudwatch_logs
      match: '*'
      region: \${AWS_REGION}
      log_group_name: "/eks/\${AWS_REGION}/x"
`;
    expect(outline(read(text))).toEqual(expected);
  });
});

describe('properties', () => {
  test('keys ignore case, and of several the last one counts', () => {
    const [input] = read('[INPUT]\n    Name tail\n    TAG a\n    tag b\n').sections;
    expect(bare(input.get('Tag')?.value)).toBe('b');
    expect(input.all('tag').map(({ value }) => bare(value))).toEqual(['a', 'b']);
    expect(input.get('missing')).toBeUndefined();
  });

  test('YAML values stay the text that was written', () => {
    const [service] = read(
      'service:\n  http_server: on\n  mode: 0644\n  flag: true\n  nothing:\n  big: 1e3\n',
    ).sections;
    expect(service.properties.map(({ value }) => bare(value))).toEqual(['on', '0644', 'true', '', '1e3']);
  });

  test('a list in YAML is the property several times', () => {
    const [filter] = read('pipeline:\n  filters:\n    - name: modify\n      add: [a 1, b 2]\n').sections;
    expect(filter.all('add').map(({ value }) => bare(value))).toEqual(['a 1', 'b 2']);
  });

  test('groups: rules of a multiline parser, processors, groups of the classic format', () => {
    const yaml = `multiline_parsers:
  - name: m
    rules:
      - {state: start_state, regex: /^a/}
pipeline:
  inputs:
    - name: tail
      processors:
        logs:
          - {name: content_modifier, key: a}
`;
    expect(outline(read(yaml))).toEqual([
      { multiline_parser: [['name', 'm']], groups: [['rule', ['state', 'start_state'], ['regex', '/^a/']]] },
      { input: [['name', 'tail']], groups: [['processors.logs', ['name', 'content_modifier'], ['key', 'a']]] },
    ]);
    expect(outline(read('[OUTPUT]\n    Name x\n    [SUB] \n        Key v\n    After w\n'))).toEqual([
      {
        output: [
          ['name', 'x'],
          ['after', 'w'],
        ],
        groups: [['SUB', ['key', 'v']]],
      },
    ]);
  });
});

describe('variables', () => {
  const value = (text: string) =>
    bare(read(`env:\n  OWN: mine\nservice:\n  a: "${text}"\n`).sections[0].get('a')?.value);

  test.each<[string, unknown]>([
    ['plain', 'plain'],
    ['${OWN}', 'mine'],
    ['${SET}-${OWN}', 'set-mine'],
    ['a-${AWS_REGION}-b', ['a-', '<AWS_REGION>', '-b']],
    ['${UNSET}', ''],
    ['a${UNSET}b', 'ab'],
    ['${UNSET:-fallback}', 'fallback'],
    ['${OWN:-fallback}', 'mine'],
    ['${AWS_REGION:-fallback}', { oneOf: ['<AWS_REGION>', 'fallback'] }],
    ['${UNSET:-}x', 'x'],
    ['${OPEN', '${OPEN'],
    ['${}', '${}'],
    ['a}${OWN}', 'a}${OWN}'],
    ['${OWN}${OPEN', 'mine'],
    ['$OWN', '$OWN'],
  ])('%s', (text, expected) => {
    expect(value(text)).toEqual(expected);
  });

  test('@SET counts wherever it stands, and before the environment', () => {
    const [service] = read('[SERVICE]\n    A ${SET}\n@SET SET=other value\n').sections;
    expect(bare(service.get('a')?.value)).toBe('other value');
  });
});

describe('other files', () => {
  test('an include that is at hand is read in its place', () => {
    const config = read('@INCLUDE in.conf\n[OUTPUT]\n    Name b\n', undefined, { 'in.conf': '[INPUT]\n    Name a\n' });
    expect(outline(config)).toEqual([{ input: [['name', 'a']] }, { output: [['name', 'b']] }]);
    expect(place(config.sections[0].span)).toBe('included/in.conf:1:1');
    const yaml = read('includes:\n  - in.yaml\n', undefined, { 'in.yaml': 'service:\n  a: b\n' });
    expect(outline(yaml)).toEqual([{ service: [['a', 'b']] }]);
  });

  test('one that is not is named', () => {
    const { unsupported } = read('[SERVICE]\n    Parsers_File parsers.conf\n@INCLUDE *.conf\n');
    expect(unsupported.map(({ kind, what, span }) => [kind, what, place(span)])).toEqual([
      ['include', '*.conf', 'fb.conf:3:10'],
      ['parsers-file', 'parsers.conf', 'fb.conf:2:18'],
    ]);
    expect(read('includes: [a.yaml]\n').unsupported).toMatchObject([{ kind: 'include', what: 'a.yaml' }]);
    expect(read('env: [{name: a, uri: "file:///x"}]\n').unsupported).toMatchObject([{ kind: 'variable-from-file' }]);
  });

  test('a file that includes itself is read once', () => {
    const { problems } = read('@INCLUDE a\n', 'classic', { a: '@INCLUDE a\n[INPUT]\n    Name x\n' });
    expect(problems).toMatchObject([{ message: '"a" is included twice' }]);
  });

  test('parsers come from the file that the service names', () => {
    const files = { 'p.conf': '[PARSER]\n    Name mine\n    Format json\n' };
    const config = read('[SERVICE]\n    Parsers_File p.conf\n', undefined, files);
    expect(config.problems).toEqual([]);
    expect(outline(config)[1]).toEqual({
      parser: [
        ['name', 'mine'],
        ['format', 'json'],
      ],
    });
  });
});

describe('inside a ConfigMap', () => {
  const file = new SourceText(
    'cm.yaml',
    `kind: ConfigMap
data:
  fluent-bit.yaml: |
    service:
      flush: 5
    pipeline:
      outputs:
        - name: cloudwatch_logs
          region: \${AWS_REGION}
      unknown: []
  fluent-bit.conf: |
    [OUTPUT]
        Name   cloudwatch_logs
        Region \${AWS_REGION}-x
`,
  );
  const [document] = readYaml(MappedText.whole(file)).documents;
  const inner = (key: string) => {
    const data = document.kind === 'map' ? document.entries.get('data')?.value : undefined;
    const text = data?.kind === 'map' ? data.entries.get(key)?.value : undefined;
    if (text?.kind !== 'scalar') throw new Error(`no ${key}`);
    return readFluentBit(text.text(), { env });
  };

  test('YAML: keys, values and problems are placed in the outer file', () => {
    const { sections, problems } = inner('fluent-bit.yaml');
    const region = sections[1].get('region');
    expect(region && [place(region.keySpan), place(region.span)]).toEqual(['cm.yaml:9:11', 'cm.yaml:9:19']);
    expect(place(sections[0].span)).toBe('cm.yaml:4:5');
    expect(problems.map(({ span, message }) => [span && place(span), message])).toEqual([
      ['cm.yaml:10:7', '"unknown" is no part of a pipeline; there are inputs, filters and outputs'],
    ]);
  });

  test('classic: the same', () => {
    const { sections, problems } = inner('fluent-bit.conf');
    const region = sections[0].get('region');
    expect(problems).toEqual([]);
    expect(region && [place(region.keySpan), place(region.span)]).toEqual(['cm.yaml:14:9', 'cm.yaml:14:16']);
    expect(region?.value.kind === 'concat' && region.value.parts.map(({ span }) => span && place(span))).toEqual([
      'cm.yaml:14:16',
      'cm.yaml:14:29',
    ]);
    expect(place(sections[0].span)).toBe('cm.yaml:12:5');
  });
});

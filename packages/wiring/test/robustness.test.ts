import { MemoryFileTree, renderHtml, renderJson, renderSarif, renderText, verify } from '../src';
import { BUILD } from '../src/rules/examples/build';
import { METRICS } from '../src/rules/examples/metrics';
import { edited, type Files, verifyFiles } from './support/estate';

const STORE = 'store.yaml';
const TEMPLATE = 'role.template.yaml';

const rulesOf = (files: Files) => verifyFiles(files).findings.map(({ rule }) => rule);
const withStore = (text: string): Files => ({ ...METRICS, 'more.yaml': text });
const CONFIG_MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: more}\n';

describe('a key that is given twice', () => {
  const twice = [{ file: STORE, find: '  alias: shop-dev\n', replace: '  alias: shop\n  alias: shop-dev\n' }];

  it('in a manifest is told with both places, and the path is judged by the last', () => {
    const { findings, paths } = verifyFiles(edited(METRICS, twice));
    expect(findings).toMatchObject([
      {
        rule: 'gitops/duplicate-key',
        severity: 'warning',
        location: { file: STORE, line: 11 },
        related: [{ line: 10 }],
      },
    ]);
    expect(paths.map(({ status }) => status)).toEqual(['proven']);
  });

  it('in a kustomization or what it builds is what kustomize refuses', () => {
    const inBase = edited(BUILD, [{ ...twice[0], file: `base/${STORE}` }]);
    const inKustomization = edited(BUILD, [
      { file: 'base/kustomization.yaml', find: 'resources:', replace: 'namePrefix: a-\nnamePrefix: b-\nresources:' },
    ]);
    for (const files of [inBase, inKustomization]) {
      const { findings } = verifyFiles(files);
      expect(findings.map(({ rule }) => rule)).toEqual(['input/broken-kustomization']);
      expect(findings[0].message).toContain('is given twice, and kustomize refuses to build');
    }
  });

  it('is none where anchors are merged, or where it stands in another map', () => {
    expect(rulesOf(withStore(`${CONFIG_MAP}x: &x {a: 1}\ny: {<<: *x, a: 2}\nz: {a: 3}\n`))).toEqual([]);
  });
});

describe('hostile input', () => {
  it.each([
    ['dashes in one line', `${CONFIG_MAP}x:\n  ${'- '.repeat(7000)}x\n`],
    ['question marks in one line', `${CONFIG_MAP}x:\n  ${'? '.repeat(7000)}x\n`],
    ['brackets', `${CONFIG_MAP}x: ${'['.repeat(50_000)}\n`],
    ['braces that are closed', `${CONFIG_MAP}x: ${'{a: '.repeat(5000)}1${'}'.repeat(5000)}\n`],
    ['indentation', `${CONFIG_MAP}${Array.from({ length: 1500 }, (_, i) => `${' '.repeat(i)}a:\n`).join('')}`],
  ])('nested deeply (%s) is told as such, and the rest is judged', (_, text) => {
    const { findings, paths } = verifyFiles(withStore(text));
    expect(findings.map(({ rule }) => rule)).toEqual(['input/too-deep']);
    expect(paths.map(({ status }) => status)).toEqual(['proven']);
  });

  it('of aliases that expand without end is told in a moment', () => {
    const bomb = Array.from({ length: 26 }, (_, i) => {
      const name = String.fromCharCode(97 + i);
      const before = String.fromCharCode(96 + i);
      return `${name}: &${name} [${Array(9)
        .fill(i === 0 ? 'x' : `*${before}`)
        .join(', ')}]`;
    });
    expect(rulesOf(withStore(`${CONFIG_MAP}${bomb.join('\n')}\n`))).toEqual(['input/too-many-aliases']);
  });

  it.each<[string, Files]>([
    [
      'conditions that name each other',
      {
        'more.template.json': JSON.stringify({
          Conditions: {
            A: { 'Fn::And': [{ Condition: 'B' }, { Condition: 'B' }] },
            B: { 'Fn::Or': [{ Condition: 'A' }, { Condition: 'A' }, { Condition: 'B' }] },
          },
          Resources: {
            R: {
              Type: 'AWS::IAM::Role',
              Properties: { RoleName: { 'Fn::If': ['A', 'a', { 'Fn::If': ['B', 'b', 'c'] }] } },
            },
          },
        }),
      },
    ],
    [
      'names that are made of each other twice',
      {
        'more.template.json': JSON.stringify({
          Resources: Object.fromEntries(
            Array.from({ length: 60 }, (_, i) => [
              `R${i}`,
              {
                Type: 'AWS::Logs::LogGroup',
                Properties: { LogGroupName: { 'Fn::Sub': `\${R${(i + 1) % 60}}a\${R${(i + 1) % 60}}` } },
              },
            ]),
          ),
        }),
      },
    ],
    [
      'variables that are made of each other',
      edited(METRICS, [
        {
          file: 'collector.yaml',
          find: '            - name: WORKSPACE\n',
          replace: `${Array.from({ length: 40 }, (_, i) => `            - {name: V${i}, value: "${`$(V${(i + 1) % 40})`.repeat(50)}"}\n`).join('')}            - {name: AWS_REGION, value: $(V0)}\n            - name: WORKSPACE\n`,
        },
      ]),
    ],
  ])('of %s is judged in a moment', (_, files) => {
    const { paths } = verifyFiles({ ...METRICS, ...files });
    expect(paths.length).toBeGreaterThan(0);
  });

  it('that is larger than any configuration is not read', () => {
    const text = `${CONFIG_MAP}data:\n  a: ${'x'.repeat(65 * 1024 * 1024)}\n`;
    expect(rulesOf(withStore(text))).toEqual(['input/too-large']);
  });

  it('with names of JavaScript itself is only text', () => {
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'prototype'];
    const text = names.map(
      (name) =>
        `---\napiVersion: v1\nkind: ${name}\nmetadata: {name: ${name}, annotations: {${name}: x}}\n${name}: {${name}: 1}\n`,
    );
    expect(rulesOf(withStore(text.join('')))).toEqual([]);
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });
});

describe('other ways to write the same', () => {
  const all = (change: (text: string) => string): Files =>
    Object.fromEntries(Object.entries(METRICS).map(([file, text]) => [file, change(text)]));
  const verdict = (files: Files) => {
    const { findings, paths } = verifyFiles(files, { lint: true });
    return { findings: findings.map(({ rule }) => rule), paths: paths.map(({ id, status }) => [id, status]) };
  };

  it.each<[string, (text: string) => string]>([
    ['line ends of Windows', (text) => text.replaceAll('\n', '\r\n')],
    ['no line break at the end', (text) => text.trimEnd()],
    ['a line of dashes before the first document', (text) => (text.startsWith('{') ? text : `---\n${text}`)],
    [
      'comments at line ends',
      (text) => (text.startsWith('{') ? text : text.replace(/^kind: (.*)$/gm, 'kind: $1 # so it is')),
    ],
  ])('(%s) give the same verdict', (_, change) => {
    expect(verdict(all(change))).toEqual(verdict(METRICS));
  });

  it('a byte order mark is no part of the text', () => {
    const files = new MemoryFileTree(METRICS);
    const { paths } = verify({ files, paths: ['collector.yaml'], tool: { name: 'test', version: '0' } });
    const marked = new MemoryFileTree(all((text) => `\ufeff${text}`));
    const other = verify({ files: marked, paths: ['collector.yaml'], tool: { name: 'test', version: '0' } });
    expect(other.findings.map(({ rule }) => rule)).toEqual([]);
    expect(other.paths.map(({ id }) => id)).toEqual(paths.map(({ id }) => id));
  });
});

describe('a planted secret', () => {
  const planted = 'cGxhbnRlZC1zZWNyZXQtdmFsdWU';
  const places: readonly [string, Files][] = [
    [
      'in a Secret',
      withStore(`apiVersion: v1\nkind: Secret\nmetadata: {name: s, namespace: observe}\nstringData: {a: ${planted}}\n`),
    ],
    [
      'in a Secret that is not valid YAML',
      withStore(`apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata:\n  a: [${planted}\n`),
    ],
    [
      'in a Secret whose keys are given twice',
      withStore(`apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata:\n  a: ${planted}\n  a: ${planted}\n`),
    ],
    [
      'in a Secret in JSON that is cut off',
      { ...METRICS, 'more.json': `{"apiVersion": "v1", "kind": "Secret", "data": {"password": "${planted}"` },
    ],
    [
      'in a variable of a workload that is broken',
      edited(METRICS, [
        {
          file: 'collector.yaml',
          find: '            - name: WORKSPACE\n',
          replace: `            - {name: DB_PASSWORD, value: ${planted}}\n            - name: WORKSPACES\n`,
        },
      ]),
    ],
    [
      'in an output of a template',
      edited(METRICS, [
        { file: TEMPLATE, find: 'Resources:', replace: `Outputs:\n  Token:\n    Value: ${planted}\nResources:` },
      ]),
    ],
  ];

  it.each(places)('(%s) is in no report', (_, files) => {
    const verdict = verifyFiles(files, { lint: true });
    for (const render of [renderText, renderJson, renderSarif, renderHtml])
      expect(render(verdict)).not.toContain(planted);
  });
});

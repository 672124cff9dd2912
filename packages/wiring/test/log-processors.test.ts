import { type Edit, edited, verifyFiles } from './support/estate';
import { SHIP } from './support/ship';

const FILE = 'shipper.yaml';
const INPUT = '          read_from_head: true\n';
const OUTPUT = '          retry_limit: no_limits\n';
const QUESTION = `  Question:
    Type: AWS::Logs::QueryDefinition
    Properties:
      Name: lines
      LogGroupNames: [/eks/shop]
      QueryString: |-
        filter stream = "stderr" and kubernetes.namespace_name = "shop"
`;
const MERGE: Edit = { file: FILE, find: '          merge_log: true\n', replace: '' };

const on = (anchor: string, lines: string): Edit => ({
  file: FILE,
  find: anchor,
  replace: `${anchor}          processors:\n            logs:\n${lines.replace(/^/gm, '              ').trimEnd()}\n`,
});

function judged(...edits: readonly Edit[]) {
  const files = { ...SHIP, 'logs.template.yaml': `${SHIP['logs.template.yaml']}${QUESTION}` };
  const { findings, paths } = verifyFiles(edited(files, [MERGE, ...edits]));
  const status = (signal: string) => [
    ...new Set(paths.filter((one) => one.signal === signal).map((one) => one.status)),
  ];
  return {
    rules: findings.map(({ rule }) => rule),
    findings,
    logs: status('logs'),
    questions: status('dashboards'),
    paths,
  };
}

describe('processors', () => {
  it.each([
    ['of an input', INPUT, '- {name: content_modifier, action: upsert, key: team, value: shop}'],
    ['of an output', OUTPUT, '- {name: content_modifier, action: insert, key: team, value: shop}'],
    ['of metrics', INPUT, '- {name: labels, insert: a b}'],
    ['that keep what is read', INPUT, '- {name: grep, exclude: log healthz}'],
    ['of metadata', OUTPUT, '- {name: content_modifier, context: attributes, action: delete, key: stream}'],
  ])('%s leave the way as it is', (_, anchor, line) => {
    expect(judged(on(anchor, line))).toMatchObject({ rules: [], logs: ['proven'], questions: ['proven'] });
  });

  it.each([
    ['an input', INPUT],
    ['an output', OUTPUT],
  ])('of %s that delete a key take it from questions', (_, anchor) => {
    const { rules, logs, findings } = judged(on(anchor, '- {name: content_modifier, action: delete, key: stream}'));
    expect({ rules, logs }).toEqual({ rules: ['dashboards/missing-log-field'], logs: ['proven'] });
    expect(findings[0].related.map(({ message }) => message)).toContain('a processor takes it away');
  });

  it('of an input that drop everything are told of', () => {
    const { rules } = judged(on(INPUT, '- {name: grep, regex: severity error}'));
    expect(rules).toContain('logs/dropped-records');
  });

  it('of an output that delete what its template needs are told of', () => {
    const { findings } = judged(on(OUTPUT, '- {name: content_modifier, action: delete, key: kubernetes}'));
    expect(findings.map(({ rule }) => rule)).toContain('logs/missing-record-key');
  });

  it.each([
    ['sql', INPUT, '- {name: sql, query: "SELECT log FROM STREAM;"}'],
    ['a script', INPUT, '- {name: lua, call: f, code: x}'],
    ['one that nobody knows', OUTPUT, '- {name: alchemy}'],
    [
      'a condition',
      INPUT,
      '- name: content_modifier\n  action: delete\n  key: stream\n  condition: {op: and, rules: [{field: $log, op: regex, value: x}]}',
    ],
  ])('leave open what %s makes of a record', (_, anchor, lines) => {
    const { rules, questions } = judged(on(anchor, lines));
    expect({ rules, questions }).toEqual({ rules: [], questions: ['unknown'] });
  });
});

describe('an input that names its outputs', () => {
  it('is not examined, and nobody is blamed', () => {
    const routes: Edit = {
      file: FILE,
      find: INPUT,
      replace: `${INPUT}          routes: {logs: [{name: all, condition: {default: true}, to: {outputs: [cloudwatch]}}]}\n`,
    };
    const { rules, logs, paths } = judged(routes, {
      file: FILE,
      find: '          match: kube.*\n          region',
      replace: '          alias: cloudwatch\n          region',
    });
    expect({ rules, logs }).toEqual({ rules: [], logs: ['unknown'] });
    expect(JSON.stringify(paths)).toContain('routes of tail');
  });
});

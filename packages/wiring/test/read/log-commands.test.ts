import { edited, type Files, fixture, verifyFiles } from '../support/estate';

const FILES = fixture('infrastructure');
const GROUP = `
\`\`\`bash
export LINES=/eks/shop
aws logs create-log-group --log-group-name $LINES --region eu-central-1
aws logs put-retention-policy --log-group-name $LINES --retention-in-days 14
\`\`\`
`;

/** The environment with its group made by the README in place of the template. */
function withScript(script: string): Files {
  const { 'logs.template.yaml': _, ...rest } = FILES;
  return edited({ ...rest, 'README.md': `${FILES['README.md']}${script}` }, [
    { file: 'sightline.json', find: ', "logs.template.yaml"', replace: '' },
  ]);
}

const judged = (files: Files) => {
  const { findings, paths } = verifyFiles(files, { lint: true });
  return { rules: findings.map(({ rule }) => rule), findings, paths };
};

describe('aws logs in a script', () => {
  it('makes groups, with the days that they keep what is written', () => {
    const { rules, paths } = judged(withScript(GROUP));
    expect(rules).toEqual([]);
    expect(paths.filter(({ status }) => status !== 'proven')).toEqual([]);
  });

  it('without them leaves the group to nobody, and without days keeps for ever', () => {
    expect(judged(withScript('')).rules).toEqual(['logs/missing-log-group']);
    expect(judged(withScript(GROUP.replace(/aws logs put-ret.*\n/, ''))).rules).toEqual(['cost/unlimited-retention']);
  });

  it.each([
    `aws logs put-query-definition --name lines --log-group-names $LINES --query-string 'filter kubernetes.namespace_name = "shop"'`,
    'aws logs start-query --log-group-name "$LINES" --start-time 0 --end-time 1 --query-string "fields @message | limit 5"',
    `aws logs put-metric-filter --log-group-name $LINES --filter-name all --filter-pattern '{ $.kubernetes.pod_name = "web*" }'`,
  ])('asks: %s', (command) => {
    const { rules, paths } = judged(withScript(GROUP.replace('\n```\n', `\n${command}\n\`\`\`\n`)));
    expect(rules).toEqual([]);
    expect(
      paths.filter(({ sink }) => ['query-definition', 'metric-filter'].includes(sink.kind)).map(({ status }) => status),
    ).toEqual(['proven']);
  });

  it.each([
    [
      `--log-group-names $LINES --query-string 'filter kubernetes.namespace = "shop"'`,
      'dashboards/missing-log-field',
      'kubernetes.namespace =',
    ],
    ["--log-group-names /eks/shops --query-string 'fields @message'", 'dashboards/missing-log-group', '/eks/shops'],
    [
      "--log-group-names $LINES --query-string 'fields @message | srot @timestamp'",
      'dashboards/unreadable-log-query',
      'srot',
    ],
  ])('wrongly: %s', (options, rule, end) => {
    const files = withScript(
      GROUP.replace('\n```\n', `\naws logs put-query-definition --name lines ${options}\n\`\`\`\n`),
    );
    const { rules, findings } = judged(files);
    expect(rules).toEqual([rule]);
    const { line = 0, column = 0 } = findings[0].location ?? {};
    expect(files['README.md'].split('\n')[line - 1].slice(column - 1)).toMatch(
      new RegExp(`^${end.replace(/[./=]/g, '\\$&')}`),
    );
  });
});

describe('a group that is still to be filled in', () => {
  it.each(['<your-group>', '/eks/${NAME}', 'REPLACE_ME'])('is nobody’s fault: %s', (group) => {
    const command = `aws logs start-query --log-group-name "${group}" --query-string "fields @message"`;
    const { rules } = judged(withScript(GROUP.replace('\n```\n', `\n${command}\n\`\`\`\n`)));
    expect(rules).toEqual([]);
  });
});

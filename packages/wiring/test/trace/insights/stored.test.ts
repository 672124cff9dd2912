import type { PathVerdict } from '../../../src';
import { type Edit, edited, type Files, verifyFiles } from '../../support/estate';
import { SHIP } from '../../support/ship';

const MERGE: Edit = { file: 'shipper.yaml', find: '          merge_log: true\n', replace: '' };

/** The shop, with a resource more in its template. */
function files(resource: string, edits: readonly Edit[] = []): Files {
  const all = { ...SHIP, 'logs.template.yaml': `${SHIP['logs.template.yaml']}  Question:\n${resource}` };
  return edited(all, [MERGE, ...edits]);
}

function judged(resource: string, edits: readonly Edit[] = []) {
  const { findings, paths } = verifyFiles(files(resource, edits));
  const own = paths.filter(({ signal }) => signal === 'dashboards');
  return { rules: findings.map(({ rule }) => rule), findings, paths: own };
}

const statusOf = (paths: readonly PathVerdict[]) => paths.map(({ status }) => status);

const filter = (pattern: string, group = '/eks/shop') => `    Type: AWS::Logs::MetricFilter
    Properties:
      LogGroupName: ${group}
      FilterPattern: '${pattern}'
      MetricTransformations: []
`;

const board = (body: string) => `    Type: AWS::CloudWatch::Dashboard
    Properties:
      DashboardName: shop
      DashboardBody: ${body}
`;

const widget = (query: string, region = 'eu-west-1') =>
  JSON.stringify({
    widgets: [
      { type: 'text', properties: { markdown: '# Shop' } },
      { type: 'log', properties: { title: 'Lines', region, query } },
    ],
  });

describe('a metric filter', () => {
  it.each([
    '{ $.stream = "stderr" }',
    '{ ($.kubernetes.namespace_name = "shop") && ($.log = "*error*") }',
    '{ $.stream = "stderr" || $.level = "error" }',
    '{ $.level NOT EXISTS }',
    '{ $.kubernetes.labels.app = web* }',
    'ERROR -healthz',
    '[host, time, status = 5*]',
    '{ $.level IS NULL }',
  ])('counts what arrives: %s', (pattern) => {
    const { rules, paths } = judged(filter(pattern));
    expect(rules).toEqual([]);
    expect(statusOf(paths)).toEqual(['proven']);
    expect(paths[0].sink).toEqual({ kind: 'metric-filter', id: 'Question' });
  });

  it.each([
    ['{ $.level = "error" }', 'level'],
    ['{ $.stream = "stderr" && $.kubernetes.namespace = "shop" }', 'kubernetes.namespace'],
    ['{ $.levels[0].name = "x" }', 'levels.0.name'],
    ['{ $.status >= 500 }', 'status'],
  ])('counts nothing when events have no such field: %s', (pattern, field) => {
    const { findings, rules } = judged(filter(pattern));
    expect(rules).toEqual(['dashboards/missing-log-field']);
    expect(findings[0].message).toContain(`reads the field ${field}, which no event of log group /eks/shop has`);
  });

  it('of a group that nothing makes has nothing to count', () => {
    expect(judged(filter('{ $.stream = "x" }', '/eks/shpo')).rules).toEqual(['dashboards/missing-log-group']);
  });

  it('in a form that this version does not know is left open', () => {
    expect(statusOf(judged(filter('{ $.a ~ 5 }')).paths)).toEqual(['unknown']);
  });
});

describe('a dashboard of CloudWatch', () => {
  const SOURCE = "SOURCE '/eks/shop' | fields @timestamp, log | filter stream = 'stderr'";

  it('asks the groups that its widgets name', () => {
    const { rules, paths } = judged(board(`'${widget(SOURCE).replaceAll("'", "''")}'`));
    expect(rules).toEqual([]);
    expect(statusOf(paths)).toEqual(['proven']);
    expect(paths[0].sink).toEqual({ kind: 'dashboard-widget', id: 'shop/Lines' });
    expect(paths[0].source.name).toBe('/eks/shop');
  });

  it('put together by functions is followed to the group that its template makes', () => {
    const body = widget("SOURCE '${Logs}' | filter kubernetes.labels.app = 'web'", '${AWS::Region}');
    const { rules, paths } = judged(board(`!Sub '${body.replaceAll("'", "''")}'`));
    expect(rules).toEqual([]);
    expect(statusOf(paths)).toEqual(['proven']);
  });

  it('is followed by the symbol of a group whose name CloudFormation chooses', () => {
    const body = widget("SOURCE '${Other}' | fields @message", '${AWS::Region}');
    const other = '  Other:\n    Type: AWS::Logs::LogGroup\n';
    const { rules, paths } = judged(`${board(`!Sub '${body.replaceAll("'", "''")}'`)}${other}`);
    expect(rules).toEqual([]);
    expect(paths[0].hops.find(({ kind }) => kind === 'log-group')?.status).toBe('proven');
  });

  it.each([
    [widget("SOURCE '/eks/shops' | fields @message"), 'dashboards/missing-log-group'],
    [widget(SOURCE, 'us-east-1'), 'dashboards/log-group-in-other-region'],
    [widget("SOURCE '/eks/shop' | filter kubernetes.namespace = 'x'"), 'dashboards/missing-log-field'],
    [widget("SOURCE '/eks/shop' | stats count(* by bin(5m)"), 'dashboards/unreadable-log-query'],
  ])('%s: %s', (body, rule) => {
    expect(judged(board(`'${body.replaceAll("'", "''")}'`)).rules).toEqual([rule]);
  });

  it.each([
    [widget("SOURCE '/aws/lambda/checkout' | fields @message"), 'who makes log group /aws/lambda/checkout'],
    [widget("SOURCE logGroups(namePrefix: ['/eks']) | fields @message"), 'the log groups that widget "Lines"'],
    [widget('fields @message'), 'the log groups that widget "Lines"'],
  ])('is left open where nobody knows: %s', (body, missing) => {
    const { rules, paths } = judged(board(`'${body.replaceAll("'", "''")}'`));
    expect(rules).toEqual([]);
    expect(JSON.stringify(paths[0].hops)).toContain(JSON.stringify(missing).slice(1, -1));
  });
});

describe('a question in another language', () => {
  it('is named as not examined, and its group is judged', () => {
    const resource = (group: string) => `    Type: AWS::Logs::QueryDefinition
    Properties:
      Name: lines
      QueryLanguage: SQL
      QueryString: SELECT * FROM lines
      LogGroupNames: ["arn:aws:logs:eu-west-1:111122223333:log-group:${group}:*"]
`;
    const { rules, paths } = judged(resource('/eks/shop'));
    expect(rules).toEqual([]);
    expect(paths[0].hops.map(({ kind, status }) => `${kind} ${status}`)).toEqual([
      'log-group proven',
      'query unknown',
      'fields unknown',
    ]);
    expect(judged(resource('/eks/other')).rules).toEqual(['dashboards/missing-log-group']);
  });
});

describe('the group of a question', () => {
  it('may be one that the collector itself makes', () => {
    const question = `    Type: AWS::Logs::QueryDefinition
    Properties: {Name: lines, QueryString: 'fields @message | filter stream = "stderr"', LogGroupNames: [/eks/new]}
`;
    const edits: readonly Edit[] = [
      { file: 'shipper.yaml', find: 'log_group_name: /eks/shop', replace: 'log_group_name: /eks/new' },
      { file: 'shipper.yaml', find: 'auto_create_group: false', replace: 'auto_create_group: true' },
      { file: 'logs.template.yaml', find: '[logs:CreateLogStream, logs:PutLogEvents]', replace: 'logs:*' },
      { file: 'logs.template.yaml', find: 'Resource: !GetAtt Logs.Arn', replace: 'Resource: "*"' },
    ];
    const { rules, paths } = judged(question, edits);
    expect(rules).toEqual([]);
    expect(statusOf(paths)).toEqual(['proven']);
  });
});

import { example } from '../example';
import { INSIGHTS } from '../examples/insights';
import { type BreakRules, breakRule } from './break-rule';

const FILE = 'logs.template.yaml';

/** The way from a log group to a question. */
export const insights = {
  'log-query-is-readable': breakRule({
    id: 'dashboards/unreadable-log-query',
    summary: 'a question to CloudWatch Logs is not in its language',
    why: 'CloudWatch answers MalformedQueryException, and the panel shows that in place of lines',
    help: 'write it as the query syntax of CloudWatch Logs Insights has it',
    example: example(INSIGHTS, { file: FILE, good: '| filter ', bad: '| fliter ' }),
  }),
  'queried-group-exists': breakRule({
    id: 'dashboards/missing-log-group',
    summary: 'a question is asked of a log group that nothing makes or writes to',
    why: 'CloudWatch answers ResourceNotFoundException, and the panel shows that in place of lines',
    help: 'ask a group that is there',
    example: example(INSIGHTS, { file: FILE, good: '[/eks/shop]', bad: '[/eks/shops]' }),
  }),
  'queried-group-is-in-region': breakRule({
    id: 'dashboards/log-group-in-other-region',
    summary: 'a question is asked of a region that the log group is not in',
    why: 'CloudWatch answers ResourceNotFoundException, and the panel shows that in place of lines',
    help: 'ask the region of the group',
    example: example(INSIGHTS, {
      file: FILE,
      good: `  Question:
    Type: AWS::Logs::QueryDefinition
`,
      bad: `  Board:
    Type: AWS::CloudWatch::Dashboard
    Properties:
      DashboardName: shop
      DashboardBody: '{"widgets": [{"type": "log", "properties": {"title": "Lines", "region": "us-east-1", "query": "SOURCE \\"/eks/shop\\" | fields @message"}}]}'
  Question:
    Type: AWS::Logs::QueryDefinition
`,
    }),
  }),
  'queried-field-arrives': breakRule({
    id: 'dashboards/missing-log-field',
    summary: 'a question needs a field that no event of the log group has',
    why: 'a field that is not there is no error: the filter holds for nothing, the column is empty, and nothing says why',
    help: 'ask for a field that the collector sends, or let it send the field',
    example: example(INSIGHTS, { file: FILE, good: 'kubernetes.namespace_name', bad: 'kubernetes.namespace' }),
  }),
  'queried-value-arrives': breakRule({
    id: 'dashboards/missing-log-value',
    summary: 'a question filters for a namespace that no line comes from',
    why: 'the filter holds for nothing, and the panel is empty without a word',
    help: 'ask for a namespace that lines come from',
    example: example(INSIGHTS, { file: FILE, good: '"shop" and', bad: '"shops" and' }),
  }),
} satisfies BreakRules;

import { example } from '../example';
import { METRICS } from '../examples/metrics';
import type { LintRule } from './lint-rule';
import { unbounded } from './pod-roles';

export const anyWorkspace: LintRule = {
  id: 'security/any-workspace',
  severity: 'info',
  summary: 'a role may write into every workspace of every region',
  why: 'a collector that is pointed at the wrong workspace writes there, and nothing refuses it',
  help: 'name the ARN of the workspace, or a pattern with a condition on its tags',
  example: example(METRICS, {
    file: 'role.template.yaml',
    good: `                Resource: arn:aws:aps:eu-west-1:111122223333:workspace/*
                Condition:
                  StringEquals:
                    aws:ResourceTag/stage: dev
`,
    bad: `                Resource: "*"
`,
  }),
  check: ({ world }) => unbounded(world, 'aps:RemoteWrite'),
};

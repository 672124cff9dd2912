import { textOf } from '../../model';
import { example } from '../example';
import { METRICS } from '../examples/metrics';
import type { LintRule } from './lint-rule';
import { allowances, observingRoles } from './pod-roles';

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
  check: ({ world }) =>
    observingRoles(world).flatMap((role) =>
      allowances(role).flatMap(({ policy, statement: { actions, resources, conditions, span } }) => {
        const writes = actions.values.some((action) => textOf(action)?.toLowerCase() === 'aps:remotewrite');
        const isAny = resources?.values.some((resource) => textOf(resource) === '*') && !resources.negated;
        if (!writes || !isAny || conditions.length > 0) return [];
        const at = resources?.span ?? span;
        const message = `${policy.label} allows aps:RemoteWrite on * to ${role.label}`;
        return [{ subject: `${role.label} aps:RemoteWrite`, message, ...(at && { span: at }) }];
      }),
    ),
};

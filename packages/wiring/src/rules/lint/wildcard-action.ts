import { textOf } from '../../model';
import { example } from '../example';
import { METRICS } from '../examples/metrics';
import type { LintRule } from './lint-rule';
import { allowances, observingRoles } from './pod-roles';

/** All of a service, or everything; `logs:Describe*` is no such thing. */
const WHOLE = /^(?:\*|[a-z0-9-]+:\*)$/i;

export const wildcardAction: LintRule = {
  id: 'security/wildcard-action',
  severity: 'warning',
  summary: 'a role of a collector may do everything that a service offers',
  why: 'whoever gets into the pod can read and delete what it was meant to write',
  help: 'allow the actions that are needed: aps:RemoteWrite to write metrics; logs:CreateLogStream and logs:PutLogEvents for logs',
  example: example(METRICS, { file: 'role.template.yaml', good: 'aps:RemoteWrite', bad: 'aps:*' }),
  check: ({ world }) =>
    observingRoles(world).flatMap((role) =>
      allowances(role).flatMap(({ policy, statement }) => {
        if (statement.actions.negated) return [];
        const wide = statement.actions.values.find((action) => WHOLE.test(textOf(action) ?? ''));
        if (!wide) return [];
        const span = wide.span ?? statement.actions.span ?? statement.span;
        const message = `${policy.label} allows ${textOf(wide)} to ${role.label}`;
        return [{ subject: `${role.label} ${textOf(wide)}`, message, ...(span && { span }) }];
      }),
    ),
};

import { textOf } from '../../model';
import { example } from '../example';
import { METRICS } from '../examples/metrics';
import { EXAMPLE_ISSUER } from '../examples/parts';
import type { LintRule } from './lint-rule';
import { observingRoles } from './pod-roles';

/** Any namespace, or any account of a namespace. */
const WIDE = /^(?:\*|system:serviceaccount:(?:\*.*|[^:*?]+:\*))$/;

export const wildcardSubject: LintRule = {
  id: 'security/wildcard-subject',
  severity: 'warning',
  summary: 'any service account of a namespace, or of the cluster, may take a role',
  why: 'every pod that somebody starts there gets the rights of the collector',
  help: 'name the one service account: system:serviceaccount:<namespace>:<service account>',
  example: example(METRICS, {
    file: 'role.template.yaml',
    good: `              StringEquals:
                ${EXAMPLE_ISSUER}:sub: system:serviceaccount:observe:meter
                ${EXAMPLE_ISSUER}:aud: sts.amazonaws.com
`,
    bad: `              StringLike:
                ${EXAMPLE_ISSUER}:sub: system:serviceaccount:observe:*
              StringEquals:
                ${EXAMPLE_ISSUER}:aud: sts.amazonaws.com
`,
  }),
  check: ({ world }) =>
    observingRoles(world).flatMap(({ label, trust }) =>
      (trust?.statements ?? []).flatMap(({ effect, conditions, span }) => {
        if (effect !== 'Allow') return [];
        // Under StringEquals a wildcard is a letter, and nobody at all is let in: that breaks the path.
        const subjects = conditions.filter(
          ({ operator, key }) => /StringLike/i.test(operator) && key.toLowerCase().endsWith(':sub'),
        );
        const wide = subjects.flatMap(({ values }) => values).find((value) => WIDE.test(textOf(value) ?? ''));
        if (!wide) return [];
        const at = wide.span ?? span;
        return [{ subject: label, message: `${label} trusts ${textOf(wide)}`, ...(at && { span: at }) }];
      }),
    ),
};

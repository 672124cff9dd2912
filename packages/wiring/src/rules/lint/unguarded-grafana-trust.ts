import { example } from '../example';
import { GRAFANA_ROLE } from '../examples/grafana-role';
import type { LintRule } from './lint-rule';
import { hasService } from './pod-roles';

const GUARDS = new Set(['aws:sourceaccount', 'aws:sourcearn', 'aws:sourceorgid']);

export const unguardedGrafanaTrust: LintRule = {
  id: 'security/unguarded-grafana-trust',
  severity: 'warning',
  summary: "anybody's Grafana workspace may take a role",
  why: 'the service acts for all of its customers: a workspace of another account that names the role reads with it',
  help: 'demand aws:SourceAccount of your account, and aws:SourceArn of your workspaces',
  example: example(GRAFANA_ROLE, {
    file: 'role.template.yaml',
    good: `            Condition:
              StringEquals:
                aws:SourceAccount: "111122223333"
`,
    bad: '',
  }),
  check: ({ world }) =>
    world.aws.roles.flatMap(({ label, trust }) =>
      (trust?.statements ?? []).flatMap(({ effect, principals, conditions, span }) => {
        if (effect !== 'Allow' || !hasService(principals, 'grafana.amazonaws.com')) return [];
        if (conditions.some(({ key }) => GUARDS.has(key.toLowerCase()))) return [];
        const message = `${label} trusts grafana.amazonaws.com of every account`;
        return [{ subject: label, message, ...(span && { span }) }];
      }),
    ),
};

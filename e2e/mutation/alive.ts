/**
 * Operators of which a mutant is known to survive. Everything of any other operator has to be found; a line goes when
 * `npm run mutate -- OPERATOR` shows that none survives any more.
 */
export const alive: readonly string[] = [
  'alert-other-topic',
  'allocator-off',
  'alloy-expression-does-not-fit',
  'alloy-timeout-longer-than-interval',
  'dashboard-label-misspelt',
  'datasource-other-region',
  'datasource-other-url',
  'datasource-unknown-plugin',
  'grafana-role-other-resource',
  'grafana-token-missing',
  'monitor-not-chosen',
  'monitors-may-not-be-read',
  'namespace-gone',
  'rbac-other-group',
  'rbac-without-verb',
  'rule-of-another-workspace',
  'workload-gone',
];

import { labelBy, labelOf } from '../../model';
import { example } from '../example';
import { METRICS } from '../examples/metrics';
import type { LintRule } from './lint-rule';
import { plainWorkloads } from './pod-references';

/** Kubernetes makes it in every namespace. */
const DEFAULT = 'default';

export const missingAccount: LintRule = {
  id: 'gitops/missing-account',
  severity: 'error',
  summary: 'pods run as a service account that no manifest makes',
  why: 'the API server makes no pod of it: serviceaccount not found',
  help: 'add the ServiceAccount, or name one that is there',
  example: example(METRICS, {
    file: 'shop.yaml',
    good: 'containers:',
    bad: 'serviceAccountName: shopkeeper\n      containers:',
  }),
  check: (input) =>
    plainWorkloads(input).flatMap(({ object, pod: { serviceAccountName: account } }) => {
      if (!account || account.value === DEFAULT) return [];
      if (input.world.cluster.serviceAccount(object.namespace, account.value)) return [];
      return [
        {
          subject: labelOf(object),
          message: `${labelOf(object)} runs as ${labelBy('ServiceAccount', object.namespace, account)}, which does not exist`,
          span: account.span,
        },
      ];
    }),
};

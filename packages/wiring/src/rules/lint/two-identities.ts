import { describe, equal, known, labelOf } from '../../model';
import { example } from '../example';
import { LOGS_BY_BOTH } from '../examples/pod-identity';
import type { LintRule } from './lint-rule';

export const twoIdentities: LintRule = {
  id: 'identity/two-roles',
  severity: 'warning',
  summary: 'a service account gets one role by its annotation and another by Pod Identity',
  why: 'which of the two an SDK takes depends on its version; most take the annotation',
  help: 'keep one of them',
  example: example(LOGS_BY_BOTH, {
    file: 'logs.template.yaml',
    good: 'RoleArn: arn:aws:iam::111122223333:role/Shipper',
    bad: 'RoleArn: arn:aws:iam::111122223333:role/LogShipper',
  }),
  check: ({ world }) =>
    world.aws.podIdentities.flatMap(({ namespace, serviceAccount, roleArn, span }) =>
      [...world.cluster.allServiceAccounts()].flatMap(({ object, roleArn: annotated }) => {
        if (!annotated || equal(serviceAccount, known(object.name.value)) !== 'yes') return [];
        if (equal(namespace, known(object.namespace?.value ?? '')) !== 'yes') return [];
        if (equal(roleArn, known(annotated.value)) !== 'no') return [];
        return [
          {
            subject: labelOf(object),
            message: `${labelOf(object)} is annotated with ${annotated.value}, and associated with ${describe(roleArn)}`,
            span: annotated.span,
            related: [{ span, message: 'the association is made here' }],
          },
        ];
      }),
    ),
};

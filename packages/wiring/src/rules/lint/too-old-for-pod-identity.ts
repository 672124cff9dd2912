import { equal, known } from '../../model';
import { example } from '../example';
import { LOGS_BY_POD_IDENTITY } from '../examples/pod-identity';
import type { LintRule } from './lint-rule';
import { containersOf, nameOf } from './of-collector';

/** Fluent Bit learnt the credentials of EKS Pod Identity in 3.2.10 (https://github.com/fluent/fluent-bit/releases/tag/v3.2.10). */
const FIRST = [3, 2, 10];

export const tooOldForPodIdentity: LintRule = {
  id: 'versions/too-old-for-pod-identity',
  severity: 'warning',
  summary: 'a collector is older than EKS Pod Identity',
  why: 'it does not know where the credentials are, and runs with the rights of its node or with none',
  help: 'use a newer version, or annotate the service account with a role',
  example: example(LOGS_BY_POD_IDENTITY, {
    file: 'collector.yaml',
    good: 'fluent/fluent-bit:5.1.1',
    bad: 'fluent/fluent-bit:3.1.9',
  }),
  check: ({ world, collectors, unconfigured }) =>
    containersOf([...collectors, ...unconfigured]).flatMap((collector) => {
      const { object, pod } = collector.workload;
      const { image } = collector.container;
      const version = image && /(?:^|\/)fluent\/fluent-bit:v?(\d+)\.(\d+)\.(\d+)/.exec(image.value);
      if (!version || !isBefore(version.slice(1).map(Number))) return [];
      const account = pod.serviceAccountName?.value ?? 'default';
      const association = world.aws.podIdentities.find(
        ({ namespace, serviceAccount }) =>
          equal(namespace, known(object.namespace?.value ?? '')) === 'yes' &&
          equal(serviceAccount, known(account)) === 'yes',
      );
      if (!association || world.cluster.serviceAccount(object.namespace, account)?.roleArn) return [];
      return [
        {
          subject: nameOf(collector),
          message: `${nameOf(collector)} runs Fluent Bit ${version.slice(1).join('.')}, and gets its role by Pod Identity`,
          span: image.span,
          related: [{ span: association.span, message: 'the association is made here' }],
          help: `use Fluent Bit ${FIRST.join('.')} or newer, or annotate the service account with the role`,
        },
      ];
    }),
};

function isBefore(version: readonly number[]): boolean {
  const at = FIRST.findIndex((part, i) => part !== version[i]);
  return at !== -1 && version[at] < FIRST[at];
}

import { podIdentity } from '../../data/pod-identity';
import { equal, known } from '../../model';
import { example } from '../example';
import { LOGS_BY_POD_IDENTITY } from '../examples/pod-identity';
import type { LintRule } from './lint-rule';
import { containersOf, nameOf } from './of-collector';

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
      const from = image && lowestOf(image.value);
      if (!from) return [];
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
          message: `${nameOf(collector)} runs ${image.value}, and gets its role by Pod Identity`,
          span: image.span,
          related: [{ span: association.span, message: 'the association is made here' }],
          help: `use version ${from} or newer, or annotate the service account with the role`,
        },
      ];
    }),
};

/** The lowest version of the image's software that knows Pod Identity, where the image is known and older than that. */
function lowestOf(image: string): string | undefined {
  const [, name, ...parts] = /^(.+):v?(\d+)\.(\d+)\.(\d+)[^:/]*$/.exec(image.replace(/@.*$/, '')) ?? [];
  const entry = podIdentity.find(({ repository }) => name !== undefined && `/${name}`.endsWith(`/${repository}`));
  const from = entry?.from.split('.').map(Number);
  const at = from?.findIndex((part, i) => part !== Number(parts[i])) ?? -1;
  return from && at !== -1 && Number(parts[at]) < from[at] ? entry?.from : undefined;
}

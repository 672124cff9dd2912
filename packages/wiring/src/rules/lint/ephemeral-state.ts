import { textOf } from '../../model';
import type { FluentBitProperty } from '../../read/fluent-bit';
import { type LogsPlan, nameOf } from '../../trace';
import { example } from '../example';
import { LOGS } from '../examples/logs';
import { type FluentBit, fluentBits, keptBy, mountOf } from './fluent-bit';
import type { LintRule, Spotted } from './lint-rule';

export const ephemeralState: LintRule = {
  id: 'durability/ephemeral-state',
  severity: 'warning',
  summary: 'offsets or buffer of a collector are gone with its pod',
  why: 'a new pod, after an update or an eviction, knows nothing of what was read and has not been sent',
  help: 'keep them in a hostPath volume of their own: /var/fluent-bit/state',
  example: example(LOGS, {
    file: 'collector.yaml',
    good: 'hostPath: {path: /var/fluent-bit/state, type: DirectoryOrCreate}',
    bad: 'emptyDir: {}',
  }),
  check: (input) =>
    fluentBits(input).flatMap((one) => {
      const kept = [
        ...one.tails.map((tail) => ({ property: tail.get('db'), what: `DB of ${nameOf(tail)}` })),
        ...one.plan.service.map((section) => ({ property: section.get('storage.path'), what: 'storage.path' })),
      ];
      return kept.flatMap(({ property, what }) => (property ? ephemeral(one, what, property) : []));
    }),
};

function ephemeral({ plan, subject }: FluentBit, what: string, property: FluentBitProperty): readonly Spotted[] {
  const path = textOf(property.value);
  if (path === undefined || !path.startsWith('/')) return [];
  const host = volumeOf(path, plan)?.hostPath;
  if (host && TEMPORARY.test(host.value)) {
    const message = `${what} is ${path}, in ${host.value} of the node, which is emptied when the node starts`;
    return [
      {
        subject: `${subject} ${what}`,
        message,
        span: property.span,
        related: [{ span: host.span, message: 'the directory of the node' }],
      },
    ];
  }
  if (keptBy(path, plan) !== 'pod') return [];
  const mount = mountOf(path, plan);
  const volume = plan.collector.workload.pod.volumes.find(({ name }) => name === mount?.volume);
  if (mount && !volume) return [];
  const where = volume ? `the emptyDir ${volume.name}` : 'the file system of the container';
  return [
    {
      subject: `${subject} ${what}`,
      message: `${what} is ${path}, on ${where}, which is gone with the pod`,
      span: property.span,
      related: volume ? [{ span: volume.span, message: 'the volume' }] : [],
    },
  ];
}

/** Directories that do not outlive the node's system. */
const TEMPORARY = /^\/(?:tmp|run|var\/run|dev\/shm)(?:\/|$)/;

function volumeOf(path: string, plan: LogsPlan) {
  const mount = mountOf(path, plan);
  return plan.collector.workload.pod.volumes.find(({ name }) => name === mount?.volume);
}

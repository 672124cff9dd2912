import { labelOf } from '../../model';
import type { Span } from '../../text';
import { example } from '../example';
import { METRICS } from '../examples/metrics';
import type { LintRule } from './lint-rule';

interface Named {
  readonly name: string;
  readonly span: Span;
}

export const duplicateName: LintRule = {
  id: 'gitops/duplicate-name',
  severity: 'error',
  summary: 'two containers, volumes or mounts of a pod are called the same',
  why: 'the API server refuses the object',
  help: 'give each a name of its own',
  example: example(METRICS, {
    file: 'shop.yaml',
    good: '      containers:\n',
    bad: '      volumes: [{name: cache, emptyDir: {}}, {name: cache, emptyDir: {}}]\n      containers:\n',
  }),
  check: ({ world }) =>
    world.cluster.workloads.flatMap(({ object, pod }) => {
      if (object.values || object.inline) return [];
      const label = labelOf(object);
      const mounts = pod.containers.flatMap(({ name, mounts: all }) =>
        twice(all.map((mount) => ({ name: mount.path, span: mount.span }))).map((pair) => ({
          ...pair,
          what: `container ${name} of ${label} mounts two volumes at ${pair.name}`,
        })),
      );
      const containers = twice(pod.containers).map((pair) => ({
        ...pair,
        what: `${label} has two containers called ${pair.name}`,
      }));
      const volumes = twice(pod.volumes).map((pair) => ({
        ...pair,
        what: `${label} has two volumes called ${pair.name}`,
      }));
      return [...containers, ...volumes, ...mounts].map(({ name, what, first, second }) => ({
        subject: `${label}: ${name}`,
        message: what,
        span: second,
        related: [{ span: first, message: 'the other one' }],
      }));
    }),
};

function twice(all: readonly Named[]): readonly { name: string; first: Span; second: Span }[] {
  const seen = new Map<string, Span>();
  return all.flatMap(({ name, span }) => {
    const first = seen.get(name);
    if (!first) seen.set(name, span);
    return first && name !== '' ? [{ name, first, second: span }] : [];
  });
}

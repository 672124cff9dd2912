import { labelOf } from '../../model';
import { example } from '../example';
import { METRICS } from '../examples/metrics';
import type { LintRule } from './lint-rule';

export const forbiddenRoot: LintRule = {
  id: 'gitops/forbidden-root',
  severity: 'warning',
  summary: 'a container is to run as root, which its own security context forbids',
  why: 'the kubelet does not start it: "container’s runAsUser breaks non-root policy"',
  help: 'give it another user, or leave runAsNonRoot out',
  example: example(METRICS, {
    file: 'collector.yaml',
    good: '      serviceAccountName: meter\n',
    bad: '      serviceAccountName: meter\n      securityContext: {runAsNonRoot: true, runAsUser: 0}\n',
  }),
  check: ({ world }) =>
    world.cluster.workloads.flatMap(({ object, pod }) =>
      pod.containers.flatMap(({ name, security }) => {
        const user = security.runAsUser ?? pod.security.runAsUser;
        const forbids = security.runAsNonRoot ?? pod.security.runAsNonRoot;
        if (user?.value !== 0 || !forbids?.value) return [];
        return [
          {
            subject: `${labelOf(object)} ${name}`,
            message: `container ${name} of ${labelOf(object)} is to run as user 0 and not as root`,
            span: user.span,
            related: [{ span: forbids.span, message: 'root is forbidden here' }],
          },
        ];
      }),
    ),
};

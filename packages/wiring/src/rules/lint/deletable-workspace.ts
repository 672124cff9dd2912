import { example } from '../example';
import { METRICS } from '../examples/metrics';
import type { LintRule } from './lint-rule';

export const deletableWorkspace: LintRule = {
  id: 'durability/deletable-workspace',
  severity: 'warning',
  summary: 'a workspace goes with its stack or its object',
  why: 'a deleted workspace takes all of its metrics with it, and nothing brings them back',
  help: 'keep it: DeletionPolicy Retain for a stack, services.k8s.aws/deletion-policy: retain for ACK',
  example: example(METRICS, {
    file: 'store.yaml',
    good: '    services.k8s.aws/deletion-policy: retain\n',
    bad: '',
  }),
  check: ({ world }) =>
    world.aws.workspaces
      .filter(({ isRetained }) => !isRetained)
      .map(({ label, maker, span }) => ({
        subject: label,
        message: `${label} is deleted when ${maker === 'ACK' ? 'its object' : 'its stack'} is`,
        span,
        help:
          maker === 'ACK'
            ? 'annotate it with services.k8s.aws/deletion-policy: retain'
            : 'set DeletionPolicy: Retain on the resource',
      })),
};

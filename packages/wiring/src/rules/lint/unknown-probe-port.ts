import { labelOf } from '../../model';
import { example } from '../example';
import { METRICS } from '../examples/metrics';
import type { LintRule } from './lint-rule';

export const unknownProbePort: LintRule = {
  id: 'gitops/unknown-probe-port',
  severity: 'warning',
  summary: 'a probe asks for a port by a name that its container does not have',
  why: 'the probe never succeeds: the pod is not ready, or is started again and again',
  help: 'name a port of the container, or give its number',
  example: example(METRICS, {
    file: 'collector.yaml',
    good: 'httpGet: {path: /-/ready, port: http}',
    bad: 'httpGet: {path: /-/ready, port: metrics}',
  }),
  check: ({ world }) =>
    world.cluster.workloads.flatMap(({ object, pod }) =>
      object.inline
        ? []
        : pod.containers.flatMap((container) =>
            container.probes
              .filter(({ port }) => /[a-z]/i.test(port) && !/[${<]/.test(port))
              .filter(({ port }) => !container.ports.some(({ name }) => name === port))
              .map(({ port, span }) => ({
                subject: `${labelOf(object)} ${container.name} ${port}`,
                message: `a probe of container ${container.name} of ${labelOf(object)} asks for port ${port}, which the container does not have`,
                span,
                related: container.ports.slice(0, 2).map(({ name, number, span: at }) => ({
                  span: at,
                  message: `port ${number} is called ${name ?? 'nothing'}`,
                })),
              })),
          ),
    ),
};

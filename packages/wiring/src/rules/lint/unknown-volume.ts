import { labelOf } from '../../model';
import { example } from '../example';
import { METRICS } from '../examples/metrics';
import type { LintRule } from './lint-rule';
import { SELECTING, selectorOf } from './unselected-pods';

export const unknownVolume: LintRule = {
  id: 'gitops/unknown-volume',
  severity: 'error',
  summary: 'a container mounts a volume that its pod does not have',
  why: 'the API server refuses the object',
  help: 'add the volume, or name one that the pod has',
  example: example(METRICS, {
    file: 'shop.yaml',
    good: '        - name: exporter\n',
    bad: '        - name: exporter\n          volumeMounts: [{name: cache, mountPath: /var/cache}]\n',
  }),
  check: ({ world, unconfigured }) => {
    // Where the configuration is not found for it, the path is broken and says so.
    const told = new Set(
      unconfigured.flatMap(({ broken }) => (broken?.claim === 'volume-exists' ? [broken.span] : [])),
    );
    return world.cluster.workloads.flatMap(({ object, pod }) => {
      if (object.values || object.inline || !SELECTING.has(object.kind) || selectorOf(object.node).size === 0)
        return [];
      const has = new Set(pod.volumes.map(({ name }) => name));
      return pod.containers.flatMap((container) =>
        container.mounts.flatMap(({ volume, span }) => {
          if (volume === '' || has.has(volume) || told.has(span)) return [];
          return [
            {
              subject: `${labelOf(object)}: ${container.name} ${volume}`,
              message: `container ${container.name} of ${labelOf(object)} mounts volume ${volume}, which the pod does not have`,
              span,
              related: pod.volumes
                .slice(0, 3)
                .map(({ name, span: other }) => ({ span: other, message: `the pod has volume ${name}` })),
            },
          ];
        }),
      );
    });
  },
};

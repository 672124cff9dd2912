import { labelBy, labelOf } from '../../model';
import { example } from '../example';
import { METRICS } from '../examples/metrics';
import type { LintRule } from './lint-rule';
import { plainWorkloads } from './pod-references';

/** Kubernetes puts it into every namespace. */
const ROOT_CA = 'kube-root-ca.crt';

export const unmountableConfigMap: LintRule = {
  id: 'gitops/unmountable-config-map',
  severity: 'error',
  summary: 'pods mount a ConfigMap that no manifest makes',
  why: 'the kubelet waits for it, and the containers never start',
  help: 'add the ConfigMap, name one that is there, or mark the volume optional',
  example: example(METRICS, {
    file: 'shop.yaml',
    good: 'containers:',
    bad: 'volumes: [{name: files, configMap: {name: shelf}}]\n      containers:',
  }),
  check: (input) =>
    plainWorkloads(input).flatMap(({ object, pod }) =>
      pod.volumes.flatMap(({ configMaps }) =>
        configMaps.flatMap(({ name, isOptional }) => {
          if (isOptional || name.value === ROOT_CA) return [];
          if (input.world.cluster.configMap(object.namespace, name.value)) return [];
          return [
            {
              subject: `${labelOf(object)}: ${name.value}`,
              message: `${labelOf(object)} mounts ${labelBy('ConfigMap', object.namespace, name)}, which does not exist`,
              span: name.span,
            },
          ];
        }),
      ),
    ),
};

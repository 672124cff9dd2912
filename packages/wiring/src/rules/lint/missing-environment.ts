import { type ConfigMap, labelBy, labelOf, sameNamespace, type World } from '../../model';
import { example } from '../example';
import { METRICS } from '../examples/metrics';
import type { LintRule } from './lint-rule';
import { plainWorkloads } from './pod-references';

export const missingEnvironment: LintRule = {
  id: 'gitops/missing-environment',
  severity: 'error',
  summary: 'pods take a variable from a ConfigMap or a key that no manifest makes',
  why: 'the kubelet makes no container of it: CreateContainerConfigError',
  help: 'add the ConfigMap or the key, name one that is there, or mark the reference optional',
  example: example(METRICS, {
    file: 'shop.yaml',
    good: '        - name: exporter\n',
    bad: '        - name: exporter\n          env: [{name: SHELF, valueFrom: {configMapKeyRef: {name: shelf, key: id}}}]\n',
  }),
  check: (input) =>
    plainWorkloads(input).flatMap(({ object, pod }) =>
      pod.containers.flatMap(({ env, envFrom }) => {
        const { cluster } = input.world;
        const keys = env.flatMap(({ name: variable, source }) => {
          if (source.kind !== 'configMap' || source.optional) return [];
          const map = cluster.configMap(object.namespace, source.name.value);
          if (map && (!isFixed(map) || map.data.has(source.key.value))) return [];
          if (map && isWritten(map, source.key.value, input.world)) return [];
          const label = labelBy('ConfigMap', object.namespace, source.name);
          const what = map
            ? `key ${source.key.value} of ${label}, which nothing writes`
            : `${label}, which does not exist`;
          return [
            {
              subject: `${labelOf(object)}: ${variable.value}`,
              message: `${labelOf(object)} takes ${variable.value} from ${what}`,
              span: (map ? source.key : source.name).span,
              ...(map && { related: [{ span: map.object.name.span, message: 'the ConfigMap' }] }),
            },
          ];
        });
        const whole = envFrom.flatMap(({ kind, name, optional }) => {
          if (kind !== 'configMap' || optional || cluster.configMap(object.namespace, name.value)) return [];
          return [
            {
              subject: `${labelOf(object)}: ${name.value}`,
              message: `${labelOf(object)} takes variables from ${labelBy('ConfigMap', object.namespace, name)}, which does not exist`,
              span: name.span,
            },
          ];
        });
        return [...keys, ...whole];
      }),
    ),
};

/** Every key of it can be read. */
function isFixed({ unreadable }: ConfigMap): boolean {
  return unreadable.size === 0;
}

/** By a controller or by somebody of whom sightline.json tells. */
function isWritten({ object }: ConfigMap, key: string, { cluster, bound }: World): boolean {
  const name = object.name.value;
  return (
    cluster.fieldExports.some(
      ({ to }) => to.name.value === name && to.key.value === key && sameNamespace(to.namespace, object.namespace),
    ) || bound.some((one) => one.configMap === name && one.key === key)
  );
}

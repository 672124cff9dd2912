import { example } from '../example';
import { METRICS } from '../examples/metrics';
import type { LintRule } from './lint-rule';
import { nameOf } from './of-collector';

/** Kustomize's hash, a checksum, or somebody who reloads: then a change arrives. */
const HASHED = /-[a-z0-9]{8,10}$/;
const CHECKED = /checksum|hash|sha256|reload|config-version/i;

export const ignoredChange: LintRule = {
  id: 'gitops/ignored-change',
  severity: 'info',
  summary: 'a change of the configuration does not reach the collector',
  why: 'a ConfigMap that changes restarts nothing; the pods go on with what they read at their start',
  help: 'put a checksum of the configuration into an annotation of the pod, generate the ConfigMap with a hash in its name, or run a reloader',
  example: example(METRICS, {
    file: 'collector.yaml',
    good: '      annotations:\n        checksum/config: 0f1e2d3c\n',
    bad: '',
  }),
  check: ({ collectors }) =>
    collectors.flatMap((collector) => {
      const { workload, container, main } = collector;
      const { object, pod } = workload;
      const reloads = [...container.arguments.map(({ value }) => value), ...pod.containers.map(({ name }) => name)];
      const annotations = [...pod.annotations.keys()];
      if ([...reloads, ...annotations].some((text) => CHECKED.test(text)) || 'inline' in object) return [];
      const lasting = main.filter(({ configMap }) => !HASHED.test(configMap));
      if (lasting.length === 0) return [];
      const message = `${nameOf(collector)} does not see changes of ConfigMap ${lasting[0].configMap}`;
      return [{ subject: nameOf(collector), message, span: container.span }];
    }),
};

import type { Engine } from './engine';

/** Good practice of manifests. Its module is served in no version: where a machine has it, the suite uses it. */
export const kubeLinter: Engine = {
  name: 'kube-linter',
  version: 'any',
  source: { kind: 'path', program: 'kube-linter', variable: 'SIGHTLINE_KUBE_LINTER' },
  check: { arguments: ['checks', 'list'], prints: /^Name: / },
};

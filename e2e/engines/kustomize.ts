import type { Engine } from './engine';

/** Builds the overlays; the oracle for our own implementation of kustomize. */
export const kustomize: Engine = {
  name: 'kustomize',
  version: '5.8.1',
  source: {
    kind: 'go-program',
    module: 'sigs.k8s.io/kustomize/kustomize/v5',
    version: 'v5.8.1',
    sum: 'h1:Pgsg5psubpVEy7Nf6S89PARg5VmmWUC1l9dC6Dl4PG0=',
    package: 'sigs.k8s.io/kustomize/kustomize/v5',
    variables: { 'sigs.k8s.io/kustomize/api/provenance.version': 'v5.8.1' },
  },
  check: { arguments: ['version'], prints: /^v5\.8\.1/ },
};

import type { Engine } from './engine';

/** The OpenAPI schemas of Kubernetes' built-in kinds, one file for each group and version. */
export const kubernetesOpenapi: Engine = {
  name: 'kubernetes-openapi',
  version: '1.36.3',
  source: {
    kind: 'go-files',
    module: 'k8s.io/kubernetes',
    version: 'v1.36.3',
    files: ['api/openapi-spec/v3'],
    sum: 'h1:qDQdoMiluAE2Eab6Fa52YV+WjiGz9mZFFoagEA6cI+o=',
  },
  check: { file: 'api/openapi-spec/v3/apis__apps__v1_openapi.json', contains: 'io.k8s.api.apps.v1.Deployment' },
};

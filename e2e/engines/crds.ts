import type { Engine } from './engine';

/**
 * CRDs of the ACK controller for AMP. Later versions differ in what they add (`workspaceRef`, LoggingConfiguration) and in
 * descriptions; the Workspace that is rendered today is the same in 1.0.0 and 1.4.3.
 */
export const ackPrometheusservice: Engine = {
  name: 'crds-ack-prometheusservice',
  version: '1.0.0',
  source: {
    kind: 'go-files',
    module: 'github.com/aws-controllers-k8s/prometheusservice-controller',
    version: 'v1.0.0',
    files: ['config/crd/bases'],
    sum: 'h1:XNiLuy6IneM7YoIdN5ZN31W5UWTSiHTmrQj60IfhK38=',
  },
  check: { file: 'config/crd/bases/prometheusservice.services.k8s.aws_workspaces.yaml', contains: 'kind: Workspace' },
};

/** CRDs that every ACK controller brings: FieldExport, IAMRoleSelector. */
export const ackRuntime: Engine = {
  name: 'crds-ack-runtime',
  version: '0.61.0',
  source: {
    kind: 'go-files',
    module: 'github.com/aws-controllers-k8s/runtime',
    version: 'v0.61.0',
    files: ['config/crd/bases'],
    sum: 'h1:46ksj9nvW5gx86aB44/zfrZOvJj4G7WWnWf7hj2CcCw=',
  },
  check: { file: 'config/crd/bases/services.k8s.aws_fieldexports.yaml', contains: 'kind: FieldExport' },
};

/** CRDs of Argo CD: Application, ApplicationSet, AppProject. */
export const argocd: Engine = {
  name: 'crds-argocd',
  version: '3.5.7',
  source: {
    kind: 'go-files',
    module: 'github.com/argoproj/argo-cd/v3',
    version: 'v3.5.7',
    files: ['manifests/crds'],
    sum: 'h1:Xm1BF+I5OgDKUG3SDK49vn2/Y5AMyaNVko+/JT08gj0=',
  },
  check: { file: 'manifests/crds/application-crd.yaml', contains: 'kind: Application' },
};

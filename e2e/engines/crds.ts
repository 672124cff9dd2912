import type { Engine } from './engine';

interface Controller {
  readonly name: string;
  readonly module: string;
  readonly version: string;
  readonly sum: string;
  /** The folder of the module that holds a file for each CRD, the one named by `holds` and its kind among them. */
  readonly folder: string;
  readonly holds: readonly [file: string, kind: string];
}

function crds({ name, module, version, sum, folder, holds: [file, kind] }: Controller): Engine {
  return {
    name: `crds-${name}`,
    version: version.slice(1),
    source: { kind: 'go-files', module, version, files: [folder], sum },
    check: { file: `${folder}/${file}`, contains: `kind: ${kind}` },
  };
}

/** The CRDs of the controllers that take what we render, or that the cluster around it has. */
export const crdEngines: readonly Engine[] = [
  // Later versions are not served. They differ in what they add (`workspaceRef`, LoggingConfiguration) and in descriptions; the
  // Workspace is the same in 1.0.0 and 1.4.3.
  crds({
    name: 'ack-prometheusservice',
    module: 'github.com/aws-controllers-k8s/prometheusservice-controller',
    version: 'v1.0.0',
    sum: 'h1:XNiLuy6IneM7YoIdN5ZN31W5UWTSiHTmrQj60IfhK38=',
    folder: 'config/crd/bases',
    holds: ['prometheusservice.services.k8s.aws_workspaces.yaml', 'Workspace'],
  }),
  crds({
    name: 'ack-iam',
    module: 'github.com/aws-controllers-k8s/iam-controller',
    version: 'v1.7.2',
    sum: 'h1:voWlgUA8yDTQTGkdKslMydNyY4mXAH8TaRtW4216g0U=',
    folder: 'config/crd/bases',
    holds: ['iam.services.k8s.aws_roles.yaml', 'Role'],
  }),
  // What every ACK controller brings: FieldExport, IAMRoleSelector.
  crds({
    name: 'ack-runtime',
    module: 'github.com/aws-controllers-k8s/runtime',
    version: 'v0.61.0',
    sum: 'h1:46ksj9nvW5gx86aB44/zfrZOvJj4G7WWnWf7hj2CcCw=',
    folder: 'config/crd/bases',
    holds: ['services.k8s.aws_fieldexports.yaml', 'FieldExport'],
  }),
  crds({
    name: 'argocd',
    module: 'github.com/argoproj/argo-cd/v3',
    version: 'v3.5.7',
    sum: 'h1:Xm1BF+I5OgDKUG3SDK49vn2/Y5AMyaNVko+/JT08gj0=',
    folder: 'manifests/crds',
    holds: ['application-crd.yaml', 'Application'],
  }),
  crds({
    name: 'prometheus-operator',
    module: 'github.com/prometheus-operator/prometheus-operator',
    version: 'v0.85.0',
    sum: 'h1:M5xLCLEoaW2IJfnuCwFzzpL+jSVQu3KGT84Pye+fW8s=',
    folder: 'example/prometheus-operator-crd',
    holds: ['monitoring.coreos.com_podmonitors.yaml', 'PodMonitor'],
  }),
  crds({
    name: 'opentelemetry-operator',
    module: 'github.com/open-telemetry/opentelemetry-operator',
    version: 'v0.148.0',
    sum: 'h1:kzVgjGDejYi/tS6U9PnNAH5Om82mD/n7hUcbBdUfllE=',
    folder: 'config/crd/bases',
    holds: ['opentelemetry.io_opentelemetrycollectors.yaml', 'OpenTelemetryCollector'],
  }),
  crds({
    name: 'cert-manager',
    module: 'github.com/cert-manager/cert-manager',
    version: 'v1.21.2',
    sum: 'h1:UWgoYM+KLNtRlqmoWOKjKBOBUPVHeepQ6/ac3ERJW68=',
    folder: 'deploy/crds',
    holds: ['cert-manager.io_certificates.yaml', 'Certificate'],
  }),
  crds({
    name: 'external-secrets',
    module: 'github.com/external-secrets/external-secrets',
    version: 'v1.3.2',
    sum: 'h1:u2J8RjlHIeF0oZCqtl92adI/uZWUwOesJIDkfql6LqQ=',
    folder: 'config/crds/bases',
    holds: ['external-secrets.io_externalsecrets.yaml', 'ExternalSecret'],
  }),
  crds({
    name: 'grafana-operator',
    module: 'github.com/grafana/grafana-operator/v5',
    version: 'v5.18.0',
    sum: 'h1:ei7N2VfjsRjY8iprenH1IDV783WeV7CP5VNp//sB4hI=',
    folder: 'config/crd/bases',
    holds: ['grafana.integreatly.org_grafanadashboards.yaml', 'GrafanaDashboard'],
  }),
];

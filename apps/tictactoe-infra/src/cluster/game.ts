import { ApiObject, type Chart } from 'cdk8s';
import { workloadImages } from '../data/workload-images';
import { environment } from '../environment';
import { backendContainer, exporterContainer, frontendContainer } from './game-containers';
import { nginxConf } from './nginx-conf';
import { checksum, workloadFile } from './workload-files';

const { backend, frontend } = environment.game;

/** The game in one namespace: a frontend that serves the page, with an exporter beside it, and a backend. */
export function addGame(chart: Chart, namespace: string): void {
  const object = (id: string, manifest: Record<string, unknown> & { apiVersion: string; kind: string }) =>
    new ApiObject(chart, `${namespace}-${id}`, manifest);

  object('namespace', {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: namespace, labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } },
  });

  for (const component of [frontendComponent, backendComponent]) {
    const { name, files, containers, port, metricsPort } = component;
    const labels = { app: name, 'app.kubernetes.io/name': name, 'app.kubernetes.io/part-of': 'tictactoe' };
    const metadata = (ownName = name) => ({ name: ownName, namespace, labels });

    object(`${name}-files`, { apiVersion: 'v1', kind: 'ConfigMap', metadata: metadata(`${name}-files`), data: files });
    object(`${name}-account`, {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: metadata(),
      // The game never talks to Kubernetes.
      automountServiceAccountToken: false,
    });
    object(`${name}-service`, {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: metadata(),
      spec: { selector: { app: name }, ports: [{ name: 'http', port, targetPort: 'http' }] },
    });
    object(`${name}-deployment`, {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: metadata(),
      spec: {
        replicas: 2,
        selector: { matchLabels: { app: name } },
        template: {
          metadata: {
            labels,
            annotations: {
              // A changed file is a changed pod: mounted files alone would change under a process that has read them.
              'checksum/files': checksum(files),
              'prometheus.io/scrape': 'true',
              'prometheus.io/port': String(metricsPort),
            },
          },
          spec: {
            serviceAccountName: name,
            automountServiceAccountToken: false,
            securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
            topologySpreadConstraints: [
              {
                maxSkew: 1,
                topologyKey: 'kubernetes.io/hostname',
                whenUnsatisfiable: 'ScheduleAnyway',
                labelSelector: { matchLabels: { app: name } },
              },
            ],
            containers,
            volumes: [
              { name: 'files', configMap: { name: `${name}-files` } },
              { name: 'tmp', emptyDir: { sizeLimit: '64Mi' } },
            ],
          },
        },
      },
    });
  }
}

interface Component {
  readonly name: string;
  /** What the pods mount: file name to content. */
  readonly files: Readonly<Record<string, string>>;
  readonly containers: readonly object[];
  readonly port: number;
  readonly metricsPort: number;
}

const frontendComponent: Component = {
  name: frontend.name,
  files: { 'nginx.conf': nginxConf(), 'index.html': workloadFile('index.html') },
  containers: [frontendContainer(workloadImages.nginx.image), exporterContainer(workloadImages.nginxExporter.image)],
  port: frontend.port,
  metricsPort: frontend.metricsPort,
};

const backendComponent: Component = {
  name: backend.name,
  files: { 'backend.js': workloadFile('backend.js') },
  containers: [backendContainer(workloadImages.node.image)],
  port: backend.port,
  metricsPort: backend.port,
};

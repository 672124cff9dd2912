import { environment } from '../environment';

const { backend, frontend } = environment.game;

/** Each container may do nothing but run its program: no privilege, no write but to /tmp. */
const securityContext = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
};

const probe = (path: string, port: string) => ({ httpGet: { path, port }, periodSeconds: 10, timeoutSeconds: 3 });
const resources = (cpu: string, memory: string) => ({ requests: { cpu, memory }, limits: { memory } });
const tmp = { name: 'tmp', mountPath: '/tmp' };

export function frontendContainer(image: string) {
  return {
    name: 'nginx',
    image,
    ports: [{ name: 'http', containerPort: frontend.port }],
    readinessProbe: probe('/healthz', 'http'),
    livenessProbe: probe('/healthz', 'http'),
    resources: resources('20m', '64Mi'),
    securityContext: { ...securityContext, runAsUser: 101, runAsGroup: 101 },
    volumeMounts: [
      { name: 'files', mountPath: '/etc/nginx/nginx.conf', subPath: 'nginx.conf', readOnly: true },
      { name: 'files', mountPath: '/usr/share/nginx/html/index.html', subPath: 'index.html', readOnly: true },
      tmp,
    ],
  };
}

export function exporterContainer(image: string) {
  return {
    name: 'nginx-exporter',
    image,
    args: [
      `--nginx.scrape-uri=http://127.0.0.1:${frontend.statusPort}/stub_status`,
      `--web.listen-address=:${frontend.metricsPort}`,
    ],
    ports: [{ name: 'metrics', containerPort: frontend.metricsPort }],
    readinessProbe: probe('/metrics', 'metrics'),
    resources: resources('10m', '32Mi'),
    securityContext: { ...securityContext, runAsUser: 101, runAsGroup: 101 },
  };
}

export function backendContainer(image: string) {
  return {
    name: 'backend',
    image,
    command: ['node', '/app/backend.js'],
    env: [{ name: 'PORT', value: String(backend.port) }],
    ports: [{ name: 'http', containerPort: backend.port }],
    readinessProbe: probe('/healthz', 'http'),
    livenessProbe: probe('/healthz', 'http'),
    resources: resources('20m', '96Mi'),
    // The user `node` of the image.
    securityContext: { ...securityContext, runAsUser: 1000, runAsGroup: 1000 },
    volumeMounts: [{ name: 'files', mountPath: '/app', readOnly: true }, tmp],
  };
}

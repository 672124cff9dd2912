import { ObservabilityNamespace, PodSecurityLevel } from '@eks-sightline/k8s-charts';
import { App, Chart } from 'cdk8s';
import { ApiServer, type PodTemplate } from '../kit/api-server';
import type { KubernetesObject } from '../kit/objects';
import { renderedFluentBit } from '../kit/rendered-logs';
import { until } from '../kit/until';

const { objects, workload } = renderedFluentBit({ hostPathPolicy: true });
const restricted = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  runAsNonRoot: true,
  runAsUser: 1000,
  seccompProfile: { type: 'RuntimeDefault' },
};

/** A pod that any account may have, with a folder of the node in it or without. */
function pod(serviceAccountName: string, path?: string): PodTemplate {
  const volumes = path === undefined ? [] : [{ name: 'node', hostPath: { path } }];
  const containers = [{ name: 'any', image: 'registry.example/any:1', securityContext: restricted }];
  return { spec: { serviceAccountName, automountServiceAccountToken: false, containers, volumes } };
}

let server: ApiServer;

beforeAll(async () => {
  server = await ApiServer.start();
  const chart = new Chart(new App(), 'namespaces');
  for (const name of ['monitoring', 'elsewhere']) {
    new ObservabilityNamespace(chart, name, { name, enforce: PodSecurityLevel.PRIVILEGED });
  }
  const other = { apiVersion: 'v1', kind: 'ServiceAccount' };
  const accounts = ['monitoring', 'elsewhere'].map((namespace) => ({
    ...other,
    metadata: { name: 'other', namespace },
  }));
  const all = [...(chart.toJson() as KubernetesObject[]), ...objects, ...accounts];
  expect(await server.refused(all)).toEqual([]);
  // The server takes a moment to heed a new policy.
  await until(
    'the policy is heeded',
    async () => (await admitted('monitoring', pod('other', '/var/log/pods'))) !== 201,
    60_000,
  );
}, 180_000);

afterAll(() => server?.stop());

async function admitted(namespace: string, template: PodTemplate): Promise<number> {
  return (await server.admit(namespace, template)).status;
}

test("Fluent Bit's own pod is admitted", async () => {
  const { body, status } = await server.admit('monitoring', { spec: workload.pod });
  expect({ status, message: body.message }).toEqual({ status: 201, message: undefined });
});

test.each(['/var/log/containers', '/', '/var/lib/fluent-bit'])('another account may not mount %s', async (path) => {
  const { body, status } = await server.admit('monitoring', pod('other', path));
  expect(status).toBe(403);
  expect(body.message).toContain('only the service account fluent-bit may mount folders of the node');
});

test.each(['/', '/etc', '/var/log', '/var/lib/fluent-bit/..'])('nor may its own account mount %s', async (path) => {
  expect(await admitted('monitoring', pod('fluent-bit', path))).toBeGreaterThanOrEqual(400);
});

test('pods without such folders are admitted, and other namespaces are not looked at', async () => {
  expect(await admitted('monitoring', pod('other'))).toBe(201);
  expect(await admitted('elsewhere', pod('other', '/var/log'))).toBe(201);
});

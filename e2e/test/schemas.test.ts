import { join } from 'node:path';
import { buildObjects, directoryObjects, type KubernetesObject, only } from '../kit/objects';
import { gitops, overlayFolder, overlays } from '../kit/rendered';
import { StrictSchemas } from '../kit/strict-schema';

let schemas: StrictSchemas;

beforeAll(() => {
  schemas = new StrictSchemas();
});

test.each(overlays)(
  'every object of %s is valid by the schemas of Kubernetes and of its controllers',
  async (overlay) => {
    const objects = await buildObjects(overlayFolder(overlay));
    expect(objects.flatMap((object) => schemas.faults(object))).toEqual([]);
    expect(objects.length).toBeGreaterThan(10);
  },
);

test('every Argo CD Application is valid by the schema of Argo CD', () => {
  const objects = directoryObjects(join(gitops, 'argocd'));
  expect(objects.flatMap((object) => schemas.faults(object))).toEqual([]);
  expect(objects.length).toBe(overlays.length);
});

describe('custom resources of other controllers', () => {
  const resources: [string, string, object][] = [
    ['monitoring.coreos.com/v1', 'PodMonitor', { selector: {}, podMetricsEndpoints: [{ port: 'metrics' }] }],
    ['monitoring.coreos.com/v1', 'ServiceMonitor', { selector: {}, endpoints: [{ port: 'metrics' }] }],
    ['monitoring.coreos.com/v1', 'PrometheusRule', { groups: [{ name: 'game', rules: [{ record: 'a', expr: 'b' }] }] }],
    ['cert-manager.io/v1', 'Certificate', { secretName: 'tls', issuerRef: { name: 'ca' } }],
    ['external-secrets.io/v1', 'ExternalSecret', { secretStoreRef: { name: 'store' }, dataFrom: [] }],
    ['grafana.integreatly.org/v1beta1', 'GrafanaDashboard', { instanceSelector: {}, json: '{}' }],
    ['services.k8s.aws/v1alpha1', 'IAMRoleSelector', { arn: 'arn:aws:iam::111122223333:role/Team' }],
  ];

  test.each(resources)('%s %s is valid, and is not with a field that it does not have', (apiVersion, kind, spec) => {
    const metadata = { name: 'one', ...(kind === 'IAMRoleSelector' ? {} : { namespace: 'monitoring' }) };
    expect(schemas.faults({ apiVersion, kind, metadata, spec })).toEqual([]);
    const unknown = { apiVersion, kind, metadata, spec: { ...spec, specs: {} } };
    expect(schemas.faults(unknown)).toEqual([expect.stringMatching(/must NOT have additional properties: specs$/)]);
  });
});

describe('the validation refuses', () => {
  let dev: KubernetesObject[];

  beforeAll(async () => {
    dev = await buildObjects(overlayFolder('dev'));
  });

  test.each([
    ['an unknown field of a built-in kind', 'Deployment', 'grafana-alloy', { spec: { replica: 1 } }, /replica$/],
    [
      'a value of another type',
      'Deployment',
      'grafana-alloy',
      { spec: { replicas: 'one' } },
      /replicas must be integer/,
    ],
    ['an unknown field of a custom resource', 'Workspace', 'eks-metrics', { spec: { retention: 1 } }, /retention$/],
    ['an unknown field of metadata', 'Workspace', 'eks-metrics', { metadata: { label: {} } }, /label$/],
    ['a kind without a schema', 'Workspace', 'eks-metrics', { kind: 'Workplace' }, /no schema/],
    ['an API version without a schema', 'Deployment', 'grafana-alloy', { apiVersion: 'apps/v1beta1' }, /no schema/],
    [
      'a namespace on a cluster-scoped object',
      'Namespace',
      'monitoring',
      { metadata: { namespace: 'x' } },
      /cluster-scoped/,
    ],
  ])('%s', (_, kind, name, change, message) => {
    const changed = merged(only(dev, kind, name), change) as unknown as KubernetesObject;
    expect(schemas.faults(changed)).toContainEqual(expect.stringMatching(message));
  });
});

function merged(object: object, change: object): Record<string, unknown> {
  const result: Record<string, unknown> = { ...object };
  for (const [field, value] of Object.entries(change)) {
    const old = result[field];
    const nested = typeof value === 'object' && typeof old === 'object' && old !== null;
    result[field] = nested ? merged(old, value as object) : value;
  }
  return result;
}

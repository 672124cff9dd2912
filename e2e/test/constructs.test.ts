import * as library from '@eks-sightline/k8s-charts';
import { Construct } from 'constructs';
import { ApiServer } from '../kit/api-server';
import { everyConstruct } from '../kit/every-construct';
import type { KubernetesObject } from '../kit/objects';
import { StrictSchemas } from '../kit/strict-schema';
import { templateOf, workloadsAmong } from '../kit/workload-template';

/** Kinds whose CRDs no registry serves: nothing here looks into them, and the suite tells how many objects that are. */
const withoutDefinition = [
  'cloudwatchlogs.services.k8s.aws/v1alpha1 LogGroup',
  'eks.services.k8s.aws/v1alpha1 PodIdentityAssociation',
  'prometheusservice.services.k8s.aws/v1alpha1 LoggingConfiguration',
];

/** Kinds that have got a field since the version of their CRDs that is to be had. */
const newer = ['AlertManagerDefinition', 'RuleGroupsNamespace'];

const chart = everyConstruct();
const objects = chart.toJson() as KubernetesObject[];
const kindOf = ({ apiVersion, kind }: KubernetesObject) => `${apiVersion} ${kind}`;
const defined = objects.filter((object) => !withoutDefinition.includes(kindOf(object)) && !newer.includes(object.kind));

let schemas: StrictSchemas;

beforeAll(() => {
  schemas = new StrictSchemas();
});

test('the chart has every construct of the library', () => {
  const exported = Object.entries(library).filter(
    ([, one]) => 'prototype' in one && one.prototype instanceof Construct,
  );
  const names = exported.map(([name]) => name);
  const rendered = new Set(chart.node.findAll().map((node) => node.constructor.name));
  expect(names.filter((name) => !rendered.has(name))).toEqual([]);
  expect(names.length).toBeGreaterThanOrEqual(18);
});

test(`${defined.length} objects are valid by the schemas of Kubernetes and of its controllers; not validated are ${objects.length - defined.length}, of kinds whose CRDs are not to be had`, () => {
  expect(defined.flatMap((object) => schemas.faults(object))).toEqual([]);
});

test('the kinds without a schema are those that this suite names', () => {
  const kinds = [...new Set(objects.map(kindOf))];
  const without = kinds.filter((kind) => {
    const object = objects.find((one) => kindOf(one) === kind);
    return object && schemas.faults(object).some((fault) => fault.includes('no schema'));
  });
  expect(without.sort()).toEqual(withoutDefinition);
});

test.each(newer)('of %s, an older CRD knows all but the reference to the workspace', (kind) => {
  const faults = objects.filter((object) => object.kind === kind).flatMap((object) => schemas.faults(object));
  expect([...new Set(faults.map((fault) => fault.replace(/^.*?: /, '')))].sort()).toEqual([
    '/spec must NOT have additional properties: workspaceRef',
    "/spec must have required property 'workspaceID'",
  ]);
});

describe('a real API server', () => {
  let server: ApiServer;

  beforeAll(async () => {
    server = await ApiServer.start();
    const metadata = ['ack-system', 'argocd'].map((name) => ({ name }));
    await server.refused(metadata.map((one) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: one })));
  }, 150_000);

  afterAll(() => server?.stop());

  test('takes every object, field validation Strict', async () => {
    expect(await server.refused(defined)).toEqual([]);
  });

  test.each([
    ['kube-state-metrics', 'list', 'pods', true],
    ['kube-state-metrics', 'list', 'secrets', false],
    ['grafana-alloy', 'watch', 'pods', true],
    ['alloy-on-nodes', 'get', 'nodes/metrics', true],
    ['alloy-cluster', 'list', 'monitoring.coreos.com/podmonitors', true],
    ['alloy-cluster', 'list', 'secrets', false],
    ['prometheus-server', 'list', 'nodes', true],
    ['prometheus-server', 'list', 'configmaps', false],
    ['adot-collector', 'watch', 'pods', true],
    ['allocated', 'get', 'nodes/metrics', true],
    ['allocated', 'list', 'pods', false],
    ['allocated-targetallocator', 'list', 'pods', true],
    ['allocated-targetallocator', 'get', 'nodes/metrics', false],
    ['allocated-targetallocator', 'list', 'monitoring.coreos.com/servicemonitors', true],
    ['allocated-targetallocator', 'list', 'secrets', false],
  ])('whether %s may %s %s: %s', async (account, verb, path, allowed) => {
    await server.refused(objects.filter(({ kind }) => kind.startsWith('ClusterRole')));
    const [, group = '', resource = '', subresource] = /^(?:([^/]+\.[^/]+)\/)?([^/]+)(?:\/(.+))?$/.exec(path) ?? [];
    const access = { verb, group, resource, ...(subresource ? { subresource } : {}) };
    expect(await server.can(`metrics/${account}`, access)).toBe(allowed);
  });

  test('admits the pods: collectors of metrics where `restricted` is enforced, of logs where `privileged` is', async () => {
    // GIVEN
    await server.refused(defined);
    const workloads = workloadsAmong(objects);
    // WHEN
    const answers = workloads.map(async ({ metadata: { namespace = '', name } }) => {
      const { status, body } = await server.admit(namespace, templateOf(objects, name));
      return `${namespace}/${name}: ${status} ${body.message ?? 'admitted'}`;
    });
    // THEN
    expect((await Promise.all(answers)).sort()).toEqual([
      'logs/fluent-bit: 201 admitted',
      'metrics/adot-collector: 201 admitted',
      'metrics/alloy-cluster: 201 admitted',
      'metrics/alloy-on-nodes: 201 admitted',
      'metrics/grafana-alloy: 201 admitted',
      'metrics/kube-state-metrics: 201 admitted',
      'metrics/prometheus-agent: 201 admitted',
      'metrics/prometheus-server: 201 admitted',
    ]);
  });
});

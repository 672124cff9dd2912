import { join } from 'node:path';
import { type Access, ApiServer, type PodTemplate } from '../kit/api-server';
import { buildObjects, directoryObjects, type KubernetesObject, only } from '../kit/objects';
import { gitops, overlayFolder, overlays } from '../kit/rendered';

let server: ApiServer;

beforeAll(async () => {
  server = await ApiServer.start();
  // Prerequisites of the environment: where ACK and Argo CD are installed.
  const namespaces = ['ack-system', 'argocd'].map((name) => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name },
  }));
  expect(await server.refused(namespaces)).toEqual([]);
}, 150_000);

afterAll(() => server?.stop());

describe('a real API server, field validation Strict,', () => {
  test.each(overlays)('takes every object of %s', async (overlay) => {
    expect(await server.refused(await buildObjects(overlayFolder(overlay)))).toEqual([]);
  });

  test('takes every Argo CD Application', async () => {
    expect(await server.refused(directoryObjects(join(gitops, 'argocd')))).toEqual([]);
  });

  test('takes an overlay again without a change to what is stored', async () => {
    // GIVEN
    const objects = await buildObjects(overlayFolder('dev'));
    await server.refused(objects);
    // WHEN
    const deployment = only(objects, 'Deployment', 'grafana-alloy');
    const before = await server.apply(deployment);
    const after = await server.apply(deployment);
    // THEN
    expect(generationOf(after.body)).toBe(generationOf(before.body));
  });

  test.each([
    [
      'an unknown field',
      (object: Changeable) => Object.assign(object.spec, { replica: 1 }),
      /field not declared in schema/,
    ],
    [
      'a selector that is not the template’s labels',
      (object: Changeable) => Object.assign(object.metadata, { name: 'other' }, relabel(object)),
      /selector/,
    ],
    [
      'a port that is none',
      (object: Changeable) =>
        Object.assign(object.spec.template.spec.containers[0]?.ports[0] ?? {}, { containerPort: 0 }),
      /containerPort/,
    ],
  ])('refuses %s', async (_, change, message) => {
    const objects = await buildObjects(overlayFolder('dev'));
    await server.refused(objects.filter((object) => object.kind === 'Namespace'));
    const changed = JSON.parse(JSON.stringify(only(objects, 'Deployment', 'grafana-alloy'))) as Changeable &
      KubernetesObject;
    change(changed);
    const { status, body } = await server.apply(changed);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(body.message).toMatch(message);
  });
});

describe('pods made from the templates', () => {
  test.each(overlays)('of %s are admitted to their namespaces', async (overlay) => {
    // GIVEN
    const objects = await buildObjects(overlayFolder(overlay));
    await server.refused(objects);
    const workloads = objects.filter(({ kind }) => kind === 'Deployment' || kind === 'DaemonSet');
    // WHEN
    const answers = workloads.map(async ({ metadata, spec }) => {
      const { status, body } = await server.admit(
        metadata.namespace ?? '',
        (spec as { template: PodTemplate }).template,
      );
      return `${metadata.namespace}/${metadata.name}: ${status} ${body.message ?? 'admitted'}`;
    });
    // THEN
    const expected = workloads.map(({ metadata }) => `${metadata.namespace}/${metadata.name}: 201 admitted`);
    expect(await Promise.all(answers)).toEqual(expected);
    expect(expected.length).toBeGreaterThanOrEqual(4);
  });

  test('are refused by the namespace of the game when they want more than the game does', async () => {
    // GIVEN
    const objects = await buildObjects(overlayFolder('dev'));
    await server.refused(objects);
    const { template } = only(objects, 'DaemonSet', 'fluent-bit').spec as { template: PodTemplate };
    // WHEN
    const { status, body } = await server.admit('tictactoe-dev', {
      spec: { ...template.spec, serviceAccountName: 'tictactoe-backend' },
    });
    // THEN
    expect(status).toBe(403);
    expect(body.message).toMatch(/violates PodSecurity "restricted:latest": .*hostPath/);
  });
});

describe('RBAC, asked of the API server,', () => {
  beforeAll(async () => {
    await server.refused(await buildObjects(overlayFolder('dev')));
  });

  const neither: Access[] = [
    { verb: 'get', resource: 'secrets', namespace: 'monitoring' },
    { verb: 'list', resource: 'secrets' },
    { verb: 'list', resource: 'configmaps' },
    { verb: 'create', resource: 'pods', namespace: 'monitoring' },
    { verb: 'delete', resource: 'pods' },
    { verb: 'create', resource: 'pods/exec' },
    { verb: 'get', resource: 'pods/log' },
    { verb: 'get', resource: 'nodes/proxy' },
    { verb: 'create', resource: 'serviceaccounts/token', namespace: 'monitoring' },
    { verb: 'impersonate', resource: 'serviceaccounts' },
    { verb: 'escalate', group: 'rbac.authorization.k8s.io', resource: 'clusterroles' },
  ];

  test('lets Alloy find pods in every namespace, and nothing else', async () => {
    const reads = ['get', 'list', 'watch'].map((verb) => ({ verb, resource: 'pods' }));
    expect(await matrix('monitoring/grafana-alloy', [...reads, ...neither])).toEqual([...yes(reads), ...no(neither)]);
  });

  test('lets Fluent Bit read single pods in every namespace, and nothing else', async () => {
    const right = [{ verb: 'get', resource: 'pods' }];
    const wrong = [{ verb: 'list', resource: 'pods' }, { verb: 'watch', resource: 'pods' }, ...neither];
    expect(await matrix('monitoring/fluent-bit', [...right, ...wrong])).toEqual([...yes(right), ...no(wrong)]);
  });

  test('lets other service accounts of the namespace do none of it', async () => {
    const all = [{ verb: 'get', resource: 'pods' }, { verb: 'list', resource: 'pods' }, ...neither];
    expect(await matrix('monitoring/default', all)).toEqual(no(all));
  });

  async function matrix(serviceAccount: string, accesses: readonly Access[]): Promise<string[]> {
    const lines: string[] = [];
    for (const access of accesses) {
      lines.push(line(access, await server.can(serviceAccount, access)));
    }
    return lines;
  }

  const yes = (accesses: readonly Access[]) => accesses.map((access) => line(access, true));
  const no = (accesses: readonly Access[]) => accesses.map((access) => line(access, false));
});

interface Changeable {
  metadata: { name: string };
  spec: {
    selector: { matchLabels: Record<string, string> };
    template: { spec: { containers: { ports: { containerPort: number }[] }[] } };
  };
}

function relabel(object: Changeable): object {
  object.spec.selector.matchLabels = { app: 'something-else' };
  return {};
}

function line({ verb, resource, namespace }: Access, allowed: boolean): string {
  return `${allowed ? 'yes' : 'no '} ${verb} ${resource}${namespace ? ` in ${namespace}` : ''}`;
}

function generationOf(body: object): number {
  return (body as { metadata: { generation: number } }).metadata.generation;
}

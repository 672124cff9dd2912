import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { optionalEngine } from '../engines';
import { ApiServer, type PodTemplate } from '../kit/api-server';
import { containersOf } from '../kit/containers';
import { imagesOfGame } from '../kit/game';
import { Gateway } from '../kit/gateway';
import { Machine, whyNoMachines } from '../kit/machine';
import { buildObjects, type KubernetesObject, only } from '../kit/objects';
import { query as ask, prometheusCommand, remoteWrite } from '../kit/prometheus';
import { overlayFolder, worldOf } from '../kit/rendered';
import { temporaryAccessKey } from '../kit/stand-in/world';
import { temporaryFolder } from '../kit/temporary';

const alloy = optionalEngine('alloy');
const reason = alloy ? '' : ' (skipped: no alloy on PATH or in SIGHTLINE_ALLOY)';
const workspace = 'ws-0a1b2c3d-0000-4000-8000-000000000000';
const world = worldOf('dev');
const [awsHost, stsHost] = ['aps-workspaces', 'sts'].map((service) => `${service}.${world.region}.amazonaws.com`);

/** Where each pod is, under the name of its Deployment. */
const addresses = { 'tictactoe-frontend': '10.77.0.2', 'tictactoe-backend': '10.77.0.3', 'grafana-alloy': '10.77.0.4' };

(alloy ? describe : describe.skip)(`alloy from a real API server to a real Prometheus${reason}`, () => {
  let server: ApiServer;
  let way: Gateway;
  let machine: Machine;

  beforeAll(async () => {
    const why = await whyNoMachines();
    if (why) {
      throw new Error(why);
    }
    const objects = await buildObjects(overlayFolder('dev'));
    server = await ApiServer.start();
    await server.refused([
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'ack-system' } },
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'argocd' } },
    ]);
    expect(await server.refused(objects)).toEqual([]);
    const game = inNamespace(objects, 'tictactoe-dev');
    const monitoring = inNamespace(objects, 'monitoring');
    await run(server, game, 'tictactoe-frontend');
    await run(server, game, 'tictactoe-backend');
    await run(server, monitoring, 'grafana-alloy');
    const scope = { accessKey: temporaryAccessKey, secretKey: 'not-a-secret', sessionToken: 'not-a-token' };
    way = await Gateway.prepare(
      {
        scope: { ...scope, region: world.region, service: 'aps' },
        workspace,
        writeTo: remoteWrite,
      },
      [awsHost ?? '', stsHost ?? ''],
      server.port,
    );
    const images = { ...imagesOfGame(), alloy: await imageOfAlloy(server, monitoring, way) };
    machine = await Machine.start({
      pods: Object.entries(addresses).map(([name, address]) => ({
        name,
        address,
        containers: containersOf(name === 'grafana-alloy' ? monitoring : game, name, images),
      })),
      services: { gateway: way.command, prometheus: prometheusCommand({}) },
      hosts: {
        ...Object.fromEntries([awsHost, stsHost, 'kubernetes.default.svc'].map((host) => [host, '10.77.0.1'])),
        'tictactoe-backend': addresses['tictactoe-backend'],
      },
    });
    // The first scrape comes at any moment of the interval of a minute.
    const all = async () => (await query('count by (pod) (up == 1)')).length === 3;
    await machine.until('samples of the three pods are in Prometheus', all, 120_000).catch((error: Error) => {
      throw new Error(
        `${error.message}\n${machine.log('grafana-alloy/alloy').slice(-6000)}\n${machine.log('gateway')}`,
      );
    });
  }, 300_000);

  afterAll(async () => {
    await machine?.stop();
    await way?.stop();
    await server?.stop();
  });

  test.each([
    ['nginx_http_requests_total', 'tictactoe-dev', 'tictactoe-frontend'],
    ['http_requests_in_flight', 'tictactoe-dev', 'tictactoe-backend'],
    ['alloy_build_info', 'monitoring', 'grafana-alloy'],
  ])('%s arrives with the labels of its pod', async (metric, namespace, app) => {
    expect(await query(metric)).toEqual([
      expect.objectContaining({ namespace, pod: `${app}-0`, app, cluster: world.cluster, job: 'kubernetes-pods' }),
    ]);
  });

  test('every series has the labels namespace, pod, app and cluster', async () => {
    expect(await query('{__name__!="",namespace=""} or {__name__!="",pod=""} or {__name__!="",app=""}')).toEqual([]);
    expect(await query('count by (cluster) ({__name__!=""})')).toEqual([{ cluster: world.cluster }]);
  });

  test('every pod is scraped once, also the one with two containers', async () => {
    const instances = (await query('up')).map(({ instance }) => instance).sort();
    expect(instances).toEqual(['10.77.0.2:9113', '10.77.0.3:8081', '10.77.0.4:12345']);
  });

  test('every write is signed as AMP wants it', () => {
    const writes = way.calls().filter((call) => call.service === 'aps');
    expect(writes.length).toBeGreaterThan(0);
    for (const write of writes) {
      expect(write).toEqual({ service: 'aps', status: 204, path: `/workspaces/${workspace}/api/v1/remote_write` });
    }
  });

  test('the token that the API server gave is what STS is shown, for the role of the service account', () => {
    const exchanges = way.calls().filter((call) => call.service === 'sts');
    expect(exchanges.length).toBeGreaterThan(0);
    for (const exchange of exchanges) {
      expect(exchange).toMatchObject({
        action: 'AssumeRoleWithWebIdentity',
        roleArn: `arn:aws:iam::${world.account}:role/GrafanaAgentAMPRole`,
        claims: { sub: 'system:serviceaccount:monitoring:grafana-alloy', aud: ['sts.amazonaws.com'] },
      });
    }
  });

  const query = (expression: string) => ask(machine, expression);
});

function inNamespace(objects: readonly KubernetesObject[], namespace: string): KubernetesObject[] {
  return objects.filter(({ metadata }) => metadata.namespace === namespace);
}

/** The pod that a Deployment's controller and a kubelet would make: from the template, running, with its address. */
async function run(
  server: ApiServer,
  objects: readonly KubernetesObject[],
  name: keyof typeof addresses,
): Promise<void> {
  const { metadata, spec } = only(objects, 'Deployment', name);
  const { template } = spec as { template: PodTemplate };
  const pods = `/api/v1/namespaces/${metadata.namespace}/pods`;
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { ...template.metadata, name: `${name}-0`, namespace: metadata.namespace },
    spec: { ...template.spec, nodeName: 'node-1' },
  };
  const made = await server.call('POST', pods, pod);
  expect([made.status, made.body.message]).toEqual([201, undefined]);
  const address = addresses[name];
  const status = { phase: 'Running', podIP: address, podIPs: [{ ip: address }] };
  const running = await server.call('PATCH', `${pods}/${name}-0/status`, { status }, 'application/merge-patch+json');
  expect([running.status, running.body.message]).toEqual([200, undefined]);
}

/** Alloy with what the kubelet and the webhook of EKS add to its container, the tokens from the API server. */
async function imageOfAlloy(server: ApiServer, objects: readonly KubernetesObject[], way: Gateway) {
  const { annotations = {} } = only(objects, 'ServiceAccount', 'grafana-alloy').metadata;
  const [cluster, aws] = ['cluster', 'aws'].map((name) => join(temporaryFolder(), name)) as [string, string];
  mkdirSync(cluster);
  mkdirSync(aws);
  writeFileSync(join(cluster, 'token'), await tokenOf(server, []));
  writeFileSync(join(cluster, 'namespace'), 'monitoring');
  copyFileSync(server.authority(), join(cluster, 'ca.crt'));
  writeFileSync(join(aws, 'token'), await tokenOf(server, ['sts.amazonaws.com']));
  return {
    command: alloy?.command ?? [],
    files: {
      '/var/run/secrets/kubernetes.io/serviceaccount': cluster,
      '/var/run/secrets/eks.amazonaws.com/serviceaccount': aws,
      '/etc/ssl/certs/ca-certificates.crt': way.authority,
    },
    env: {
      AMP_WORKSPACE_ID: workspace,
      KUBERNETES_SERVICE_HOST: 'kubernetes.default.svc',
      KUBERNETES_SERVICE_PORT: '6443',
      AWS_ROLE_ARN: annotations['eks.amazonaws.com/role-arn'] ?? '',
      AWS_WEB_IDENTITY_TOKEN_FILE: '/var/run/secrets/eks.amazonaws.com/serviceaccount/token',
      AWS_STS_REGIONAL_ENDPOINTS: 'regional',
    },
  };
}

async function tokenOf(server: ApiServer, audiences: readonly string[]): Promise<string> {
  const { body } = await server.call('POST', '/api/v1/namespaces/monitoring/serviceaccounts/grafana-alloy/token', {
    apiVersion: 'authentication.k8s.io/v1',
    kind: 'TokenRequest',
    spec: { audiences, expirationSeconds: 3600 },
  });
  return (body.status as { token: string }).token;
}

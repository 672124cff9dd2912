import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiServer, type PodTemplate } from './api-server';
import { containersOf, type Image } from './containers';
import { imagesOfGame } from './game';
import { Gateway } from './gateway';
import type { GatewayCall } from './gateway/listener';
import { Machine, whyNoMachines } from './machine';
import { buildObjects, type KubernetesObject, only } from './objects';
import { prometheusCommand, query, remoteWrite } from './prometheus';
import { overlayFolder, worldOf } from './rendered';
import { temporaryAccessKey } from './stand-in/world';
import { temporaryFolder } from './temporary';

export const world = worldOf('dev');
export const workspace = 'ws-0a1b2c3d-0000-4000-8000-000000000000';
const [awsHost, stsHost] = ['aps-workspaces', 'sts'].map((service) => `${service}.${world.region}.amazonaws.com`);

/** Where each pod of the game is. */
const game = { 'tictactoe-frontend': '10.77.0.2', 'tictactoe-backend': '10.77.0.3' };
export const collectorAddress = '10.77.0.4';

/** A metrics collector of the namespace `monitoring`. */
export interface Collector {
  /** Of its Deployment and its service account. */
  readonly name: string;
  readonly objects: readonly KubernetesObject[];
  /** Of its container. */
  readonly container: string;
  readonly image: Image;
}

/**
 * A cluster, its account and a collector: the game and the collector run as their templates say, a real API server knows
 * their pods, and what the collector writes comes through the gateway into a real Prometheus.
 */
export class CollectedCluster {
  public static async start(collector: Collector): Promise<CollectedCluster> {
    const why = await whyNoMachines();
    if (why) {
      throw new Error(why);
    }
    const rendered = await buildObjects(overlayFolder('dev'));
    const server = await ApiServer.start();
    const started = new CollectedCluster(collector, server);
    try {
      await started.run(rendered);
    } catch (error) {
      await started.stop();
      throw error;
    }
    return started;
  }

  private gateway?: Gateway;
  private machine?: Machine;

  private constructor(
    private readonly collector: Collector,
    private readonly server: ApiServer,
  ) {}

  /** The labels of each series that a query of Prometheus gives. */
  public async query(expression: string): Promise<Record<string, string>[]> {
    return this.machine ? query(this.machine, expression) : [];
  }

  /** What STS and AMP were asked. */
  public calls(): readonly GatewayCall[] {
    return this.gateway?.calls() ?? [];
  }

  public async stop(): Promise<void> {
    await this.machine?.stop();
    await this.gateway?.stop();
    await this.server.stop();
  }

  private async run(rendered: readonly KubernetesObject[]): Promise<void> {
    const namespaces = ['ack-system', 'argocd'].map((name) => ({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name },
    }));
    const refused = await this.server.refused([...namespaces, ...rendered, ...this.collector.objects]);
    if (refused.length > 0) {
      throw new Error(`the API server refused ${refused.join('\n')}`);
    }
    const objects = rendered.filter(({ metadata }) => metadata.namespace === 'tictactoe-dev');
    for (const [name, address] of Object.entries(game)) {
      await this.makePod(objects, name, address);
    }
    await this.makePod(this.collector.objects, this.collector.name, collectorAddress);
    this.gateway = await Gateway.prepare(
      {
        scope: {
          accessKey: temporaryAccessKey,
          secretKey: 'not-a-secret',
          sessionToken: 'not-a-token',
          region: world.region,
          service: 'aps',
        },
        workspace,
        writeTo: remoteWrite,
      },
      [awsHost ?? '', stsHost ?? ''],
      this.server.port,
    );
    const images = { [this.collector.container]: await this.imageOfCollector(this.gateway) };
    this.machine = await Machine.start({
      pods: [
        ...Object.entries(game).map(([name, address]) => ({
          name,
          address,
          containers: containersOf(objects, name, imagesOfGame()),
        })),
        {
          name: 'collector',
          address: collectorAddress,
          containers: containersOf(this.collector.objects, this.collector.name, images),
        },
      ],
      services: { gateway: this.gateway.command, prometheus: prometheusCommand({}) },
      hosts: {
        ...Object.fromEntries([awsHost, stsHost, 'kubernetes.default.svc'].map((host) => [host, '10.77.0.1'])),
        'tictactoe-backend': game['tictactoe-backend'],
      },
    });
    await this.arrival(this.machine);
  }

  /** The first scrape comes at any moment of the interval of a minute. */
  private async arrival(machine: Machine): Promise<void> {
    const all = async () => (await this.query('count by (pod) (up == 1)')).length === 3;
    try {
      await machine.until('samples of the three pods are in Prometheus', all, 130_000);
    } catch (error) {
      const log = machine.log(`collector/${this.collector.container}`).slice(-6000);
      throw new Error(`${error instanceof Error ? error.message : error}\n${log}\n${machine.log('gateway')}`);
    }
  }

  /** The pod that a Deployment's controller and a kubelet would make: from the template, running, with its address. */
  private async makePod(objects: readonly KubernetesObject[], name: string, address: string): Promise<void> {
    const { metadata, spec } = only(objects, 'Deployment', name);
    const { template } = spec as { template: PodTemplate };
    const pods = `/api/v1/namespaces/${metadata.namespace}/pods`;
    const made = await this.server.call('POST', pods, {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { ...template.metadata, name: `${name}-0`, namespace: metadata.namespace },
      spec: { ...template.spec, nodeName: 'node-1' },
    });
    const status = { phase: 'Running', podIP: address, podIPs: [{ ip: address }] };
    const path = `${pods}/${name}-0/status`;
    const running = await this.server.call('PATCH', path, { status }, 'application/merge-patch+json');
    if (made.status !== 201 || running.status !== 200) {
      throw new Error(`the API server refused the pod ${name}-0: ${made.body.message ?? running.body.message}`);
    }
  }

  /** The image with what the kubelet and the webhook of EKS add to its container, the tokens from the API server. */
  private async imageOfCollector({ authority }: Gateway): Promise<Image> {
    const { name, objects, image } = this.collector;
    const { annotations = {} } = only(objects, 'ServiceAccount', name).metadata;
    const [cluster, aws] = [join(temporaryFolder(), 'cluster'), join(temporaryFolder(), 'aws')];
    mkdirSync(cluster);
    mkdirSync(aws);
    writeFileSync(join(cluster, 'token'), await this.tokenOf(name, []));
    writeFileSync(join(cluster, 'namespace'), 'monitoring');
    copyFileSync(this.server.authority(), join(cluster, 'ca.crt'));
    writeFileSync(join(aws, 'token'), await this.tokenOf(name, ['sts.amazonaws.com']));
    return {
      ...image,
      files: {
        ...image.files,
        '/var/run/secrets/kubernetes.io/serviceaccount': cluster,
        '/var/run/secrets/eks.amazonaws.com/serviceaccount': aws,
        '/etc/ssl/certs/ca-certificates.crt': authority,
      },
      env: {
        ...image.env,
        KUBERNETES_SERVICE_HOST: 'kubernetes.default.svc',
        KUBERNETES_SERVICE_PORT: '6443',
        AWS_ROLE_ARN: annotations['eks.amazonaws.com/role-arn'] ?? '',
        AWS_WEB_IDENTITY_TOKEN_FILE: '/var/run/secrets/eks.amazonaws.com/serviceaccount/token',
        AWS_STS_REGIONAL_ENDPOINTS: 'regional',
        // The webhook sets both.
        AWS_REGION: world.region,
        AWS_DEFAULT_REGION: world.region,
      },
    };
  }

  private async tokenOf(serviceAccount: string, audiences: readonly string[]): Promise<string> {
    const path = `/api/v1/namespaces/monitoring/serviceaccounts/${serviceAccount}/token`;
    const { body } = await this.server.call('POST', path, {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec: { audiences, expirationSeconds: 3600 },
    });
    return (body.status as { token: string }).token;
  }
}

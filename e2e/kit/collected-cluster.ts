import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiServer } from './api-server';
import { containersOf, type Image, type Placed } from './containers';
import { imagesOfGame } from './game';
import { Gateway } from './gateway';
import type { GatewayCall } from './gateway/listener';
import { Machine, whyNoMachines } from './machine';
import type { Container, MachineOptions } from './machine-options';
import { buildObjects, type KubernetesObject, only } from './objects';
import { prometheusCommand, query, remoteWrite } from './prometheus';
import { overlayFolder, worldOf } from './rendered';
import { temporaryAccessKey } from './stand-in/world';
import { temporaryFolder } from './temporary';
import { templateOf } from './workload-template';

export const world = worldOf('dev');
export const workspace = 'ws-0a1b2c3d-0000-4000-8000-000000000000';
const [awsHost, stsHost] = ['aps-workspaces', 'sts'].map((service) => `${service}.${world.region}.amazonaws.com`);

/** Where each pod of the game is. */
const game = { 'tictactoe-frontend': '10.77.0.2', 'tictactoe-backend': '10.77.0.3' };
export const collectorAddress = '10.77.0.4';

/** A pod of a metrics collector in the namespace `monitoring`. */
export interface Collector {
  /** Of its workload. */
  readonly name: string;
  readonly objects: readonly KubernetesObject[];
  /** Of its container. */
  readonly container: string;
  readonly image: Image;
  /** @default that of the workload, with `-0` */
  readonly pod?: string;
  /** @default node-1, as of the pods of the game */
  readonly node?: string;
  /** @default collectorAddress */
  readonly address?: string;
}

export interface CollectedOptions {
  /** Objects of the cluster besides those of the game and of the collectors. */
  readonly objects?: readonly KubernetesObject[];
  /** Names that pods look up, such as those of Services, and the addresses behind them. */
  readonly hosts?: MachineOptions['hosts'];
  /** What has to be in Prometheus before anything is asked; otherwise that each pod is scraped once. */
  readonly arrived?: (cluster: CollectedCluster) => Promise<boolean>;
  /** Nodes of pods of the game, where that is not node-1. */
  readonly nodes?: Readonly<Record<string, string>>;
}

/**
 * A cluster, its account and pods of collectors: the game and the collectors run as their templates say, a real API server knows
 * their pods, and what the collectors write comes through the gateway into a real Prometheus.
 */
export class CollectedCluster {
  public static async start(
    collectors: Collector | readonly Collector[],
    options: CollectedOptions = {},
  ): Promise<CollectedCluster> {
    const why = await whyNoMachines();
    if (why) {
      throw new Error(why);
    }
    const rendered = await buildObjects(overlayFolder('dev'));
    const server = await ApiServer.start();
    const started = new CollectedCluster([collectors].flat(), options, server);
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
    private readonly collectors: readonly Collector[],
    private readonly options: CollectedOptions,
    private readonly server: ApiServer,
  ) {}

  /** The labels of each series that a query of Prometheus gives. */
  public async query(expression: string): Promise<Record<string, string>[]> {
    return this.machine ? query(this.machine, expression) : [];
  }

  /** The page at an address of the cluster; empty when nobody answers. */
  public async page(url: string): Promise<string> {
    const answer = await this.machine?.fetch(url);
    return answer?.status === 200 ? answer.body : '';
  }

  /** What a container (`pod/container`) wrote so far. */
  public log(name: string): string {
    return this.machine?.log(name) ?? '';
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
    const own = [...this.collectors.flatMap((collector) => collector.objects), ...(this.options.objects ?? [])];
    const refused = await this.server.refused([...namespaces, ...rendered, ...own]);
    if (refused.length > 0) {
      throw new Error(`the API server refused ${refused.join('\n')}`);
    }
    const objects = rendered.filter(({ metadata }) => metadata.namespace === 'tictactoe-dev');
    for (const [name, address] of Object.entries(game)) {
      const placed = { pod: `${name}-0`, node: this.options.nodes?.[name] ?? 'node-1' };
      await this.makePod(objects, name, address, placed);
    }
    for (const collector of this.collectors) {
      await this.makePod(collector.objects, collector.name, addressOf(collector), placedOf(collector));
    }
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
    const { authority } = this.gateway;
    const pods = this.collectors.map(async (collector) => ({
      name: placedOf(collector).pod,
      address: addressOf(collector),
      containers: containersOf(
        collector.objects,
        collector.name,
        { [collector.container]: await this.imageOf(collector, authority) },
        placedOf(collector),
      ).map(onceAwsAnswers),
    }));
    this.machine = await Machine.start({
      pods: [
        ...Object.entries(game).map(([name, address]) => ({
          name,
          address,
          containers: containersOf(objects, name, imagesOfGame()),
        })),
        ...(await Promise.all(pods)),
      ],
      services: { gateway: this.gateway.command, prometheus: prometheusCommand({}) },
      hosts: {
        ...Object.fromEntries([awsHost, stsHost, 'kubernetes.default.svc'].map((host) => [host, '10.77.0.1'])),
        'tictactoe-backend': game['tictactoe-backend'],
        ...this.options.hosts,
      },
    });
    await this.arrival(this.machine);
  }

  /** The first scrape comes at any moment of the interval of a minute. */
  private async arrival(machine: Machine): Promise<void> {
    const arrived = this.options.arrived ?? eachPodOnce;
    try {
      await machine.until('what the collectors scrape is in Prometheus', () => arrived(this), 130_000);
    } catch (error) {
      const logs = this.collectors.map((one) => machine.log(`${placedOf(one).pod}/${one.container}`).slice(-6000));
      throw new Error([error instanceof Error ? error.message : error, ...logs, machine.log('gateway')].join('\n'));
    }
  }

  /** The pod that a workload's controller and a kubelet would make: from the template, running, with its address. */
  private async makePod(
    objects: readonly KubernetesObject[],
    name: string,
    address: string,
    { pod, node }: Placed,
  ): Promise<void> {
    const template = templateOf(objects, name);
    const { namespace } = objects.find(({ metadata }) => metadata.name === name)?.metadata ?? {};
    const pods = `/api/v1/namespaces/${namespace}/pods`;
    const made = await this.server.call('POST', pods, {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { ...template.metadata, name: pod, namespace },
      spec: { ...template.spec, nodeName: node },
    });
    const status = { phase: 'Running', podIP: address, podIPs: [{ ip: address }] };
    const path = `${pods}/${pod}/status`;
    const running = await this.server.call('PATCH', path, { status }, 'application/merge-patch+json');
    if (made.status !== 201 || running.status !== 200) {
      throw new Error(`the API server refused the pod ${pod}: ${made.body.message ?? running.body.message}`);
    }
  }

  /** The image with what the kubelet and the webhook of EKS add to its container, the tokens from the API server. */
  private async imageOf({ name, objects, image }: Collector, authority: string): Promise<Image> {
    const account = templateOf(objects, name).spec.serviceAccountName ?? 'default';
    const { annotations = {} } = only(objects, 'ServiceAccount', account).metadata;
    const [cluster, aws] = [join(temporaryFolder(), 'cluster'), join(temporaryFolder(), 'aws')];
    mkdirSync(cluster);
    mkdirSync(aws);
    writeFileSync(join(cluster, 'token'), await this.tokenOf(account, []));
    writeFileSync(join(cluster, 'namespace'), 'monitoring');
    copyFileSync(this.server.authority(), join(cluster, 'ca.crt'));
    writeFileSync(join(aws, 'token'), await this.tokenOf(account, ['sts.amazonaws.com']));
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

const placedOf = ({ name, pod = `${name}-0`, node = 'node-1' }: Collector): Placed => ({ pod, node });

/** ADOT ends when STS does not answer while it starts, and no kubelet is here to start it again. */
function onceAwsAnswers(container: Container): Container {
  const wait = 'until (: </dev/tcp/10.77.0.1/443) 2>/dev/null; do sleep 0.2; done; exec "$@"';
  return { ...container, command: ['bash', '-c', wait, 'bash', ...container.command] };
}

const addressOf = ({ address = collectorAddress }: Collector): string => address;

async function eachPodOnce(cluster: CollectedCluster): Promise<boolean> {
  return (await cluster.query('count by (pod) (up == 1)')).length === 3;
}

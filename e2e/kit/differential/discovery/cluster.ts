import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { engine } from '../../../engines';
import { ApiServer } from '../../api-server';
import type { KubernetesObject } from '../../objects';
import { freePort, RunningProcess } from '../../process';
import { temporaryFolder } from '../../temporary';
import { until } from '../../until';

const CONTROLLERS = [
  'deployment',
  'replicaset',
  'daemonset',
  'statefulset',
  'job',
  'endpoints',
  'endpointslice',
  'serviceaccount',
  'clusterrole-aggregation',
].map((name) => `${name}-controller`);

export interface Pod extends KubernetesObject {
  readonly metadata: KubernetesObject['metadata'] & {
    readonly uid: string;
    readonly ownerReferences?: readonly { readonly kind: string; readonly name: string }[];
  };
  readonly spec: {
    readonly nodeName?: string;
    readonly hostNetwork?: boolean;
    readonly affinity?: unknown;
    readonly containers: readonly { readonly name: string; readonly image: string }[];
    readonly initContainers?: readonly { readonly name: string; readonly image: string }[];
  };
  readonly status: { readonly podIP?: string; readonly hostIP?: string };
}

export const NODES = ['node-a', 'node-b'] as const;
const addressOfNode = (name: string) => `10.9.0.${NODES.indexOf(name as (typeof NODES)[number]) + 1}`;

/** An API server with the real controllers; what scheduler and kubelet do to a pod is written by us. */
export class ControlledCluster {
  public static async start(): Promise<ControlledCluster> {
    const server = await ApiServer.start();
    const folder = temporaryFolder();
    const kubeconfig = join(folder, 'kubeconfig.json');
    writeFileSync(kubeconfig, JSON.stringify(kubeconfigOf(server)));
    const command = [
      ...engine('kube-controller-manager').command,
      `--kubeconfig=${kubeconfig}`,
      `--controllers=${CONTROLLERS.join(',')}`,
      '--leader-elect=false',
      '--bind-address=127.0.0.1',
      `--secure-port=${await freePort()}`,
      `--cert-dir=${folder}`,
      '--authentication-skip-lookup',
      '--kube-api-qps=500',
      '--kube-api-burst=1000',
    ];
    return new ControlledCluster(server, RunningProcess.start(command, join(folder, 'controllers.log')));
  }

  private constructor(
    public readonly server: ApiServer,
    private readonly controllers: RunningProcess,
  ) {}

  public async stop(): Promise<void> {
    await this.controllers.stop();
    await this.server.stop();
  }

  /** Brings objects in, and runs the pods that the controllers make of them. */
  public async run(objects: readonly KubernetesObject[]): Promise<readonly Pod[]> {
    const nodes = NODES.map((name) => ({
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name, labels: { 'kubernetes.io/hostname': name, 'kubernetes.io/os': 'linux' } },
    }));
    for (const one of nodes) await this.done(this.server.apply(one), one.metadata.name);
    await Promise.all(nodes.map(({ metadata }) => this.join(metadata.name)));
    await until('every namespace has its service account', () => this.hasAccounts(objects), 60_000);
    const refused = await this.server.refused(objects);
    if (refused.length > 0) throw new Error(refused.join('\n'));
    const wanted = objects.reduce((count, object) => count + replicasOf(object), 0);
    let pods: readonly Pod[] = [];
    const made = async () => {
      pods = await this.pods();
      return pods.length >= wanted;
    };
    await this.controllers.until(`${wanted} pods`, made, 60_000 + wanted * 200);
    await Promise.all(pods.map((pod, index) => this.bring(pod, index)));
    await this.settled();
    return this.pods();
  }

  /** A node that is ready, which the API server does not believe of new ones. */
  private async join(name: string): Promise<void> {
    await this.patch(`nodes/${name}`, nodeStatus(name));
    const spec = { taints: null };
    await this.done(this.server.call('PATCH', `/api/v1/nodes/${name}`, { spec }, 'application/merge-patch+json'), name);
  }

  private async hasAccounts(objects: readonly KubernetesObject[]): Promise<boolean> {
    const namespaces = new Set(objects.map(({ metadata }) => metadata.namespace));
    const path = (namespace: string | undefined) => `/api/v1/namespaces/${namespace}/serviceaccounts/default`;
    const answers = await Promise.all([...namespaces].map((one) => this.server.call('GET', path(one))));
    return answers.every(({ status }) => status === 200);
  }

  /** Every Service with a selector has its slices: the controllers have seen all pods. */
  private async settled(): Promise<void> {
    let before = '';
    const steady = async () => {
      const { body } = await this.server.call('GET', '/apis/discovery.k8s.io/v1/endpointslices');
      const { body: old } = await this.server.call('GET', '/api/v1/endpoints');
      const now = JSON.stringify([body.items, old.items]);
      const isSame = now === before;
      before = now;
      if (!isSame) await new Promise((resolve) => setTimeout(resolve, 2000));
      return isSame;
    };
    await until('the endpoints are settled', steady, 120_000);
  }

  private async pods(): Promise<readonly Pod[]> {
    const { body } = await this.server.call('GET', '/api/v1/pods');
    return body.items as readonly Pod[];
  }

  /** What the scheduler and the kubelet would write. */
  private async bring(pod: Pod, index: number): Promise<void> {
    const { name, namespace, uid } = pod.metadata;
    const fixed = NODES.find((node) => JSON.stringify(pod.spec.affinity ?? {}).includes(`"${node}"`));
    const node = fixed ?? NODES[index % NODES.length] ?? NODES[0];
    const path = `namespaces/${namespace}/pods/${name}`;
    const binding = { apiVersion: 'v1', kind: 'Binding', metadata: { name }, target: { kind: 'Node', name: node } };
    await this.done(this.server.call('POST', `/api/v1/${path}/binding`, binding), name);
    const hostIP = addressOfNode(node);
    const podIP = pod.spec.hostNetwork ? hostIP : `10.20.${Math.floor(index / 250)}.${1 + (index % 250)}`;
    const state = { running: { startedAt: '2026-01-01T00:00:00Z' } };
    const statuses = (list: Pod['spec']['containers'] = []) =>
      list.map(({ name: own, image }) => ({
        name: own,
        image,
        imageID: image,
        containerID: `containerd://${uid}`,
        ready: true,
        restartCount: 0,
        state,
      }));
    await this.patch(path, {
      phase: 'Running',
      podIP,
      podIPs: [{ ip: podIP }],
      hostIP,
      hostIPs: [{ ip: hostIP }],
      conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: '2026-01-01T00:00:00Z' }],
      containerStatuses: statuses(pod.spec.containers),
      initContainerStatuses: statuses(pod.spec.initContainers),
    });
  }

  private patch(path: string, status: object): Promise<void> {
    return this.done(
      this.server.call('PATCH', `/api/v1/${path}/status`, { status }, 'application/merge-patch+json'),
      path,
    );
  }

  private async done(response: ReturnType<ApiServer['call']>, what: string): Promise<void> {
    const { status, body } = await response;
    if (status >= 300) throw new Error(`${what}: ${status} ${body.message}`);
  }
}

function kubeconfigOf(server: ApiServer): object {
  return {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'it',
    contexts: [{ name: 'it', context: { cluster: 'it', user: 'it' } }],
    clusters: [
      {
        name: 'it',
        cluster: {
          server: `https://127.0.0.1:${server.port}`,
          'certificate-authority': server.authority(),
          'tls-server-name': 'kubernetes',
        },
      },
    ],
    users: [{ name: 'it', user: { token: server.token } }],
  };
}

function nodeStatus(name: string): object {
  return {
    addresses: [
      { type: 'InternalIP', address: addressOfNode(name) },
      { type: 'Hostname', address: name },
    ],
    conditions: [{ type: 'Ready', status: 'True' }],
    daemonEndpoints: { kubeletEndpoint: { Port: 10_250 } },
  };
}

function replicasOf({ kind, spec }: KubernetesObject): number {
  if (kind === 'DaemonSet') return NODES.length;
  if (kind === 'StatefulSet') return (spec as { replicas: number }).replicas;
  return ['Deployment', 'ReplicaSet', 'Job', 'Pod'].includes(kind) ? 1 : 0;
}

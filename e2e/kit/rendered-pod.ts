import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type KubernetesObject, only } from './objects';
import { Pod } from './pod';
import type { World } from './rendered';
import type { StandInWorld } from './stand-in/world';
import { temporaryFolder } from './temporary';
import type { Variable, Volume, Workload } from './workload';

export interface RenderedPodOptions {
  readonly objects: readonly KubernetesObject[];
  readonly workload: Workload;
  /** Stands for the program of the image; the arguments are those of the pod template. */
  readonly program: readonly string[];
  readonly world: World;
  readonly standIn: Omit<StandInWorld, 'kubernetesToken'>;
  /** AWS services that the program calls: `logs`, `aps-workspaces`. */
  readonly services: readonly string[];
  /** Folders of the node, by their path there; the others are empty. */
  readonly hostPaths?: Readonly<Record<string, string>>;
  /** Keys that controllers write into ConfigMaps: `NAME/KEY`. */
  readonly configMapKeys?: Readonly<Record<string, string>>;
}

const account = '/run/secrets/kubernetes.io/serviceaccount';
const kubernetesToken = 'token-for-the-api-server';

/** Runs the first container of a pod template with what the kubelet and the webhook of EKS would give it. */
export async function startRenderedPod(options: RenderedPodOptions): Promise<Pod> {
  const { workload, world, program } = options;
  const [container] = workload.pod.containers;
  const root = temporaryFolder();
  const volumes = new Map((workload.pod.volumes ?? []).map((volume) => [volume.name, folderOf(volume, options, root)]));
  const mounts = (container?.volumeMounts ?? []).map(({ name, mountPath }) => [mountPath, volumes.get(name) ?? '']);
  const region = workload.env.AWS_REGION ?? '';
  return Pod.start({
    // An image's entry point is not in the template, its program is: the first word of the command.
    command: [...program, ...(container?.command?.slice(1) ?? []), ...(container?.args ?? [])],
    env: {
      ...Object.fromEntries((container?.env ?? []).map((variable) => [variable.name, valueFor(variable, options)])),
      KUBERNETES_SERVICE_HOST: 'kubernetes.default.svc',
      KUBERNETES_SERVICE_PORT: '443',
      AWS_ROLE_ARN: workload.roleArn,
      AWS_WEB_IDENTITY_TOKEN_FILE: '/var/run/secrets/eks.amazonaws.com/serviceaccount/token',
      AWS_STS_REGIONAL_ENDPOINTS: 'regional',
    },
    mounts: { ...Object.fromEntries(mounts), ...identities(workload, world, root) },
    authorities: [`${account}/ca.crt`],
    hosts: [
      ...[...options.services, 'sts'].map((service) => `${service}.${region}.amazonaws.com`),
      'kubernetes.default.svc',
    ],
    world: { ...options.standIn, kubernetesToken, endpoints: workload.endpoints },
  });
}

/** The two tokens of the service account: one for the API server, one for STS. */
function identities({ namespace, serviceAccount }: Workload, { issuer }: World, root: string): Record<string, string> {
  const [cluster, aws] = [join(root, 'cluster-token'), join(root, 'aws-token')];
  mkdirSync(cluster);
  mkdirSync(aws);
  writeFileSync(join(cluster, 'token'), kubernetesToken);
  writeFileSync(join(cluster, 'namespace'), namespace);
  const subject = `system:serviceaccount:${namespace}:${serviceAccount}`;
  writeFileSync(join(aws, 'token'), unsignedToken({ iss: issuer, sub: subject, aud: ['sts.amazonaws.com'] }));
  return { [account]: cluster, '/run/secrets/eks.amazonaws.com/serviceaccount': aws };
}

function folderOf(volume: Volume, { hostPaths, objects }: RenderedPodOptions, root: string): string {
  const given = volume.hostPath && hostPaths?.[volume.hostPath.path];
  if (given) {
    return given;
  }
  const folder = join(root, `volume-${volume.name}`);
  mkdirSync(folder);
  if (volume.configMap) {
    const { data } = only(objects, 'ConfigMap', volume.configMap.name) as { data?: Record<string, string> };
    for (const [name, text] of Object.entries(data ?? {})) {
      writeFileSync(join(folder, name), text);
    }
  }
  return folder;
}

function valueFor({ name, value, valueFrom }: Variable, { configMapKeys }: RenderedPodOptions): string {
  const key = valueFrom?.configMapKeyRef && `${valueFrom.configMapKeyRef.name}/${valueFrom.configMapKeyRef.key}`;
  const found = key ? configMapKeys?.[key] : (value ?? '');
  if (found === undefined) {
    throw new Error(`the pod would not start: the variable ${name} comes from ${key}, which nobody writes`);
  }
  return found;
}

function unsignedToken(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none' })}.${part(claims)}.`;
}

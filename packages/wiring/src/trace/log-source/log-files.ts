import { type Container, concat, known, symbol, textOf, type Value, type Workload } from '../../model';

/** What the kubelet makes of a container's stdout and stderr on its node (kubelet, kuberuntime/legacy.go and helpers.go). */
export interface LogFile {
  /** `/var/log/containers/<pod>_<namespace>_<container>-<id>.log`, a link to `file`. */
  readonly link: Value;
  /** `/var/log/pods/<namespace>_<pod>_<uid>/<container>/<restarts>.log`, a plain file under containerd. */
  readonly file: Value;
  readonly pod: Value;
  readonly namespace: Value;
  readonly container: Value;
  readonly id: Value;
}

/** The letters of names that Kubernetes makes up: no vowels, so that no words come of them (apimachinery, util/rand). */
const SAFE = 'bcdfghjklmnpqrstvwxz2456789';

/** What the cluster chooses in names, by what it is: the form of its text, and three examples of it. */
const CHOSEN: Readonly<Record<string, Chosen>> = {
  hash: { form: `[${SAFE}]{6,10}`, letters: SAFE, samples: ['6d4cf56db6', '7f9b8cdd4', '54c76b8f59'] },
  suffix: { form: `[${SAFE}]{5}`, letters: SAFE, samples: ['x2k4q', 'bcd9z', 'm5vpl'] },
  ordinal: { form: '[0-9]+', letters: '0-9', samples: ['0', '3', '11'] },
  minute: { form: '[0-9]{8}', letters: '0-9', samples: ['28734560', '29011234', '29999999'] },
  rest: { form: '[-a-z0-9]+', letters: '-a-z0-9', samples: ['y-6d4cf56db6-x2k4q', 'r-bcd9z', 'm5vpl'] },
  namespace: { form: '[a-z0-9](?:[-a-z0-9]*[a-z0-9])?', letters: '-a-z0-9', samples: ['default', 'team-a', 'x1'] },
  pod: {
    form: '[a-z0-9](?:[-.a-z0-9]*[a-z0-9])?',
    letters: '-.a-z0-9',
    samples: ['web-6d4cf56db6-x2k4q', 'db-0', 'a1'],
  },
  container: { form: '[a-z0-9](?:[-a-z0-9]*[a-z0-9])?', letters: '-a-z0-9', samples: ['web', 'db-main', 'x'] },
  uid: {
    form: '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}',
    letters: '-0-9a-f',
    samples: [
      '3f0b1c52-8a4e-4d5b-9d53-0c6a1f7e2b90',
      'c81d4e2e-bcf2-41e6-869b-7df92533d2db',
      '9e107d9d-372b-4826-81d3-5421d9c0f7aa',
    ],
  },
  restarts: { form: '[0-9]+', letters: '0-9', samples: ['0', '1', '12'] },
  'container id': {
    form: '[0-9a-f]{64}',
    letters: '0-9a-f',
    samples: ['0f1e2d3c'.repeat(8), 'a94a8fe5ccb19ba6'.repeat(4), '7'.repeat(63).concat('b')],
  },
};

interface Chosen {
  readonly form: string;
  /** The inside of a class that holds every character of it. */
  readonly letters: string;
  readonly samples: readonly [string, string, string];
}

const SPACE = 'log-file';
export const SAMPLES = 3;
/** Names that are made from another are cut to this length before five letters are added (apiserver, names/generate.go). */
const LONGEST_BASE = 58;

/** What can be the name of anything; what is still to be filled in cannot. */
const NAME = /^[a-z0-9](?:[-.a-z0-9]*[a-z0-9])?$/;

/** The log of one container of a pod template; the names that only the cluster knows are symbols. */
export function logFileOf(workload: Workload, container: Pick<Container, 'name'>): LogFile {
  const { object } = workload;
  const of = `${object.namespace?.value ?? ''}/${object.kind}/${object.name.value}`;
  const spoken = (name: string | undefined, what: string) =>
    name !== undefined && NAME.test(name) ? known(name) : chosen(what, of);
  const { name } = object;
  const pod = NAME.test(name.value) ? podName(object.kind, name.value, of) : chosen('pod', of);
  return fileOf(pod, spoken(object.namespace?.value, 'namespace'), spoken(container.name, 'container'), of);
}

/** The log of any container of any pod. */
export function anyLogFile(): LogFile {
  return fileOf(chosen('pod', ''), chosen('namespace', ''), chosen('container', ''), '');
}

function fileOf(pod: Value, namespace: Value, container: Value, of: string): LogFile {
  const id = chosen('container id', `${of}/${textOf(container) ?? ''}`);
  const [below, dash, slash] = [known('_'), known('-'), known('/')];
  return {
    pod,
    namespace,
    container,
    id,
    link: concat([known('/var/log/containers/'), pod, below, namespace, below, container, dash, id, LOG]),
    file: concat([
      ...[known('/var/log/pods/'), namespace, below, pod, below, chosen('uid', of), slash],
      ...[container, slash, chosen('restarts', of), LOG],
    ]),
  };
}

const LOG = known('.log');

function podName(kind: string, name: string, of: string): Value {
  const made = (...parts: readonly (Value | string)[]): Value => {
    const base = `${name}-${parts.map((part) => (typeof part === 'string' ? part : '0123456789-')).join('')}`;
    if (base.length > LONGEST_BASE) return concat([known(name.slice(0, LONGEST_BASE - 12)), chosen('rest', of)]);
    const rest = parts.flatMap((part) => (typeof part === 'string' ? [] : [part, known('-')]));
    return concat([known(`${name}-`), ...rest, chosen('suffix', of)]);
  };
  switch (kind) {
    case 'Pod':
      return known(name);
    case 'StatefulSet':
      return concat([known(`${name}-`), chosen('ordinal', of)]);
    case 'Deployment':
    case 'Rollout':
      return made(chosen('hash', of));
    case 'CronJob':
      return made(chosen('minute', of));
    default:
      return made();
  }
}

function chosen(what: string, of: string): Value {
  return symbol(SPACE, `${of}#${what}`, {
    label: known(what),
    form: known(CHOSEN[what].form),
    letters: known(CHOSEN[what].letters),
  });
}

/** The value as example `index` has it; `undefined` when more than names of files is open in it. */
export function sampleOf(value: Value, index: number): string | undefined {
  switch (value.kind) {
    case 'known':
      return value.value === null ? '' : `${value.value}`;
    case 'symbol':
      if (value.space !== SPACE) return undefined;
      return CHOSEN[value.key.slice(value.key.indexOf('#') + 1)]?.samples[index];
    case 'concat': {
      const parts = value.parts.map((part) => sampleOf(part, index));
      return parts.every((part) => part !== undefined) ? parts.join('') : undefined;
    }
    default:
      return undefined;
  }
}

/** All examples of a value, in the order of `sampleOf`. */
export function samplesOf(value: Value): readonly string[] | undefined {
  const all = Array.from({ length: SAMPLES }, (_, index) => sampleOf(value, index));
  return all.every((one) => one !== undefined) ? all : undefined;
}

/** Pods of add-ons that every EKS cluster has, or many, without a manifest of the user's. */
const ADDONS: readonly (readonly [kind: string, name: string, container: string])[] = [
  ['DaemonSet', 'aws-node', 'aws-node'],
  ['DaemonSet', 'aws-node', 'aws-eks-nodeagent'],
  ['DaemonSet', 'aws-node', 'aws-vpc-cni-init'],
  ['DaemonSet', 'kube-proxy', 'kube-proxy'],
  ['Deployment', 'coredns', 'coredns'],
  ['DaemonSet', 'ebs-csi-node', 'ebs-plugin'],
  ['Deployment', 'ebs-csi-controller', 'ebs-plugin'],
  ['DaemonSet', 'efs-csi-node', 'efs-plugin'],
  ['DaemonSet', 'eks-pod-identity-agent', 'eks-pod-identity-agent'],
  ['DaemonSet', 'eks-node-monitoring-agent', 'eks-node-monitoring-agent'],
  ['Deployment', 'metrics-server', 'metrics-server'],
  ['Deployment', 'aws-load-balancer-controller', 'aws-load-balancer-controller'],
  ['Deployment', 'cluster-autoscaler', 'cluster-autoscaler'],
];

export const ADDON_FILES: readonly LogFile[] = ADDONS.map(([kind, name, container]) => {
  const of = `kube-system/${kind}/${name}`;
  return fileOf(podName(kind, name, of), known('kube-system'), known(container), of);
});

import { labelOf, textOf, type Workload, type World } from '../../model';
import type { FluentBitSection } from '../../read/fluent-bit';
import type { LogsPlan } from '../collectors/logs-plan';
import { mayWatch } from '../hops/rbac';
import type { Metadata } from './flow';
import { isUnder } from './mounts';

const TOKEN = '/var/run/secrets/kubernetes.io/serviceaccount';

const answers = new WeakMap<LogsPlan, Map<FluentBitSection, Map<string, Metadata>>>();

/** Can the kubernetes filter of a collector ask for the pods of a workload? The same for all of a namespace. */
export function metadataOf(
  plan: LogsPlan,
  section: FluentBitSection,
  resource: 'pods' | 'nodes/proxy',
  workload: Workload | undefined,
  world: World,
): Metadata {
  const ofPlan = answers.get(plan) ?? new Map<FluentBitSection, Map<string, Metadata>>();
  answers.set(plan, ofPlan);
  const known = ofPlan.get(section) ?? new Map<string, Metadata>();
  ofPlan.set(section, known);
  const key = `${resource} ${workload?.object.namespace?.value ?? ''}`;
  const answer = known.get(key) ?? asked(plan, section, resource, workload, world);
  known.set(key, answer);
  return answer;
}

function asked(
  plan: LogsPlan,
  section: FluentBitSection,
  resource: 'pods' | 'nodes/proxy',
  workload: Workload | undefined,
  world: World,
): Metadata {
  return (
    withoutToken(plan, section, world) ??
    unreachableKubelet(plan, section, resource) ??
    permitted(plan, section, resource, workload, world)
  );
}

function withoutToken({ collector }: LogsPlan, section: FluentBitSection, world: World): Metadata | undefined {
  const { workload, container } = collector;
  const { pod, object } = workload;
  if (section.get('kube_token_file') || section.get('kube_token_command')) return undefined;
  if (container.mounts.some(({ path }) => isUnder(TOKEN, path))) return undefined;
  const account = world.cluster.serviceAccount(object.namespace, pod.serviceAccountName?.value ?? 'default');
  const setting = pod.mountsToken ?? account?.mountsToken;
  if (!setting || setting.value) return undefined;
  return {
    truth: 'no',
    evidence: [],
    failure: {
      message: `the kubernetes filter of ${labelOf(object)} has no token to ask the API server with`,
      span: setting.span,
      related: [{ span: section.span, message: 'the filter asks for the pod of each line' }],
    },
  };
}

/** The kubelet listens on the node, which is 127.0.0.1 for pods in the network of the node only. */
function unreachableKubelet(
  { collector }: LogsPlan,
  section: FluentBitSection,
  resource: string,
): Metadata | undefined {
  const host = section.get('kubelet_host');
  if (resource === 'pods' || collector.workload.pod.hostNetwork) return undefined;
  if (host && !['127.0.0.1', 'localhost'].includes(textOf(host.value) ?? '')) return undefined;
  return {
    truth: 'no',
    evidence: [],
    failure: {
      message: `the kubernetes filter asks the kubelet at 127.0.0.1, where ${labelOf(collector.workload.object)} finds itself`,
      span: section.get('use_kubelet')?.span ?? section.span,
      related: [{ span: collector.workload.object.name.span, message: 'its pods do not have hostNetwork' }],
    },
  };
}

function permitted(
  { collector }: LogsPlan,
  section: FluentBitSection,
  resource: 'pods' | 'nodes/proxy',
  workload: Workload | undefined,
  world: World,
): Metadata {
  const { object, pod } = collector.workload;
  const who = labelOf(object);
  if (!object.namespace) {
    return {
      truth: 'unknown',
      evidence: [],
      missing: { kind: 'namespace', what: `the namespace of ${object.name.value}` },
    };
  }
  const reader = {
    namespace: object.namespace.value,
    name: pod.serviceAccountName ?? { value: 'default', span: object.name.span },
    who,
    component: 'the kubernetes filter',
    verbs: ['get'],
    span: section.span,
  };
  const place = resource === 'pods' ? workload?.object.namespace?.value : undefined;
  const { evidence, missing, broken } = mayWatch(reader, resource, place, world);
  if (missing) return { truth: 'unknown', evidence: [], missing };
  if (!broken) return { truth: 'yes', evidence };
  // Newer kubelets take finer permissions than this one.
  if (resource !== 'pods') {
    return {
      truth: 'unknown',
      evidence: [],
      missing: { kind: 'object', what: `whether ${who} may ask the kubelet for pods` },
    };
  }
  const { message, span = section.span, related } = broken;
  return { truth: 'no', evidence: [], failure: { message, span, related } };
}

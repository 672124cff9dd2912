import {
  equal,
  known,
  labelOf,
  type Missing,
  missingIn,
  textOf,
  type Value,
  type Workload,
  type World,
} from '../../model';
import type { Span } from '../../text';
import type { Collector } from '../collectors/find';
import { accountOf, type Discoverer, type Role, type TargetSource } from '../collectors/scrape-plan';
import { parseSelector, selects } from '../scrape/selector';
import { networkHop } from './network';
import { mayWatch, type RbacVerdict } from './rbac';

/** Does the discovery of a collector come upon the pods of a workload? */
export type Discovered =
  | { readonly truth: 'yes'; readonly evidence: readonly { readonly text: string; readonly span: Span }[] }
  /** Dangling: nothing of the input can be meant. Mistyped: the workload itself is, but for a letter or two. */
  | {
      readonly truth: 'no';
      readonly why: string;
      readonly span: Span;
      readonly isDangling: boolean;
      readonly isMistyped: boolean;
    }
  | { readonly truth: 'unknown'; readonly missing: Missing };

/** Namespaces in which every cluster has something that nobody declares: its add-ons, and the Service of its API. */
const ALWAYS = /^(?:default|kube-.*)$/;
const WITH_PODS = /^kube-.*$/;

/** The same but for one or two letters at one place. */
function isAlike(a: string, b: string): boolean {
  let head = 0;
  while (head < a.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < Math.min(a.length, b.length) - head && a.at(-1 - tail) === b.at(-1 - tail)) tail++;
  const longer = Math.max(a.length, b.length);
  return longer > 3 && longer - head - tail <= 2;
}

export function discovered(source: TargetSource, workload: Workload, collector: Collector, world: World): Discovered {
  if (source.role === 'node' || source.role === 'static') return { truth: 'yes', evidence: [] };
  const [missing] = source.missing;
  if (missing) return { truth: 'unknown', missing };
  return inNamespaces(source, workload, collector, world) ?? bySelectors(source, workload, collector);
}

/** `undefined`: the filter lets it pass. */
function inNamespaces(
  source: TargetSource,
  workload: Workload,
  collector: Collector,
  world: World,
): Discovered | undefined {
  const own = collector.workload.object.namespace;
  const names: readonly Value[] = [
    ...source.names,
    ...(source.isOwnNamespace && own ? [known(own.value, own.span)] : []),
  ];
  if (names.length === 0) return undefined;
  const namespace = workload.object.namespace;
  if (!namespace) {
    return { truth: 'unknown', missing: { kind: 'namespace', what: `the namespace of ${workload.object.name.value}` } };
  }
  const truths = names.map((name) => equal(name, known(namespace.value)));
  if (truths.includes('yes')) return undefined;
  if (truths.includes('unknown')) {
    return {
      truth: 'unknown',
      missing: missingIn(names[truths.indexOf('unknown')])[0] ?? { kind: 'namespace', what: 'a namespace' },
    };
  }
  const texts = names.map((name) => textOf(name) ?? '');
  const always = source.role === 'pod' ? WITH_PODS : ALWAYS;
  const lost = texts.filter((name) => !world.cluster.access.namespaceNames.has(name) && !always.test(name));
  return {
    truth: 'no',
    why: `it looks in ${texts.map((name) => JSON.stringify(name)).join(', ')} only`,
    span: source.namesSpan,
    isDangling: lost.length === texts.length,
    isMistyped: lost.some((name) => isAlike(name, namespace.value)),
  };
}

function bySelectors(source: TargetSource, { object, pod }: Workload, collector: Collector): Discovered {
  const evidence: { text: string; span: Span }[] = [];
  for (const { label, field, span, role = 'pod' } of source.selectors) {
    if (role !== 'pod' && !field) continue;
    if (role !== source.role) return unclear(`the selectors of ${source.component}`);
    const text = label && textOf(label);
    const selector = text === undefined ? undefined : parseSelector(text);
    if (label && !selector) return unclear(`the label selector of ${source.component}`);
    if (selector && !selects(selector, (key) => pod.labels.get(key)?.value)) {
      return {
        truth: 'no',
        why: `its selector wants ${text}`,
        span: label?.span ?? span,
        isDangling: true,
        isMistyped: false,
      };
    }
    if (selector) evidence.push({ text: `its labels fit ${text}`, span: label?.span ?? span });
    if (field && !isHarmless(field, collector)) {
      const inNamespace = /^metadata\.namespace=(=?)(.+)$/.exec(textOf(field) ?? '');
      if (inNamespace && object.namespace) {
        if (inNamespace[2] === object.namespace.value) continue;
        return {
          truth: 'no',
          why: `its selector wants ${textOf(field)}`,
          span: field.span ?? span,
          isDangling: true,
          isMistyped: false,
        };
      }
      return unclear(`the field selector of ${source.component}`);
    }
  }
  return { truth: 'yes', evidence };
}

/** Pods of the own node, seen by a collector on every node; and pods that run, as pods that are scraped do. */
function isHarmless(field: Value, collector: Collector): boolean {
  if (/^status\.phase==?Running$/.test(textOf(field) ?? '')) return true;
  const { object } = collector.workload;
  if ((object.inline?.controller ?? object.kind) !== 'DaemonSet' || field.kind !== 'concat') return false;
  const [prefix, node, ...rest] = field.parts;
  return (
    rest.length === 0 &&
    /^spec\.nodeName==?$/.test(textOf(prefix) ?? '') &&
    node?.kind === 'symbol' &&
    node.space === 'pod' &&
    node.key.endsWith('/spec.nodeName')
  );
}

function unclear(what: string): Discovered {
  return { truth: 'unknown', missing: { kind: 'selector', what } };
}

/** What is watched for each role (discovery/kubernetes). */
const WATCHED: Readonly<Record<Role, readonly string[]>> = {
  pod: ['pods'],
  endpoints: ['endpoints', 'services', 'pods'],
  endpointslice: ['endpointslices', 'services', 'pods'],
  service: ['services'],
  node: ['nodes'],
  static: [],
};

/** May the collector see pods where the workload runs, and what else it watches with them? */
export function permissionToDiscover(
  source: TargetSource,
  workload: Workload | undefined,
  collector: Collector,
  world: World,
): RbacVerdict {
  const { object } = collector.workload;
  const { inline } = object;
  if (inline?.makesAccess && !source.discoverer) {
    return { evidence: [{ text: `${inline.maker} lets the account list and watch`, span: object.name.span }] };
  }
  const account = source.discoverer?.account ?? accountOf(collector.workload);
  if (!account) {
    return { evidence: [], missing: { kind: 'namespace', what: `the namespace of ${object.name.value}` } };
  }
  const reader = { ...account, component: source.component, span: source.span };
  const asker = source.discoverer ? inDiscoverer(source.discoverer) : collector;
  const withoutToken = asker && tokenless(source, asker, world);
  if (withoutToken) return withoutToken;
  const isLimited = source.role !== 'node' && (source.names.length > 0 || source.isOwnNamespace);
  const place = isLimited ? workload?.object.namespace?.value : undefined;
  if (isLimited && place === undefined) {
    return { evidence: [], missing: { kind: 'namespace', what: 'the namespace of the workload' } };
  }
  const verdicts = [
    ...WATCHED[source.role].map((resource) => mayWatch(reader, resource, place, world)),
    ...source.also.map((resource) => mayWatch(reader, resource, undefined, world)),
  ];
  return (
    verdicts.find(({ broken }) => broken) ??
    verdicts.find(({ missing }) => missing) ?? { evidence: verdicts.flatMap(({ evidence }) => evidence) }
  );
}

/** Where the kubelet puts the token that clients in a cluster take (rest.InClusterConfig of client-go). */
const TOKEN = '/var/run/secrets/kubernetes.io/serviceaccount';

/** The webhook for roles mounts a token too, but that one is for AWS. */
function tokenless(
  source: TargetSource,
  { workload, container }: Pick<Collector, 'workload' | 'container'>,
  world: World,
): RbacVerdict | undefined {
  const { pod, object } = workload;
  if (source.role === 'static' || container.mounts.some(({ path }) => `${path}/`.startsWith(`${TOKEN}/`)))
    return undefined;
  const account = world.cluster.serviceAccount(object.namespace, pod.serviceAccountName?.value ?? 'default');
  const setting = pod.mountsToken ?? account?.mountsToken;
  if (!setting || setting.value) return undefined;
  return {
    evidence: [],
    broken: {
      claim: 'collector-may-discover',
      message: `${source.component} has no token to ask the API server with: ${labelOf(object)} mounts none`,
      span: setting.span,
      related: [{ span: source.span, message: `${source.component} discovers targets here` }],
      help: 'set automountServiceAccountToken to true on the pod',
    },
  };
}

function inDiscoverer({ workload }: Discoverer): Pick<Collector, 'workload' | 'container'> | undefined {
  const container = workload.pod.containers.find(({ role }) => role === 'main');
  return container && { workload, container };
}

/** Can the collector ask whoever discovers for it? */
export function wayToDiscoverer({ discoverer }: TargetSource, collector: Collector, world: World): RbacVerdict {
  if (!discoverer) return { evidence: [] };
  const { workload, port } = discoverer;
  const { evidence, missing, broken } = networkHop(collector.workload, workload, port, world);
  const said = { text: `${labelOf(workload.object)} discovers for it`, span: workload.object.name.span };
  const seen = evidence.flatMap(({ text, span }) => (span ? [{ text, span }] : []));
  return { evidence: [said, ...seen], ...(missing[0] && { missing: missing[0] }), ...(broken && { broken }) };
}

import {
  any,
  labelOf,
  type Missing,
  type NetworkPeer,
  type NetworkPolicy,
  type NetworkPort,
  type NetworkRule,
  type Truth,
  type Workload,
  type World,
} from '../../model';

import { type Hop, HopBuilder } from '../path';
import { maySelect, selects } from '../scrape/selector';

/** Do the NetworkPolicies of both sides let the collector reach a port of the workload? */
export function networkHop(from: Workload, to: Workload, port: number | undefined, world: World): Hop {
  const [collector, workload] = [labelOf(from.object), labelOf(to.object)];
  const hop = new HopBuilder('network', collector, workload);
  const { networkPolicies, otherPolicies } = world.cluster.access;
  // Kubernetes: no policy keeps a pod from itself.
  if (from.object === to.object) return hop.saw('a pod always reaches itself', to.object.name.span).build();
  const inward = networkPolicies.filter((policy) => policy.ingress && isAbout(policy, to));
  const outward = networkPolicies.filter((policy) => policy.egress && isAbout(policy, from));
  for (const [policies, direction, other] of [
    [inward, 'ingress', from],
    [outward, 'egress', to],
  ] as const) {
    if (policies.length === 0) continue;
    // Whether policies bind pods of the host's network is left to each network plugin.
    const isHost = from.pod.hostNetwork || to.pod.hostNetwork;
    const truth = any(
      policies.flatMap((p) => (p[direction] ?? []).map((rule) => admits(rule, p, other, to, port, world))),
    );
    if (truth === 'yes') {
      hop.saw(`${labelOf(policies[0].object)} lets it pass`, policies[0].object.name.span);
      continue;
    }
    if (truth === 'no' && !isHost && port !== undefined) {
      const [policy] = policies;
      const rules = policies.flatMap((p) => (p[direction] ?? []).map((rule) => peersOf(rule, p, other, world)));
      // Without a rule about the other side at all, every port of every pod is shut for the same reason.
      const reason = any(rules) === 'no' ? 'whole' : 'port';
      hop.breaks({
        claim: 'network-admits-scrape',
        message: `${labelOf(policy.object)} ${WHY[direction][reason]({ collector, workload, port, namespace: to.object.namespace?.value ?? '' })}`,
        span: policy[direction]?.[0]?.span ?? policy.object.name.span,
        related: [
          ...policies
            .slice(1)
            .map(({ object }) => ({ span: object.name.span, message: `nor does ${labelOf(object)}` })),
          { span: from.object.name.span, message: `${collector} scrapes from here` },
          { span: to.object.name.span, message: `${workload} is scraped here` },
        ],
      });
    } else hop.lacks(unclear(`whether ${labelOf(policies[0].object)} lets the scrape pass`));
  }
  if (otherPolicies.length > 0) hop.lacks(unclear(`not examined by this version: ${otherPolicies[0]}`));
  if (inward.length + outward.length === 0) hop.saw('no NetworkPolicy of the input is about either pod');
  if (to.object.namespace === undefined && to.object.kind !== 'Node' && networkPolicies.length > 0) {
    hop.lacks(unclear(`the namespace of ${workload}`));
  }
  return hop.build();
}

interface Ends {
  readonly collector: string;
  readonly workload: string;
  readonly port: number;
  readonly namespace: string;
}

const WHY: Readonly<Record<'ingress' | 'egress', Readonly<Record<'whole' | 'port', (ends: Ends) => string>>>> = {
  ingress: {
    whole: ({ collector }) => `does not let ${collector} in`,
    port: ({ collector, workload, port }) => `does not let ${collector} reach ${workload} on port ${port}`,
  },
  egress: {
    whole: ({ collector, namespace }) => `does not let ${collector} out to namespace ${namespace}`,
    port: ({ collector, workload, port }) => `does not let ${collector} out to ${workload} on port ${port}`,
  },
};

function unclear(what: string): Missing {
  return { kind: 'network', what };
}

/** Is a policy about the pods of a workload? */
export function isAbout({ object, pods }: NetworkPolicy, { object: owner, pod }: Workload): boolean {
  return (
    owner.namespace !== undefined &&
    object.namespace?.value === owner.namespace.value &&
    selects(pods, (key) => pod.labels.get(key)?.value)
  );
}

function admits(
  rule: NetworkRule,
  policy: NetworkPolicy,
  other: Workload,
  served: Workload,
  port: number | undefined,
  world: World,
): Truth {
  const peers = peersOf(rule, policy, other, world);
  if (peers === 'no') return 'no';
  const ports: Truth = rule.ports.length === 0 ? 'yes' : any(rule.ports.map((one) => isPort(one, served, port)));
  if (ports === 'no') return 'no';
  return peers === 'yes' && ports === 'yes' ? 'yes' : 'unknown';
}

function peersOf(rule: NetworkRule, policy: NetworkPolicy, other: Workload, world: World): Truth {
  return rule.peers.length === 0 ? 'yes' : any(rule.peers.map((peer) => isPeer(peer, policy, other, world)));
}

function isPeer({ pods, namespaces, block }: NetworkPeer, policy: NetworkPolicy, other: Workload, world: World): Truth {
  if (block) return /^(?:0\.0\.0\.0|::)\/0$/.test(block.cidr) && block.except.length === 0 ? 'yes' : 'unknown';
  const { namespace } = other.object;
  if (!namespace) return 'unknown';
  const isPod = !pods || selects(pods, (key) => other.pod.labels.get(key)?.value);
  if (!isPod) return 'no';
  if (!namespaces) return policy.object.namespace?.value === namespace.value ? 'yes' : 'no';
  const labels = world.cluster.access.namespaces.get(namespace.value);
  const label = (key: string) => (key === 'kubernetes.io/metadata.name' ? namespace.value : labels?.get(key)?.value);
  return maySelect(namespaces, label, labels !== undefined);
}

function isPort({ port, endPort, protocol }: NetworkPort, { pod }: Workload, wanted: number | undefined): Truth {
  if (protocol !== 'TCP') return 'no';
  if (port === undefined) return 'yes';
  if (wanted === undefined) return 'unknown';
  if (/^\d+$/.test(port)) {
    const low = Number(port);
    return wanted >= low && wanted <= (endPort ?? low) ? 'yes' : 'no';
  }
  const named = pod.containers.flatMap(({ ports }) => ports.filter(({ name }) => name === port));
  return named.some(({ number }) => number === wanted) ? 'yes' : 'no';
}

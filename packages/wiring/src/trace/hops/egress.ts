import { labelOf, type NetworkRule, type World } from '../../model';
import type { Span } from '../../text';
import type { Collector } from '../collectors/find';
import type { Break, HopBuilder } from '../path';
import { isAbout } from './network';

const HTTPS = 443;

/**
 * Do the NetworkPolicies let a collector out to an endpoint of AWS? Endpoints are addresses outside of the cluster, which
 * only a rule without peers or with a block of addresses lets through.
 */
export function judgeEgress(
  hop: HopBuilder,
  { workload: from, main }: Collector,
  caller: { readonly span: Span; readonly what: string },
  world: World,
): void {
  const { networkPolicies, otherPolicies } = world.cluster.access;
  const policies = networkPolicies.filter((policy) => policy.egress && isAbout(policy, from));
  if (policies.length === 0 || policies.some(({ egress = [] }) => egress.some(letsOut))) return;
  const who = labelOf(from.object);
  const isProxied =
    from.pod.containers.some(({ env }) => env.some(({ name }) => /_proxy$/i.test(name.value))) ||
    main.some(({ content }) => /proxy_url|proxy_from_environment/.test(`${content.value}`));
  // Whether policies bind pods of the host's network is left to each network plugin; others may let out what these do not.
  if (from.pod.hostNetwork || isProxied || otherPolicies.length > 0) {
    hop.lacks({ kind: 'network', what: `whether ${labelOf(policies[0].object)} lets ${who} out` });
    return;
  }
  const [policy, ...others] = policies;
  const broken: Break = {
    claim: 'network-admits-write',
    message: `${labelOf(policy.object)} does not let ${who} out to ${caller.what}`,
    span: policy.egress?.[0]?.span ?? policy.object.name.span,
    related: [
      ...others.map(({ object }) => ({ span: object.name.span, message: `nor does ${labelOf(object)}` })),
      { span: caller.span, message: `${caller.what} is called here` },
      { span: from.object.name.span, message: `${who} runs here` },
    ],
    help: `let it out on port ${HTTPS}`,
  };
  hop.breaks(broken);
}

/** May it be that the rule is about an endpoint of AWS? */
function letsOut({ peers, ports }: NetworkRule): boolean {
  const isOutside = peers.length === 0 || peers.some(({ block }) => block !== undefined);
  const isOpen = ports.some(({ port, endPort, protocol }) => {
    if (protocol !== 'TCP') return false;
    if (port === undefined || !/^\d+$/.test(port)) return true;
    return HTTPS >= Number(port) && HTTPS <= (endPort ?? Number(port));
  });
  return isOutside && (ports.length === 0 || isOpen);
}

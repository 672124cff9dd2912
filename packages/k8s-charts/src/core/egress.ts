/** Parts of network policies that several components share. */

export function tcp(port: number) {
  return { protocol: 'TCP', port } as const;
}

/** Name resolution; a cache on the node has a link-local address that no pod selector covers. */
export function toNames() {
  return { ports: [{ protocol: 'UDP', port: 53 } as const, tcp(53)] };
}

/** Kubernetes' API, STS and other services of AWS, but not the node's instance metadata: its role is not ours. */
export function toServices() {
  return {
    to: [
      { ipBlock: { cidr: '0.0.0.0/0', except: ['169.254.169.254/32'] } },
      { ipBlock: { cidr: '::/0', except: ['fd00:ec2::254/128'] } },
    ],
    ports: [tcp(443)],
  };
}

/** EKS Pod Identity Agent. */
export function toPodIdentityAgent() {
  return {
    to: [{ ipBlock: { cidr: '169.254.170.23/32' } }, { ipBlock: { cidr: 'fd00:ec2::23/128' } }],
    ports: [tcp(80)],
  };
}

/** Pods of the own namespace, at some ports. */
export interface ToPods {
  readonly to: { podSelector: { matchLabels: Record<string, string> } }[];
  readonly ports: ReturnType<typeof tcp>[];
}

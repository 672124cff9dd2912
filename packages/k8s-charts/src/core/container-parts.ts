import type { Size } from 'cdk8s';
import type { IPodSecurityContext, IResourceRequirements, ISecurityContext } from 'kubernetes-models/v1';
import { checked, invalid, type Rule } from './check';
import type { ContainerResources } from './container-resources';

/** Defaults of a component; only a CPU limit may be missing. */
export interface ResourceDefaults {
  readonly cpuRequest: string;
  readonly memoryRequest: Size;
  readonly memoryLimit: Size;
}

const CPU: Rule = {
  matches: /^(\d+m|\d+(\.\d{1,3})?)$/,
  allowed: 'a CPU quantity such as "100m" or "0.5"',
  mend: 'Write thousandths of a core with the suffix "m", or cores as a decimal number.',
};

/** The `resources` of a container. */
export function resourceRequirements(given: ContainerResources | undefined, defaults: ResourceDefaults) {
  const memoryRequest = given?.memoryRequest ?? defaults.memoryRequest;
  const memoryLimit = given?.memoryLimit ?? defaults.memoryLimit;
  if (memoryLimit.toKibibytes() < memoryRequest.toKibibytes()) {
    throw invalid(
      'resources.memoryLimit',
      quantity(memoryLimit),
      `at least the memory request, ${quantity(memoryRequest)}`,
      'Raise memoryLimit or lower memoryRequest.',
    );
  }
  const cpuLimit = given?.cpuLimit;
  return {
    requests: {
      cpu: checked('resources.cpuRequest', given?.cpuRequest ?? defaults.cpuRequest, CPU),
      memory: quantity(memoryRequest),
    },
    limits: {
      ...(cpuLimit === undefined ? {} : { cpu: checked('resources.cpuLimit', cpuLimit, CPU) }),
      memory: quantity(memoryLimit),
    },
  } satisfies IResourceRequirements;
}

/** A Kubernetes quantity in the largest binary unit that keeps it whole. */
export function quantity(size: Size): string {
  const kibibytes = size.toKibibytes();
  const units = ['Ki', 'Mi', 'Gi', 'Ti'];
  let amount = kibibytes;
  let unit = 0;
  while (unit < units.length - 1 && amount % 1024 === 0 && amount > 0) {
    amount /= 1024;
    unit += 1;
  }
  return `${amount}${units[unit]}`;
}

/** What the Pod Security Standard "restricted" asks of a container, apart from the user it runs as. */
export function lockedDown() {
  return {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    readOnlyRootFilesystem: true,
  } satisfies ISecurityContext;
}

/** A pod that runs as one user of its own, which is also its group, and never as root. */
export function unprivilegedUser(id: number) {
  return {
    runAsNonRoot: true,
    runAsUser: id,
    runAsGroup: id,
    // Makes volumes and the projected tokens readable to the group.
    fsGroup: id,
    seccompProfile: { type: 'RuntimeDefault' },
  } satisfies IPodSecurityContext;
}

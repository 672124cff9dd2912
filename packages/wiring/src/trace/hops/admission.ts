import { labelOf, type Workload, type World } from '../../model';
import type { Span } from '../../text';
import type { Break } from '../path';

const LABEL = 'pod-security.kubernetes.io/enforce';

/**
 * A namespace whose level of Pod Security does not admit the pods: both levels below `privileged` forbid directories and
 * the network of the node and privileged containers (Kubernetes, "Pod Security Standards"). EKS knows no exemptions.
 */
export function admissionBreak({ object, pod }: Workload, world: World): Break | undefined {
  const level = world.cluster.access.namespaces.get(object.namespace?.value ?? '')?.get(LABEL);
  if (!level || !['baseline', 'restricted'].includes(level.value)) return undefined;
  const volume = pod.volumes.find(({ type }) => type === 'hostPath');
  const privileged = pod.containers.find(({ security }) => security.privileged);
  const found: readonly [what: string, span: Span] | undefined = volume
    ? [`volume ${volume.name} is a directory of the node`, volume.hostPath?.span ?? volume.span]
    : privileged
      ? [`container ${privileged.name} is privileged`, privileged.span]
      : pod.hostNetwork
        ? ['they are in the network of the node', pod.span]
        : undefined;
  return (
    found && {
      claim: 'namespace-admits-pods',
      message: `namespace ${object.namespace?.value} enforces the level ${level.value}, which does not admit the pods of ${labelOf(object)}: ${found[0]}`,
      span: level.span,
      related: [{ span: found[1], message: found[0] }],
      help: `set ${LABEL} to privileged, or run the collector in a namespace of its own`,
    }
  );
}

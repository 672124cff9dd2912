import { equal, known, labelOf, type Missing, matches, type PrometheusWorkspace, type Role } from '../../model';
import { identityOf } from '../hops/identity';
import type { Look } from './look';

const ACTION = known('aps:RemoteWrite');
const MANAGED = ['AmazonPrometheusRemoteWriteAccess', 'AmazonPrometheusFullAccess'];

/**
 * Pods that are no collector that is followed, and whose role may write to workspaces: nobody knows what they bring. Of
 * roles that are not in the input nothing is known; most are for something else, so that their pods are passed over.
 */
export function otherWriters(workspace: PrometheusWorkspace, { world, collectors }: Look): readonly Missing[] {
  const writing = world.aws.roles.filter(mayWrite);
  if (writing.length === 0) return [];
  const followed = new Set(collectors.map((one) => one.workload));
  return world.cluster.workloads.flatMap((workload) => {
    if (followed.has(workload)) return [];
    const { role } = identityOf(workload, world);
    const isWriter = role !== undefined && writing.some((one) => one === role || equal(one.arn, role.arn) === 'yes');
    return isWriter
      ? [{ kind: 'not-examined', what: `what ${labelOf(workload.object)} writes to ${workspace.label}: its role may` }]
      : [];
  });
}

/** Only a permission that means writing: controllers have all of `aps:*`, and write no samples. */
function mayWrite({ policies, managedPolicyArns }: Role): boolean {
  const isAllowed = policies.some(({ statements }) =>
    statements.some(
      ({ effect, actions }) =>
        effect === 'Allow' &&
        !actions.negated &&
        actions.values.some((action) => equal(action, ACTION, { ignoreCase: true }) === 'yes'),
    ),
  );
  const isManaged = managedPolicyArns.some((arn) =>
    MANAGED.some((name) => matches(known(`*policy/${name}`), arn, { wildcards: 'star' }) === 'yes'),
  );
  return isAllowed || isManaged;
}

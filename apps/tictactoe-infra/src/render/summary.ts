import type { CloudFormationStackArtifact } from 'aws-cdk-lib/cx-api';
import type { GitopsTree } from '../cluster/gitops';

/** Counts of what was rendered, for the summary that `npm start` prints. */
export function summary(
  stacks: readonly CloudFormationStackArtifact[],
  { overlays, applications }: GitopsTree,
): string {
  const content = {
    stacks: stacks.map(({ stackName, template }) => ({
      name: stackName,
      resources: Object.keys(template.Resources ?? {}).length,
    })),
    overlays,
    argocd: applications,
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

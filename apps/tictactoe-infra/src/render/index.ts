import type { CloudFormationStackArtifact } from 'aws-cdk-lib/cx-api';
import { gitopsTree } from '../cluster/gitops';
import type { Files } from './mirror';
import { sightlineConfig } from './sightline-config';
import { summary } from './summary';

/** All files of the environment but the templates: the GitOps tree, `sightline.json` and a summary for people. */
export function render(stacks: readonly CloudFormationStackArtifact[]): Files {
  const gitops = gitopsTree();
  const files = new Map<string, string>();
  for (const [name, content] of gitops.files) files.set(`gitops/${name}`, content);
  files.set('sightline.json', sightlineConfig());
  files.set('summary.json', summary(stacks, gitops));
  return files;
}

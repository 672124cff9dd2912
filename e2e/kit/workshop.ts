import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from './rendered';

const example = join(repository, 'examples', 'eks-workshop');

/** What the example renders: its manifests and its templates. Both are empty where it was not rendered, since none of it is committed. */
export const workshop = {
  manifests: filesBelow(join(example, 'dist', 'rendered'), '.yaml'),
  templates: filesBelow(join(example, 'cdk.out'), '.template.json'),
} as const;

/** For the name of a test that is skipped. */
export const noWorkshop =
  workshop.manifests.length > 0 ? '' : ' (skipped: examples/eks-workshop is not rendered; npx turbo run synth does it)';

function filesBelow(folder: string, end: string): readonly string[] {
  const files = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [];
  return files
    .filter((file) => file.endsWith(end))
    .map((file) => join(folder, file))
    .sort();
}

/** Mirrors what `synth` rendered into the committed tree; strays are deleted. */
import * as path from 'node:path';
import { paths } from './paths';
import { mirror, readTree, writeAtomically } from './render/mirror';

const rendered = readTree(paths.rendered);
const gitops = new Map(
  [...rendered]
    .filter(([name]) => name.startsWith('gitops/'))
    .map(([name, content]) => [name.slice('gitops/'.length), content]),
);
const config = rendered.get(path.basename(paths.sightlineConfig));
if (gitops.size === 0 || config === undefined) {
  throw new Error(`nothing is rendered in ${paths.rendered}; run the task synth first`);
}
mirror(gitops, paths.gitops);
writeAtomically(paths.sightlineConfig, config);

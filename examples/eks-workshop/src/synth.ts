/** Renders the example: templates into `cdk.out`, manifests into `dist/rendered`. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { awsApp } from './aws/app';
import { manifests } from './cluster/manifests';
import { deployedWorkspaceId } from './cluster/outputs';
import { paths } from './paths';

const files = manifests(deployedWorkspaceId(paths.outputs));
// What no longer exists would otherwise stay.
for (const folder of [paths.assembly, paths.manifests]) fs.rmSync(folder, { recursive: true, force: true });
awsApp(paths.assembly).synth();
for (const [name, content] of files) {
  const file = path.join(paths.manifests, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, content);
}

/** Renders the whole environment: templates into `cdk.out`, everything else into `dist/rendered`. */
import * as fs from 'node:fs';
import { awsApp } from './aws/app';
import { paths } from './paths';
import { render } from './render';
import { mirror } from './render/mirror';

// Templates of stacks that no longer exist would otherwise stay in the assembly.
fs.rmSync(paths.assembly, { recursive: true, force: true });
const assembly = awsApp(paths.assembly).synth();
mirror(render(assembly.stacks), paths.rendered);

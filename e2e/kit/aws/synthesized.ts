import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, type Stack } from 'aws-cdk-lib';
import type { Template, TemplateBody } from '../rendered';
import { temporaryFolder } from '../temporary';

/** The templates of the stacks that are put into an app. */
export function synthesized(fill: (app: App) => Stack[]): Template[] {
  const outdir = temporaryFolder();
  const app = new App({ outdir, analyticsReporting: false, treeMetadata: false });
  const stacks = fill(app);
  app.synth();
  return stacks.map(({ stackName, templateFile }) => {
    const file = join(outdir, templateFile);
    return { stack: stackName, file, body: JSON.parse(readFileSync(file, 'utf8')) as TemplateBody };
  });
}

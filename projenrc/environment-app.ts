import { JsonFile, type Project } from 'projen';
import { privatePackage, type TypeScriptPackageOptions } from './typescript-package';

/** An app that assembles an environment from the libraries: it renders templates and a GitOps tree, and is not published. */
export function environmentApp(parent: Project, folder: string, options: TypeScriptPackageOptions) {
  const project = privatePackage(parent, folder, options);
  project.addTask('synth', { description: 'Render the templates and the GitOps tree', exec: 'node lib/synth.js' });
  project.addTask('sync', {
    description: 'Mirror what was rendered into the committed tree',
    exec: 'node lib/sync.js',
  });
  // The assembly is already there: the CDK toolkit deploys it without running the app again.
  new JsonFile(project, 'cdk.json', { marker: false, obj: { app: 'cdk.out' } });
  project.gitignore.addPatterns('/cdk.out/');
  for (const generated of ['/gitops/**', '/sightline.json']) {
    project.annotateGenerated(generated);
  }
  return project;
}

import { JsonFile, type Project } from 'projen';
import { privatePackage, type TypeScriptPackageOptions } from './typescript-package';

/** An app on the libraries that renders templates and manifests into folders that are not committed, and is not published. */
export function exampleApp(parent: Project, folder: string, options: TypeScriptPackageOptions) {
  const project = privatePackage(parent, folder, options);
  project.addTask('synth', { description: 'Render the templates and the manifests', exec: 'node lib/synth.js' });
  // The assembly is already there: the CDK toolkit deploys it without running the app again.
  new JsonFile(project, 'cdk.json', { marker: false, obj: { app: 'cdk.out' } });
  project.gitignore.addPatterns('/cdk.out/');
  return project;
}

/** An app that assembles an environment: what it renders for the cluster is a committed tree, which reviewers and Argo CD read. */
export function environmentApp(parent: Project, folder: string, options: TypeScriptPackageOptions) {
  const project = exampleApp(parent, folder, options);
  project.addTask('sync', {
    description: 'Mirror what was rendered into the committed tree',
    exec: 'node lib/sync.js',
  });
  for (const generated of ['/gitops/**', '/sightline.json']) {
    project.annotateGenerated(generated);
  }
  return project;
}

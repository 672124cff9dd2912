import type { Project } from 'projen';
import { privatePackage, type TypeScriptPackageOptions } from './typescript-package';

/**
 * The end-to-end tests: never compiled, and no part of `npm test`, because their suites need engines. `npm run e2e` in the root brings them
 * and runs the suites.
 */
export function engineTests(parent: Project, folder: string, options: TypeScriptPackageOptions) {
  const project = privatePackage(parent, folder, options);
  for (const folder of ['engines', 'kit', 'full', 'mutation', 'fuzz']) {
    project.tsconfigDev.addInclude(`${folder}/**/*.ts`);
  }
  project.compileTask.reset('tsc --noEmit -p tsconfig.dev.json');
  project.testTask.reset();
  project.package.removeScript('test');
  project.jest?.addTestMatch('<rootDir>/@(test|full)/**/*.test.ts');
  Object.assign(project.jest?.config ?? {}, { testTimeout: 180_000, maxWorkers: 2 });
  return project;
}

import type { Project } from 'projen';
import { privatePackage, type TypeScriptPackageOptions } from './typescript-package';

/**
 * The end-to-end tests: never compiled, and no part of `npm test`, because their suites need engines that `npm run
 * engines` has to bring first.
 */
export function engineTests(parent: Project, folder: string, options: TypeScriptPackageOptions) {
  const project = privatePackage(parent, folder, options);
  for (const folder of ['engines', 'kit']) {
    project.tsconfigDev.addInclude(`${folder}/**/*.ts`);
  }
  project.compileTask.reset('tsc --noEmit -p tsconfig.dev.json');
  project.testTask.reset();
  project.package.removeScript('test');
  project.addTask('engines', {
    description: 'Bring the engines that are missing into the cache',
    exec: 'tsx engines/main.ts',
    receiveArgs: true,
  });
  project.addTask('e2e', {
    description: 'Run the suites on the real engines',
    steps: [
      { exec: 'tsx engines/main.ts' },
      { exec: 'mkdir -p test-reports' },
      { exec: 'jest --ci --json --outputFile=test-reports/e2e.json', receiveArgs: true },
    ],
  });
  project.jest?.addTestMatch('<rootDir>/test/**/*.test.ts');
  Object.assign(project.jest?.config ?? {}, { testTimeout: 180_000, maxWorkers: 2 });
  return project;
}

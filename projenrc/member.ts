import type { Project } from 'projen';
import { javascript, type typescript } from 'projen';
import { identity } from './identity';
import { versions } from './versions';

/** Options that every package of the workspace shares; each class of package adds its own. */
export function memberOptions(parent: Project, folder: string, description: string) {
  const name = folder.split('/').at(-1);
  return {
    parent,
    name: `${identity.scope}/${name}`,
    description,
    outdir: folder,
    defaultReleaseBranch: identity.branch,
    packageManager: javascript.NodePackageManager.PNPM,
    pnpmVersion: versions.pnpm,
    minNodeVersion: identity.minNodeVersion,
    authorName: identity.author,
    authorOrganization: true,
    homepage: identity.docs,
    repository: identity.repository,
    repositoryDirectory: folder,
    license: 'MIT',
    copyrightOwner: identity.author,
    typescriptVersion: versions.typescript,
    projenVersion: versions.projen,
    projenCommand: 'projen',
    eslint: false,
    depsUpgrade: false,
    release: false,
    buildWorkflow: false,
    github: false,
    sampleCode: false,
    autoDetectBin: false,
    typecheckTests: true,
    tsconfigDevFile: 'tsconfig.dev.json',
    jestOptions: jestOptions(),
  };
}

function jestOptions(): javascript.JestOptions {
  return {
    jestVersion: versions.jest,
    // A snapshot that the run itself writes proves nothing.
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    junitReporting: false,
    coverageText: false,
    // `npm test` at the root adds up one report per package.
    extraCliOptions: ['--json', '--outputFile=test-reports/jest.json'],
    jestConfig: {
      collectCoverage: false,
      // Tests that pass in one order only hide shared state.
      randomize: true,
      // A busy machine is no reason to fail; nothing here asserts how long something takes.
      additionalOptions: { testTimeout: 60_000 },
      testPathIgnorePatterns: ['/node_modules/', '/fixtures/'],
      modulePathIgnorePatterns: ['<rootDir>/lib/', '<rootDir>/dist/', '<rootDir>/cdk.out/'],
    },
  };
}

/** What projen does for a project that stands alone and a member of a workspace must not do. */
export function joinWorkspace(project: typescript.TypeScriptProject): void {
  project.defaultTask?.reset(); // would synthesize the root again
  project.package.installTask.reset(); // the root installs once, after all files are written
  project.package.installCiTask.reset();
  // Jest does not make the folder of its report.
  project.testTask.prependExec('mkdir -p test-reports');
  project.package.addVersion(identity.version);
  project.package.removeScript('build'); // turbo knows the order; its `build` is made of the other tasks
  project.package.addField('packageManager', undefined);
  project.package.addField('devEngines', undefined);
  project.package.addField('pnpm', undefined);
  // The tests' tsconfig sees sources and tests, not what was compiled from them.
  project.tsconfigDev.removeInclude('**/*.ts');
  project.tsconfigDev.addInclude('src/**/*.ts');
  project.tsconfigDev.addInclude('test/**/*.ts');
  // projen's default asks pnpm for the path, which costs a process for each task.
  project.tasks.addEnvironment('PATH', '$(echo $PWD/node_modules/.bin:$PATH)');
  project.addDevDeps(
    `ts-jest@${versions['ts-jest']}`,
    `@types/jest@${versions['@types/jest']}`,
    `@types/node@${versions['@types/node']}`,
  );
  // A folder of sources about CloudWatch Logs is called `logs`; projen's default would hide it from git and from turbo.
  project.gitignore.removePatterns('logs');
  for (const ignored of ['/.turbo/', '/test-reports/']) {
    project.gitignore.addPatterns(ignored);
  }
  for (const ignored of [
    '/.turbo/',
    '/test-reports/',
    '/fixtures/',
    '/handlers/',
    '/rosetta/',
    '/tsconfig*.json',
    '/.gitattributes',
    '*.tsbuildinfo',
    '/src/',
    '/test/',
  ]) {
    project.npmignore?.addPatterns(ignored);
  }
}

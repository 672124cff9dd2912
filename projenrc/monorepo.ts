import { javascript, typescript } from 'projen';
import { Biome } from './biome';
import { DependencyUpdates } from './dependency-updates';
import { identity } from './identity';
import { Turbo } from './turbo';
import { pinned, versions } from './versions';
import { Workflows } from './workflows';

/** The root: no code of its own, only what holds the packages together. */
export class Monorepo extends typescript.TypeScriptProject {
  constructor() {
    super({
      name: 'sightline',
      description: 'Observability for EKS that you can prove before you deploy',
      defaultReleaseBranch: identity.branch,
      packageManager: javascript.NodePackageManager.PNPM,
      pnpmVersion: versions.pnpm,
      minNodeVersion: identity.minNodeVersion,
      projenVersion: versions.projen,
      typescriptVersion: versions.typescript,
      projenrcTs: true,
      runner: typescript.TypeScriptRunner.tsx(),
      authorName: identity.author,
      authorOrganization: true,
      repository: identity.repository,
      license: 'MIT',
      copyrightOwner: identity.author,
      jest: false,
      eslint: false,
      sampleCode: false,
      github: false,
      release: false,
      buildWorkflow: false,
      package: false,
      depsUpgrade: false,
      npmignoreEnabled: false,
      autoDetectBin: false,
      disableTsconfig: true,
      projenCommand: 'projen',
      tsconfigDev: {
        compilerOptions: {
          lib: ['es2023'],
          target: 'ES2022',
          module: 'node20',
          types: ['node'],
          noEmit: true,
          rootDir: undefined,
        },
        include: ['.projenrc.ts', 'projenrc/**/*.ts', 'scripts/**/*.ts'],
      },
      gitignore: ['.turbo/', '.DS_Store', '*.tsbuildinfo', '/bench-report.json'],
      pnpmOptions: {
        workspaceYamlOptions: {
          packages: ['packages/*', 'apps/*', 'examples/*', 'e2e'],
          // Install scripts run only where they are needed: pnpm brings its own binary; esbuild's ships as a package.
          allowBuilds: { esbuild: false, '@parcel/watcher': false, pnpm: true },
          verifyDepsBeforeRun: false,
          strictPeerDependencies: true,
        } as javascript.PnpmWorkspaceYamlOptions,
      },
    });
    this.package.addField('private', true);
    for (const field of ['packageManager', 'pnpm', 'main', 'types', 'publishConfig']) {
      this.package.addField(field, undefined);
    }
    this.addDevDeps(...pinned('pnpm', 'turbo', 'tsx', '@types/node', 'constructs'));
    this.tasks.addEnvironment('PATH', '$(echo $PWD/node_modules/.bin:$PATH)');
    this.tasks.addEnvironment('TURBO_TELEMETRY_DISABLED', '1');
    this.tasks.addEnvironment('TURBO_NO_UPDATE_NOTIFIER', '1');

    this.gitignore.removePatterns('logs'); // a folder of sources has that name

    new Turbo(this);
    new Biome(this);
    new Workflows(this);
    new DependencyUpdates(this);
    this.addTasks();
  }

  /** projen installs a project when its own package.json changed; here the root must install for its members too. */
  override postSynthesize(): void {
    super.postSynthesize();
    const changed = this.subprojects.some(
      (member) => member instanceof javascript.NodeProject && member.package.file.changed,
    );
    if (changed && !this.package.file.changed) {
      this.tasks.runTask(this.package.installTask.name);
    }
  }

  private addTasks(): void {
    // Needs nothing but Node and npm: npx brings pnpm, pnpm brings the rest.
    const pnpm = `npx --yes pnpm@${versions.pnpm}`;
    const bootstrap = `${pnpm} install --frozen-lockfile && ${pnpm} exec projen`;
    this.addTask('start', {
      description: 'Compile, render the tictactoe environment, prove it',
      exec: 'tsx scripts/start.ts',
    });
    this.testTask.reset('tsx scripts/test.ts', { receiveArgs: true });
    this.testTask.description = 'Run every test of every package and count them';
    this.addTask('lint', {
      description: 'Types of the project definition, format, lint, import rules',
      steps: [{ exec: 'tsc -p tsconfig.dev.json' }, { exec: 'biome ci --error-on-warnings' }],
    });
    this.addTask('fix', { description: 'Format and mend what can be mended', exec: 'biome check --write' });
    this.addTask('e2e', {
      description: 'Run what is rendered on the real engines',
      exec: 'tsx scripts/e2e.ts',
      receiveArgs: true,
    });
    this.addTask('e2e:full', {
      description: 'The long runs and large loads, too',
      exec: 'tsx scripts/e2e.ts --full',
      receiveArgs: true,
    });
    this.addTask('engines', {
      description: 'Bring the engines that are missing into the cache',
      exec: 'pnpm --filter @eks-sightline/e2e exec tsx engines/main.ts',
      receiveArgs: true,
    });
    for (const [name, folder, description] of [
      ['mutate', 'mutation', 'Break what is rendered in many ways and count what verify finds'],
      ['fuzz', 'fuzz', 'Give verify malformed input, and see that it never crashes or hangs'],
    ] as const) {
      const task = this.addTask(name, { description });
      task.exec('turbo run synth compile --filter=@eks-sightline/tictactoe-infra... --filter=@eks-sightline/cli...');
      task.exec(`pnpm --filter @eks-sightline/e2e exec tsx ${folder}/main.ts`, { receiveArgs: true });
    }
    this.addTask('compatible', {
      description: 'Compare the APIs of the jsii libraries with those of the last tag',
      steps: [
        { exec: 'turbo run compile --filter "./packages/{constructs,k8s-charts}" --output-logs=new-only' },
        { exec: 'tsx scripts/compatible.ts' },
      ],
    });
    this.addTask('docs', { description: 'Write the pages of the rules', exec: 'tsx scripts/docs.ts' });
    this.addTask('bench', {
      description: 'Measure the performance targets as ratios',
      exec: 'tsx scripts/bench.ts',
      receiveArgs: true,
    });
    this.package.setScript('start', `${bootstrap} start`);
    this.package.setScript('test', `${bootstrap} test`);
    // projen's build: synthesize, compile, test, package. Each of the steps is turbo's business here.
    this.compileTask.reset('turbo run compile');
    this.packageTask.reset('turbo run build');
    for (const name of ['watch', 'eject']) {
      this.removeTask(name);
    }
  }
}

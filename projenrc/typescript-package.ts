import { type Project, typescript } from 'projen';
import { DataModule } from './data-module';
import { joinWorkspace, memberOptions } from './member';
import { pinned, ranged, type Versioned } from './versions';

export interface TypeScriptPackageOptions {
  readonly description: string;
  readonly keywords?: string[];
  /** Third-party packages needed at run time. */
  readonly deps?: Versioned[];
  readonly devDeps?: Versioned[];
  /** Packages of this workspace; pnpm replaces `workspace:` by their version when it packs. */
  readonly workspaceDeps?: string[];
  readonly bin?: Record<string, string>;
  /** Packages that are compiled into the command, so that whoever runs it by npx installs a single file. */
  readonly bundled?: Versioned[];
  readonly bundledWorkspace?: string[];
  readonly data?: string[];
}

const compilerOptions = {
  lib: ['es2023'],
  target: 'ES2022',
  // Emits CommonJS here, and resolves ESM-only packages for lazy imports; `node16` rejects some of them.
  module: 'node20',
  types: ['node'],
  noEmitOnError: true,
  // Sources are not published twice, once in each file.
  inlineSourceMap: false,
  inlineSources: false,
};
const tsconfigs = {
  tsconfig: { compilerOptions },
  // Tests are transpiled file by file; `typecheckTests` checks their types once, as a whole.
  tsconfigDev: {
    // Declarations of tools that run in a browser, too, name types that Node has not.
    compilerOptions: { ...compilerOptions, types: ['node', 'jest'], isolatedModules: true, skipLibCheck: true },
  },
};

/** A published package that is plain TypeScript: wiring, cli. */
export function typescriptPackage(parent: Project, folder: string, options: TypeScriptPackageOptions) {
  const project = new typescript.TypeScriptProject({
    ...memberOptions(parent, folder, options.description),
    keywords: options.keywords,
    ...tsconfigs,
    bin: options.bin,
  });
  finish(project, options);
  if (options.bin) bundle(project, options);
  project.packageTask.reset('pnpm pack --pack-destination dist/js');
  return project;
}

/** One file for the command and all that it needs. The compiled modules beside it are for the tests and are not published. */
function bundle(project: typescript.TypeScriptProject, options: TypeScriptPackageOptions): void {
  project.addDevDeps(
    ...pinned('esbuild', ...(options.bundled ?? [])),
    ...(options.bundledWorkspace ?? []).map((name) => `${name}@workspace:^`),
  );
  for (const file of Object.values(options.bin ?? {})) {
    project.compileTask.exec(
      `esbuild lib/main.js --bundle --platform=node --target=node20 --main-fields=module,main --legal-comments=linked --log-level=warning --outfile=${file}`,
    );
  }
  project.package.addField('main', undefined);
  project.package.addField('types', undefined);
  project.npmignore?.removePatterns('!/lib/', '!/lib/**/*.js', '!/lib/**/*.d.ts');
  project.npmignore?.addPatterns('/lib/**', '!/lib/sightline.js', '!/lib/sightline.js.LEGAL.txt');
}

/** A private package: the app, the end-to-end tests, examples. */
export function privatePackage(parent: Project, folder: string, options: TypeScriptPackageOptions) {
  const project = new typescript.TypeScriptAppProject({
    ...memberOptions(parent, folder, options.description),
    ...tsconfigs,
    allowLibraryDependencies: true,
    npmignoreEnabled: false,
  });
  finish(project, options);
  project.package.addField('private', true);
  project.packageTask.reset();
  return project;
}

function finish(project: typescript.TypeScriptProject, options: TypeScriptPackageOptions): void {
  joinWorkspace(project);
  project.addDeps(
    ...ranged(...(options.deps ?? [])),
    ...(options.workspaceDeps ?? []).map((name) => `${name}@workspace:^`),
  );
  project.addDevDeps(...pinned(...(options.devDeps ?? [])));
  for (const file of options.data ?? []) {
    new DataModule(project, file);
  }
  project.removeTask('watch');
}

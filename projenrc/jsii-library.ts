import { awscdk, cdk8s, type Project, type typescript } from 'projen';
import { DataModule } from './data-module';
import { identity } from './identity';
import { joinWorkspace, memberOptions } from './member';
import { peered, peers, pinned, type Versioned, versions } from './versions';

interface JsiiLibraryOptions {
  readonly description: string;
  readonly keywords: string[];
  readonly devDeps?: Versioned[];
  /** Names of the files in `data/` that the library reads as typed modules. */
  readonly data?: string[];
  /** Whether `handlers/<name>/index.ts` are the sources of functions, each bundled into `assets/<name>/index.js`. */
  readonly handlers?: boolean;
}

/** The AWS side: a jsii library on aws-cdk-lib. */
export function constructLibrary(parent: Project, folder: string, options: JsiiLibraryOptions) {
  const project = new awscdk.AwsCdkConstructLibrary({
    ...jsiiOptions(parent, folder, options),
    cdkVersion: peers['aws-cdk-lib'].slice(1),
    constructsVersion: peers.constructs.slice(1),
    lambdaAutoDiscover: false,
    edgeLambdaAutoDiscover: false,
    lambdaExtensionAutoDiscover: false,
    integrationTestAutoDiscover: false,
    singletonLambdaAutoDiscover: false,
  });
  finish(project, options, ['aws-cdk-lib', 'constructs']);
  return project;
}

/** The cluster side: a jsii library on cdk8s. */
export function chartLibrary(parent: Project, folder: string, options: JsiiLibraryOptions) {
  const project = new cdk8s.ConstructLibraryCdk8s({
    ...jsiiOptions(parent, folder, options),
    cdk8sVersion: peers.cdk8s.slice(1),
    constructsVersion: peers.constructs.slice(1),
  });
  finish(project, options, ['cdk8s', 'constructs']);
  return project;
}

function jsiiOptions(parent: Project, folder: string, options: JsiiLibraryOptions) {
  const name = folder.split('/').at(-1) as string;
  const pascal = name.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
  const snake = name.replaceAll('-', '_');
  return {
    ...memberOptions(parent, folder, options.description),
    author: identity.author,
    authorAddress: identity.repositoryPage,
    repositoryUrl: identity.repository,
    keywords: options.keywords,
    jsiiVersion: versions.jsii,
    // Developed against one exact version, like the rest of the workspace; the lower end is tested by the workflow.
    peerDependencyOptions: { pinnedDevDependency: false },
    docgenFilePath: 'API.md',
    // projen's own release workflow does not work for members of a monorepo (projen#4475): see workflows.ts.
    releaseToNpm: false,
    publishToPypi: { distName: `eks-sightline-${name}`, module: `eks_sightline_${snake}` },
    publishToMaven: {
      javaPackage: `io.github.eks_sightline.${snake}`,
      mavenGroupId: 'io.github.eks_sightline',
      mavenArtifactId: name,
    },
    publishToNuget: { dotNetNamespace: `EksSightline.${pascal}`, packageId: `EksSightline.${pascal}` },
    publishToGo: { moduleName: identity.goModule, packageName: snake.replaceAll('_', '') },
  };
}

function finish(project: typescript.TypeScriptProject, options: JsiiLibraryOptions, on: (keyof typeof peers)[]): void {
  joinWorkspace(project);
  // Node 20 still gets fixes from our side; jsii's banner about it would bury its real warnings.
  project.tasks.addEnvironment('JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION', '20');
  // The development version is above the lowest peer on purpose, see versions.ts.
  project.compileTask.reset('jsii --silence-warnings=reserved-word --silence-warnings=missing-dev-dependency');
  project.addPeerDeps(...peered(...on));
  project.addDevDeps(
    ...pinned('jsii', 'jsii-rosetta', 'jsii-pacmak', 'jsii-docgen', 'jsii-diff', ...on, ...(options.devDeps ?? [])),
  );
  for (const file of options.data ?? []) {
    new DataModule(project, file);
  }
  if (options.handlers) {
    bundleHandlers(project);
  }
  // projen packages every language here; a member packages npm, and the release workflow the rest from code.
  project.packageTask.reset();
  project.packageTask.exec('pnpm pack --pack-destination dist/js');
  const code = project.addTask('package:code', {
    description: 'Generate the sources of the Python, Java, .NET and Go packages',
  });
  for (const target of ['python', 'java', 'dotnet', 'go']) {
    code.exec(`jsii-pacmak --code-only --target ${target} --pack-command "pnpm pack"`);
  }
  project.npmignore?.exclude('.compatignore'); // breaks of the API that are meant, for `projen compatible`
  // Tasks that nobody runs here confuse whoever reads `projen --help`.
  for (const name of [
    'watch',
    'compat',
    'package-all',
    'package:js',
    'package:python',
    'package:java',
    'package:dotnet',
    'package:go',
  ]) {
    project.removeTask(name);
  }
}

/** Functions are bundled when the library is built, not when a user's app is synthesized. The runtime brings the AWS SDK. */
function bundleHandlers(project: typescript.TypeScriptProject): void {
  project.addDevDeps(...pinned('esbuild'));
  project.compileTask.prependExec(
    "esbuild 'handlers/**/index.ts' --bundle --platform=node --target=node22 --external:@aws-sdk/* --log-level=warning --outdir=assets --outbase=handlers",
  );
  project.gitignore.addPatterns('/assets/');
  project.tsconfigDev.addInclude('handlers/**/*.ts');
}

import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { run, succeed } from '../engines/run';
import { filesIn, manifestOf, type PackageName, pack, publicPackages } from '../kit/packages';
import { gitops } from '../kit/rendered';
import { temporaryFolder } from '../kit/temporary';

const tarballs = new Map<PackageName, string>();
/** An npm project outside the repository that has installed the tarballs and their peers, as a user would. */
let project: string;

beforeAll(async () => {
  const folder = temporaryFolder();
  for (const name of publicPackages) {
    tarballs.set(name, await pack(name, folder));
  }
  project = temporaryFolder();
  writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'consumer', private: true }));
  const development = { ...manifestOf('constructs').devDependencies, ...manifestOf('k8s-charts').devDependencies };
  const beside = ['aws-cdk-lib', 'cdk8s', 'constructs', 'typescript', '@types/node'].map(
    (name) => `${name}@${development[name]}`,
  );
  const quiet = ['--no-audit', '--no-fund', '--no-progress', '--prefer-offline', '--loglevel=error'];
  await succeed(['npm', 'install', ...quiet, ...beside, ...tarballs.values()], { cwd: project, timeout: 300_000 });
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions }));
  cpSync(join(__dirname, '..', 'fixtures', 'consumer'), project, { recursive: true });
}, 360_000);

const compilerOptions = { strict: true, target: 'es2022', module: 'node20', types: ['node'], skipLibCheck: false };

/** The command is one file, with all that it needs inside, and the licences of that. */
const program = ['lib/sightline.js', 'lib/sightline.js.LEGAL.txt'];
const library = /API\.md|\.jsii|lib\/.+\.(js|d\.ts)|(schema|assets)\/.+\.(json|js|md)/;
const contents: Record<PackageName, RegExp> = {
  constructs: library,
  'k8s-charts': library,
  wiring: library,
  cli: /lib\/sightline\.js(\.LEGAL\.txt)?/,
};

describe.each(publicPackages)('the tarball of %s', (name) => {
  test('holds the compiled library and its documents, no tests and no sources', async () => {
    const documents = ['package.json', 'README.md', 'LICENSE'];
    const allowed = new RegExp(`^(${documents.join('|').replaceAll('.', '\\.')}|${contents[name].source})$`);
    const files = await filesIn(tarballs.get(name) ?? '');
    expect(files.filter((file) => !allowed.test(file))).toEqual([]);
    expect(files.filter((file) => /(^|\/)(test|tests|fixtures|__tests__)\/|\.(test|spec)\./.test(file))).toEqual([]);
    expect(files).toEqual(
      expect.arrayContaining([...documents, ...(name === 'cli' ? program : ['lib/index.js', 'lib/index.d.ts'])]),
    );
  });

  test('names no dependency by a protocol of the workspace', () => {
    const text = readFileSync(join(project, 'node_modules', '@eks-sightline', name, 'package.json'), 'utf8');
    const { dependencies = {}, peerDependencies = {} } = JSON.parse(text) as Partial<ReturnType<typeof manifestOf>>;
    for (const range of [...Object.values(dependencies), ...Object.values(peerDependencies)]) {
      expect(range).toMatch(/^[\^~]?\d/);
    }
  });
});

describe('a project that installs the tarballs', () => {
  test('compiles a CDK app and a cdk8s chart under strict', async () => {
    const { stdout, status } = await run([join(project, 'node_modules', '.bin', 'tsc'), '-p', '.'], {
      cwd: project,
      timeout: 120_000,
    });
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  });

  test('synthesizes the CDK app', async () => {
    await execute('cdk-app.ts');
    const template = JSON.parse(readFileSync(join(project, 'cdk.out', 'Logs.template.json'), 'utf8')) as {
      Resources: Record<string, { Type: string }>;
    };
    const types = Object.values(template.Resources).map((resource) => resource.Type);
    expect(types).toEqual(expect.arrayContaining(['AWS::IAM::Role', 'AWS::Logs::LogGroup']));
  });

  test('synthesizes the cdk8s chart', async () => {
    await execute('chart.ts');
    const [file = ''] = readdirSync(join(project, 'manifests'));
    const text = readFileSync(join(project, 'manifests', file), 'utf8');
    expect(text).toContain('kind: DaemonSet');
    expect(text).toContain('eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:role/Logs');
  });

  test('runs npx sightline verify on the rendered environment', async () => {
    const app = join(gitops, '..');
    for (const entry of ['gitops', 'cdk.out', 'sightline.json']) {
      cpSync(join(app, entry), join(project, 'environment', entry), { recursive: true });
    }
    const command = ['npx', '--no-install', 'sightline', 'verify', 'environment', '--format', 'json'];
    const { status, stdout, stderr } = await run(command, { cwd: project, timeout: 120_000 });
    // npm itself may warn of its own settings.
    const said = stderr.split('\n').filter((line) => line !== '' && !line.startsWith('npm '));
    expect({ status, said }).toEqual({ status: 0, said: [] });
    const report = JSON.parse(stdout) as { schemaVersion: number; summary: { findings: Record<string, number> } };
    expect(report.schemaVersion).toBe(1);
    expect(report.summary.findings).toMatchObject({ error: 0, warning: 0 });
  });

  test('has every peer and nothing that does not belong, by npm ls', async () => {
    const { status, stdout, stderr } = await run(['npm', 'ls', '--all'], { cwd: project, timeout: 60_000 });
    expect({ status, problems: `${stdout}${stderr}`.match(/(UNMET|invalid|extraneous).*/g) }).toEqual({
      status: 0,
      problems: null,
    });
  });

  /** Compiles one file and runs it. */
  async function execute(file: string): Promise<void> {
    const { outputText } = ts.transpileModule(readFileSync(join(project, file), 'utf8'), {
      compilerOptions: { module: ts.ModuleKind.CommonJS },
    });
    const script = join(project, file.replace(/\.ts$/, '.cjs'));
    writeFileSync(script, outputText);
    await succeed([process.execPath, script], { cwd: project, timeout: 120_000 });
  }
});

describe.each(['constructs', 'k8s-charts'] as const)('the API of %s', (name) => {
  test('has in every language what it has in TypeScript', () => {
    // GIVEN
    const folder = join(project, 'node_modules', '@eks-sightline', name);
    const index = join(folder, 'lib', 'index.d.ts');
    const program = ts.createProgram([index], { module: ts.ModuleKind.Node20, target: ts.ScriptTarget.ES2022 });
    const checker = program.getTypeChecker();
    const source = program.getSourceFile(index);
    const symbol = source && checker.getSymbolAtLocation(source);
    // WHEN
    const exported = symbol ? checker.getExportsOfModule(symbol).map((one) => one.name) : [];
    const assembly = JSON.parse(readFileSync(join(folder, '.jsii'), 'utf8')) as {
      types: Record<string, { name: string }>;
    };
    // THEN
    expect(exported.length).toBeGreaterThan(0);
    expect(exported.sort()).toEqual(
      Object.values(assembly.types)
        .map((type) => type.name)
        .sort(),
    );
  });
});

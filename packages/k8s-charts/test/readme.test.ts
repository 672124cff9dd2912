import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as cdk8s from 'cdk8s';
import * as constructs from 'constructs';
import * as ts from 'typescript';
import * as library from '../src';

const ROOT = join(__dirname, '..');
const PACKAGE = '@eks-sightline/k8s-charts';
const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
const examples = [...readme.matchAll(/```ts[^\n]*\n(.*?)```/gs)].map((match) => match[1] ?? '');

/** What the compiler has to say about a file of the user that imports the library by its name. */
function complaints(source: string): string[] {
  const file = join(ROOT, 'test', 'example.ts');
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.Node20,
    types: ['node'],
    typeRoots: [join(ROOT, 'node_modules', '@types')],
    // What users get, made by the compile task, on which the test task depends.
    paths: { [PACKAGE]: [join(ROOT, 'lib', 'index.d.ts')] },
  };
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists, getSourceFile } = host;
  host.readFile = (name) => (name === file ? source : readFile(name));
  host.fileExists = (name) => name === file || fileExists(name);
  host.getSourceFile = (name, target) =>
    name === file ? ts.createSourceFile(name, source, target) : getSourceFile(name, target);
  const program = ts.createProgram([file], options, host);
  const own = program.getSourceFile(file);
  return [...program.getSyntacticDiagnostics(own), ...program.getSemanticDiagnostics(own)].map(({ messageText }) =>
    ts.flattenDiagnosticMessageText(messageText, '\n'),
  );
}

/** Runs an example, and gives the files that it made. */
function made(source: string): library.KustomizeFile[] {
  const { outputText } = ts.transpileModule(source, { compilerOptions: { module: ts.ModuleKind.CommonJS } });
  const modules: Record<string, unknown> = { [PACKAGE]: library, cdk8s, constructs };
  const run = new Function('require', 'exports', `${outputText}\nreturn files;`);
  return run((name: string) => modules[name], {});
}

test('the README has an example', () => {
  expect(examples).toHaveLength(1);
});

test.each(examples)(
  'the example compiles under strict and renders a tree',
  (example) => {
    expect(complaints(example)).toEqual([]);
    const path = 'overlays/prod/patches/monitoring/grafana-alloy-deployment.yaml';
    expect(made(example).find((file) => file.path === path)?.text).toContain('value: shop-prod');
  },
  60_000,
);

test('an example that is wrong would be noticed', () => {
  const wrong = `import { GrafanaAlloy } from '${PACKAGE}';\nGrafanaAlloy.nothing();\n`;
  expect(complaints(wrong)).toEqual(["Property 'nothing' does not exist on type 'typeof GrafanaAlloy'."]);
}, 60_000);

test('the error that it quotes is the one that is thrown', () => {
  const quoted = /```text\n(.*?)```/s.exec(readme)?.[1]?.replace(/\s+/g, ' ').trim();
  const make = () =>
    new library.GrafanaAlloy(new cdk8s.Chart(new cdk8s.App(), 'chart'), 'alloy', {
      namespace: 'observability',
      identity: library.AwsIdentity.podIdentity(),
      clusterName: library.EnvironmentValue.literal('shop-dev'),
      remoteWrite: library.PrometheusRemoteWriteTarget.ampWorkspace({
        region: library.EnvironmentValue.literal('ap-northeast-2'),
        workspaceId: library.EnvironmentValue.configMapKey({
          namespace: 'monitoring',
          name: 'amp-workspace',
          key: 'workspaceId',
        }),
      }),
    });
  expect(quoted).toBeTruthy();
  expect(make).toThrow(quoted);
});

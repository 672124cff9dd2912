import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ts from 'typescript';

const root = join(__dirname, '..');

/** Blocks of TypeScript in the README: each is a program of its own. */
function readmeExamples(): string[] {
  const text = readFileSync(join(root, 'README.md'), 'utf8');
  return [...text.matchAll(/^```ts[^\n]*\n(.*?)^```/gms)].map(([, code]) => code);
}

/** The examples of the docstrings, put into the surroundings that jsii-rosetta gives them too. */
function docstringExamples(): string[] {
  const { types } = JSON.parse(readFileSync(join(root, '.jsii'), 'utf8'));
  const surroundings = readFileSync(join(root, 'rosetta', 'default.ts-fixture'), 'utf8');
  return Object.values<{ docs?: { example?: string } }>(types)
    .flatMap(({ docs }) => docs?.example ?? [])
    .map((example) => {
      // In TypeScript a `declare` may stand only at the top of a module.
      const declared = [...example.matchAll(/^declare .*;$/gm)].map(([line]) => line).join('\n');
      const rest = example.replace(/^declare .*;$/gm, '');
      return surroundings.replace('/// here', rest).replace(/^class /m, `${declared}\nclass `);
    });
}

/** Messages of the compiler about programs that use the library by its name, under `strict`. */
function compile(programs: readonly string[]): string[] {
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    types: ['node'],
    paths: { '@eks-sightline/constructs': [join(root, 'lib', 'index.d.ts')] },
  };
  const host = ts.createCompilerHost(options);
  const files = new Map(programs.map((code, i) => [join(root, `example-${i + 1}.ts`), code]));
  const { getSourceFile, fileExists } = host;
  host.fileExists = (name) => files.has(name) || fileExists(name);
  host.getSourceFile = (name, version) => {
    const code = files.get(name);
    return code === undefined ? getSourceFile(name, version) : ts.createSourceFile(name, code, version);
  };
  return ts
    .getPreEmitDiagnostics(ts.createProgram([...files.keys()], options, host))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

test('the examples of README and docstrings compile under strict', () => {
  const examples = [...readmeExamples(), ...docstringExamples()];

  expect(readmeExamples().length).toBeGreaterThanOrEqual(2);
  expect(docstringExamples().length).toBeGreaterThanOrEqual(5);
  expect(compile(examples)).toEqual([]);
}, 60_000);

test('an example that is wrong would not compile', () => {
  const wrong = `import { PrometheusWorkspace } from '@eks-sightline/constructs';
    import { Stack } from 'aws-cdk-lib';
    new PrometheusWorkspace(new Stack(), 'Metrics', { name: 'x' });`;

  expect(compile([wrong])).toEqual([
    expect.stringContaining("'name' does not exist in type 'PrometheusWorkspaceProps'"),
  ]);
}, 60_000);

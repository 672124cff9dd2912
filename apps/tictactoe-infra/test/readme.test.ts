import * as fs from 'node:fs';
import * as path from 'node:path';
import * as ts from 'typescript';

/** The examples of the repository's README, compiled as files of this app: it consumes the libraries as a reader would. */
const readme = fs.readFileSync(path.resolve(__dirname, '../../../README.md'), 'utf8');
const examples = [...readme.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code);

test('the README has an example', () => {
  expect(examples.length).toBeGreaterThan(0);
});

test.each(examples)(
  'example of the README compiles under strict: %#',
  (code) => {
    const file = path.resolve(__dirname, '../src/readme-example.ts');
    const options: ts.CompilerOptions = {
      strict: true,
      noEmit: true,
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.Node20,
      skipLibCheck: true,
      types: [],
    };
    const host = ts.createCompilerHost(options);
    const { getSourceFile, fileExists, readFile } = host;
    host.fileExists = (name) => name === file || fileExists(name);
    host.readFile = (name) => (name === file ? code : readFile(name));
    host.getSourceFile = (name, languageVersion, ...rest) =>
      name === file
        ? ts.createSourceFile(name, code, languageVersion)
        : getSourceFile.call(host, name, languageVersion, ...rest);

    const diagnostics = ts.getPreEmitDiagnostics(ts.createProgram([file], options, host));

    expect(diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))).toEqual([]);
  },
  60_000,
);

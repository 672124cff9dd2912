import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ts from 'typescript';

const ROOT = join(__dirname, '..');

interface Documented {
  readonly name: string;
  readonly optional?: boolean;
  readonly docs?: { readonly default?: string; readonly summary?: string };
}

interface Assembly {
  readonly types: Record<
    string,
    {
      readonly name: string;
      readonly kind: string;
      readonly datatype?: boolean;
      readonly docs?: { readonly summary?: string };
      readonly properties?: Documented[];
      readonly methods?: Documented[];
      readonly members?: Documented[];
    }
  >;
}

/** Made by the compile task, on which the test task depends. */
const assembly = JSON.parse(readFileSync(join(ROOT, '.jsii'), 'utf8')) as Assembly;
const types = Object.values(assembly.types);

test('everything that TypeScript users can import is there for users of other languages', () => {
  const program = ts.createProgram([join(ROOT, 'lib', 'index.d.ts')], { skipLibCheck: true });
  const checker = program.getTypeChecker();
  const entry = program.getSourceFile(join(ROOT, 'lib', 'index.d.ts'));
  const symbol = entry && checker.getSymbolAtLocation(entry);
  const exported = symbol ? checker.getExportsOfModule(symbol).map(({ name }) => name) : [];
  expect(exported.sort()).toEqual(types.map(({ name }) => name).sort());
});

test('every optional prop says what happens without it', () => {
  const silent = types
    .filter(({ datatype }) => datatype)
    .flatMap(({ name, properties = [] }) =>
      properties
        .filter(({ optional, docs }) => optional && !docs?.default)
        .map((property) => `${name}.${property.name}`),
    );
  expect(silent).toEqual([]);
});

test('everything public is documented', () => {
  const silent = types.flatMap(({ name, docs, properties = [], methods = [], members = [] }) => [
    ...(docs?.summary ? [] : [name]),
    ...[...properties, ...methods, ...members]
      .filter((member) => !member.docs?.summary)
      .map((member) => `${name}.${member.name}`),
  ]);
  expect(silent).toEqual([]);
});

test('no component has more than 15 props', () => {
  const large = types.filter(({ datatype, properties = [] }) => datatype && properties.length > 15);
  expect(large.map(({ name }) => name)).toEqual([]);
});

test('no declaration needs a package that only the build has', () => {
  const declarations = readdirSync(join(ROOT, 'lib'), { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.d.ts'),
  );
  const needy = declarations.filter((file) =>
    readFileSync(join(ROOT, 'lib', file), 'utf8').includes('kubernetes-models'),
  );
  expect(declarations.length).toBeGreaterThan(0);
  expect(needy).toEqual([]);
});

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ts from 'typescript';

/** As much of the jsii assembly as is looked at here. */
interface Assembly {
  readonly types: Record<string, Type>;
}

interface Type {
  readonly name: string;
  readonly kind: 'class' | 'enum' | 'interface';
  readonly datatype?: boolean;
  readonly docs?: Docs;
  readonly properties?: Member[];
  readonly methods?: Member[];
  readonly members?: Member[];
}

interface Member {
  readonly name: string;
  readonly optional?: boolean;
  readonly immutable?: boolean;
  readonly overrides?: string;
  readonly docs?: Docs;
}

interface Docs {
  readonly summary?: string;
  readonly default?: string;
  readonly example?: string;
}

const root = join(__dirname, '..');
const types = Object.values(assembly().types);

test('the exports of the library are the types of the jsii assembly: nothing vanishes in other languages', () => {
  const entry = join(root, 'lib', 'index.d.ts');
  const program = ts.createProgram([entry], { module: ts.ModuleKind.Node16, skipLibCheck: true, noLib: true });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(entry);
  const symbol = source && checker.getSymbolAtLocation(source);
  const exported = symbol ? checker.getExportsOfModule(symbol).map(({ name }) => name) : [];

  expect(exported.length).toBeGreaterThan(0);
  expect(exported.sort()).toEqual(types.map(({ name }) => name).sort());
});

test('every optional prop says its default', () => {
  const optional = types
    .filter(({ datatype }) => datatype)
    .flatMap((type) => (type.properties ?? []).filter((prop) => prop.optional).map((prop) => ({ type, prop })));
  const silent = optional
    .filter(({ prop }) => !prop.docs?.default)
    .map(({ type, prop }) => `${type.name}.${prop.name}`);

  expect(optional.length).toBeGreaterThan(0);
  expect(silent).toEqual([]);
});

test('every prop is readonly, and no struct has more than 15', () => {
  for (const { name, properties = [] } of types.filter(({ datatype }) => datatype)) {
    expect(properties.filter(({ immutable }) => !immutable).map((prop) => `${name}.${prop.name}`)).toEqual([]);
    expect(properties.length).toBeLessThanOrEqual(15);
  }
});

test('every type and every member is documented; what implements an interface is documented there', () => {
  const silent = types.flatMap((type) => [
    ...(type.docs?.summary ? [] : [type.name]),
    ...[...(type.properties ?? []), ...(type.methods ?? []), ...(type.members ?? [])]
      .filter((member) => !member.docs?.summary && !member.overrides)
      .map((member) => `${type.name}.${member.name}`),
  ]);

  expect(silent).toEqual([]);
});

test('every class shows how it is used', () => {
  const silent = types.filter(({ kind, docs }) => kind === 'class' && !docs?.example).map(({ name }) => name);

  expect(silent).toEqual([]);
});

function assembly(): Assembly {
  const file = join(root, '.jsii');
  if (!existsSync(file)) {
    throw new Error(`${file} does not exist: compile the package first (projen compile)`);
  }
  return JSON.parse(readFileSync(file, 'utf8'));
}

import {
  type AlloyBlock,
  type AlloyExpression,
  type AlloyStatement,
  attributeOf,
  blocksOf,
  componentId,
} from './syntax';

/** Modules within modules go no deeper in anything that was written by hand; more is a module that uses itself. */
const MAX_DEPTH = 8;

/**
 * A body in which every use of a module (`declare`) is replaced by what the module has in it, as Alloy runs it: its
 * components under names of their own, its arguments by what they are given, its exports by what they stand for.
 */
export function expandDeclared(body: readonly AlloyStatement[], depth = 0): readonly AlloyStatement[] {
  const modules = new Map(blocksOf(body, 'declare').flatMap((block) => (block.label ? [[block.label, block]] : [])));
  if (modules.size === 0 || depth > MAX_DEPTH) return body;
  const exported = new Map<string, AlloyExpression>();
  const expanded = body.flatMap((statement): readonly AlloyStatement[] => {
    const module = statement.kind === 'block' ? modules.get(statement.name) : undefined;
    if (statement.kind !== 'block' || statement.name === 'declare')
      return statement.kind === 'block' ? [] : [statement];
    return module ? used(statement, module, modules, exported, depth) : [statement];
  });
  // What a module exports is named outside of it.
  return rewritten(expanded, (path) => exported.get(path.join('.')));
}

function used(
  use: AlloyBlock,
  module: AlloyBlock,
  modules: ReadonlyMap<string, AlloyBlock>,
  exported: Map<string, AlloyExpression>,
  depth: number,
): readonly AlloyStatement[] {
  const id = componentId(use);
  // A module sees the modules around it, but for itself.
  const around = [...modules].filter(([name]) => name !== use.name).map(([, block]) => block);
  const inner = expandDeclared([...around, ...module.body], depth + 1).filter(
    (one): one is AlloyBlock => one.kind === 'block' && !around.includes(one),
  );
  const own = new Map(inner.filter(isComponent).map((block) => [componentId(block), renamed(block, id)]));
  const defaults = new Map(
    blocksOf(module.body, 'argument').map((block) => [block.label, attributeOf(block.body, 'default')]),
  );
  const meaning = (path: readonly string[]): AlloyExpression | readonly string[] | undefined => {
    if (path[0] === 'argument' && path[2] === 'value') {
      return (attributeOf(use.body, path[1]) ?? defaults.get(path[1]))?.value;
    }
    const found = path.map((_, index) => path.slice(0, index + 1).join('.')).find((name) => own.has(name));
    const block = found === undefined ? undefined : own.get(found);
    return (
      block && [
        ...componentId(block).split('.').slice(0, -1),
        block.label ?? '',
        ...path.slice(found?.split('.').length),
      ]
    );
  };
  for (const block of blocksOf(inner, 'export')) {
    const value = attributeOf(block.body, 'value');
    if (value) exported.set(`${id}.${block.label}`, rewrite(value.value, meaning));
  }
  return rewritten([...own.values()], meaning);
}

function isComponent({ name }: AlloyBlock): boolean {
  return name !== 'argument' && name !== 'export' && name !== 'declare';
}

/** Names stay apart where a module is used twice. */
function renamed(block: AlloyBlock, id: string): AlloyBlock {
  return { ...block, label: `${id.replaceAll('.', '/')}/${block.label ?? ''}` };
}

type Meaning = (path: readonly string[]) => AlloyExpression | readonly string[] | undefined;

function rewritten(body: readonly AlloyStatement[], meaning: Meaning): readonly AlloyStatement[] {
  return body.map((statement) =>
    statement.kind === 'block'
      ? { ...statement, body: rewritten(statement.body, meaning) }
      : { ...statement, value: rewrite(statement.value, meaning) },
  );
}

function rewrite(expression: AlloyExpression, meaning: Meaning): AlloyExpression {
  const inner = (part: AlloyExpression) => rewrite(part, meaning);
  switch (expression.kind) {
    case 'literal':
      return expression;
    case 'identifier':
    case 'access': {
      const path = pathOf(expression);
      const found = path && meaning(path);
      if (found) return isPath(found) ? chain(found, expression) : found;
      if (expression.kind === 'identifier') return expression;
      return path ? shortened(expression, path, meaning) : { ...expression, of: inner(expression.of) };
    }
    case 'index':
      return { ...expression, of: inner(expression.of), index: inner(expression.index) };
    case 'array':
      return { ...expression, items: expression.items.map(inner) };
    case 'object':
      return { ...expression, fields: expression.fields.map((field) => ({ ...field, value: inner(field.value) })) };
    case 'call':
      return { ...expression, arguments: expression.arguments.map(inner) };
    case 'unary':
      return { ...expression, value: inner(expression.value) };
    case 'binary':
      return { ...expression, left: inner(expression.left), right: inner(expression.right) };
  }
}

/** A field of what a part of the name stands for: `argument.settings.value.region`. */
function shortened(
  expression: AlloyExpression & { readonly kind: 'access' },
  path: readonly string[],
  meaning: Meaning,
): AlloyExpression {
  const found = path.length > 1 ? meaning(path.slice(0, -1)) : undefined;
  if (!found || isPath(found)) return expression;
  return { ...expression, of: found };
}

function isPath(found: AlloyExpression | readonly string[]): found is readonly string[] {
  return Array.isArray(found);
}

function pathOf(expression: AlloyExpression): readonly string[] | undefined {
  const names: string[] = [];
  let here = expression;
  for (; here.kind === 'access'; here = here.of) names.unshift(here.name);
  return here.kind === 'identifier' ? [here.name, ...names] : undefined;
}

function chain([first, ...rest]: readonly string[], { span }: AlloyExpression): AlloyExpression {
  return rest.reduce<AlloyExpression>((of, name) => ({ kind: 'access', of, name, nameSpan: span, span }), {
    kind: 'identifier',
    name: first ?? '',
    span,
  });
}

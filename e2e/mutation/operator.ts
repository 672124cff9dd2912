import { type Path, pathsOf, type Thing, valueAt, type Yard } from './yard';

/** One change of one value, or several that make one fault. */
export interface Mutation {
  readonly thing: Thing;
  readonly path: Path;
  /** The new value; undefined takes the key, the item or the whole thing away. */
  readonly to: unknown;
}

export interface End {
  readonly thing: Thing;
  readonly path: Path;
  /** In a text of several lines, those that have one of these. */
  readonly words?: readonly string[];
}

/** A fault that people make, and the places where it can be made. */
export interface Operator {
  readonly id: string;
  /** What it does, in words. */
  readonly does: string;
  /** Lint rules that are made for this very fault, by id, and why. Of any other rule only a path that turns broken counts. */
  readonly lint?: Readonly<Record<string, string>>;
  /** Why some of its mutants change nothing that happens; they have to have the same trace. */
  readonly equal?: string;
  /** What stands at the other ends of the wire, beside every place that has the same value. */
  readonly ends?: (yard: Yard, thing: Thing) => readonly End[];
  readonly mutations: (yard: Yard) => readonly Mutation[];
}

type Change = (value: never, thing: Thing, path: Path) => unknown;

/** Sets what fits the pattern in things of a kind; where the change gives back the same value, there is no mutant. */
export function set(kinds: string | readonly string[], pattern: Path, change: Change) {
  return (yard: Yard): Mutation[] =>
    yard.of(...[kinds].flat()).flatMap((thing) =>
      pathsOf(thing, pattern).flatMap((path) => {
        const from = valueAt(thing, path) as never;
        const to = change(from, thing, path);
        return to === from || to === undefined ? [] : [{ thing, path, to }];
      }),
    );
}

/** Takes away what fits the pattern, where `which` agrees. */
export function remove(kinds: string | readonly string[], pattern: Path, which = (_: never, __: Thing) => true) {
  return (yard: Yard): Mutation[] =>
    yard.of(...[kinds].flat()).flatMap((thing) =>
      pathsOf(thing, pattern)
        .filter((path) => which(valueAt(thing, path) as never, thing))
        .map((path) => ({ thing, path, to: undefined })),
    );
}

/** Replaces each match of an expression in texts that fit the pattern, one at a time. */
export function replace(
  kinds: string | readonly string[],
  pattern: Path,
  expression: RegExp,
  to: string | ((match: RegExpExecArray) => string),
) {
  return (yard: Yard): Mutation[] =>
    yard.of(...[kinds].flat()).flatMap((thing) =>
      pathsOf(thing, pattern).flatMap((path) => {
        const text = valueAt(thing, path);
        if (typeof text !== 'string') {
          return [];
        }
        const flags = expression.flags.replace('g', '');
        return [...text.matchAll(new RegExp(expression, `${flags}g`))].flatMap((match) => {
          // What stands around a match, which the expression may look at, has to stay in sight.
          const here = new RegExp(expression, `${flags}y`);
          here.lastIndex = match.index;
          const changed =
            typeof to === 'string' ? text.replace(here, to) : text.replace(here, () => to(match as RegExpExecArray));
          return changed === text ? [] : [{ thing, path, to: changed }];
        });
      }),
    );
}

export function all(...parts: readonly ((yard: Yard) => readonly Mutation[])[]) {
  return (yard: Yard): Mutation[] => parts.flatMap((part) => part(yard));
}

/** Keeps the mutants of things that a condition holds for. */
export function where(condition: (thing: Thing, yard: Yard) => boolean, part: (yard: Yard) => readonly Mutation[]) {
  return (yard: Yard): Mutation[] => part(yard).filter(({ thing }) => condition(thing, yard));
}

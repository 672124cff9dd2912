/** Smaller ones of the same kind: without one entry of a list or an object, at any depth. */
export function* smaller(value: unknown): Generator<unknown> {
  if (Array.isArray(value)) {
    for (const index of value.keys()) {
      yield value.filter((_, other) => other !== index);
      for (const part of smaller(value[index])) yield value.map((old, other) => (other === index ? part : old));
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, entry] of Object.entries(value)) {
      const rest = Object.entries(value).filter(([other]) => other !== key);
      // What a policy of another version means is another question.
      if (key !== 'Version') yield Object.fromEntries(rest);
      for (const part of smaller(entry)) yield { ...value, [key]: part };
    }
  }
}

/** The least that still has the property; the question is asked for many at once, as oracles are slow to start. */
export async function shrunk<T>(one: T, holds: (many: readonly T[]) => Promise<readonly boolean[]>): Promise<T> {
  for (let least = one; ; ) {
    const candidates = [...smaller(least)] as T[];
    const found = candidates[(await holds(candidates)).indexOf(true)];
    if (found === undefined) return least;
    least = found;
  }
}

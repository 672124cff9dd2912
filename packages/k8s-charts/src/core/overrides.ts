import { invalid } from './check';

/** Plain data of a manifest. */
export type Data = string | number | boolean | null | undefined | Data[] | { [key: string]: Data };

/**
 * Merges what a user wants different into what a component rendered: objects by key, lists of named things by name, anything else is
 * replaced. What joins the component to other objects cannot be replaced that way.
 *
 * @param prop Name of the prop, for error messages
 * @param rendered What the component renders
 * @param overrides What is to be different
 * @param wiring Picks what must stay as it is, by what to call it
 */
export function withOverrides<T extends object>(
  prop: string,
  rendered: T,
  overrides: { [key: string]: unknown } | undefined,
  wiring: (manifest: Data) => { [what: string]: Data },
): T {
  if (overrides === undefined) {
    return rendered;
  }
  const before = wiring(rendered as unknown as Data);
  const merged = merge(rendered as unknown as Data, overrides as Data);
  const after = wiring(merged);
  for (const what of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (JSON.stringify(before[what]) !== JSON.stringify(after[what])) {
      throw invalid(
        prop,
        after[what] ?? null,
        `${what} ${JSON.stringify(before[what] ?? null)}, as other objects rely on it`,
        'Use the prop of the component that sets it.',
      );
    }
  }
  return merged as unknown as T;
}

export function merge(base: Data, over: Data): Data {
  if (isObject(base) && isObject(over)) {
    const merged = { ...base };
    for (const [key, value] of Object.entries(over)) {
      merged[key] = merge(base[key], value);
    }
    return merged;
  }
  if (named(base) && named(over)) {
    const added = over.filter((item) => !base.some((own) => own.name === item.name));
    return [...base.map((own) => merge(own, over.find((item) => item.name === own.name) ?? own)), ...added];
  }
  return over === undefined ? base : over;
}

function isObject(value: Data): value is { [key: string]: Data } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A list whose items are told apart by their names, as containers and variables are. */
function named(value: Data): value is { [key: string]: Data }[] {
  return Array.isArray(value) && value.length > 0 && value.every((item) => isObject(item) && 'name' in item);
}

/** The value at a path of keys; of a list of named things, the one of that name. */
export function pick(value: Data, ...path: string[]): Data {
  return path.reduce<Data>((current, step) => {
    if (named(current)) {
      return current.find((item) => item.name === step);
    }
    return isObject(current) ? current[step] : undefined;
  }, value);
}

import { known, type Missing, missingIn, textOf, type Value, written } from '../../../model';
import { at, itemsAt, mapAt, scalarAt } from '../../../read/access';
import type { MapNode, Node, ScalarNode, Span } from '../../../text';
import type { Setting } from '../metrics-plan';

/** What a program makes of a scalar of its configuration before it looks at it. */
export type Expand = (scalar: ScalarNode) => Omit<Setting, 'span'>;

/** Prometheus takes its configuration as it is written; what somebody still has to fill in stays open. */
export const asWritten: Expand = (scalar) => ({
  value: written(sourceText(scalar), scalar.span),
  unset: [],
  origins: [],
});

/** The text of a scalar as Go's YAML gives it to a field that is a text: `true` and `0644` keep their letters. */
export function sourceText(scalar: ScalarNode): string {
  if (typeof scalar.value === 'string') return scalar.value;
  const { source, start, end } = scalar.span;
  const text = source.text.slice(start, end);
  return /^[\w.+-]+$/.test(text) ? text : `${scalar.value}`;
}

/** Settings of one configuration, with the values that the program sees. */
export class Settings {
  constructor(private readonly expand: Expand) {}

  /** A setting that has a value; null is as good as nothing. */
  setting(node: Node | undefined, ...path: readonly (string | number)[]): Setting | undefined {
    const scalar = scalarAt(node, ...path);
    return scalar && scalar.value !== null ? { ...this.expand(scalar), span: scalar.span } : undefined;
  }

  value(node: Node | undefined, ...path: readonly (string | number)[]): Value | undefined {
    return this.setting(node, ...path)?.value;
  }

  text(node: Node | undefined, ...path: readonly (string | number)[]): string | undefined {
    return textOf(this.value(node, ...path));
  }

  isTrue(node: Node | undefined, ...path: readonly (string | number)[]): boolean {
    return /^(?:true|yes|on|y)$/i.test(this.text(node, ...path) ?? '');
  }

  values(node: Node | undefined, ...path: readonly string[]): readonly Value[] {
    return itemsAt(node, ...path).flatMap((item) => this.value(item) ?? []);
  }

  /** Plain texts of a map, such as labels; values that are not known are left out and named. */
  texts(
    node: Node | undefined,
    ...path: readonly string[]
  ): { texts: ReadonlyMap<string, string>; missing: readonly Missing[] } {
    const texts = new Map<string, string>();
    const missing: Missing[] = [];
    for (const [key, entry] of mapAt(node, ...path)?.entries ?? []) {
      const value = this.value(entry.value) ?? known('');
      const text = textOf(value);
      if (text !== undefined) texts.set(key, text);
      else missing.push(...missingIn(value));
    }
    return { texts, missing };
  }
}

export function spanOfKey(node: Node | undefined, key: string, fallback: Span): Span {
  return node?.kind === 'map' ? (node.entries.get(key)?.key ?? fallback) : fallback;
}

export function asMap(node: Node | undefined): MapNode | undefined {
  return node?.kind === 'map' ? node : undefined;
}

export { at, itemsAt, mapAt };

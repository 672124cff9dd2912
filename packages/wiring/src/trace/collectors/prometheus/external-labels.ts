import { concat, known, unknown, type Value } from '../../../model';
import type { Node } from '../../../text';
import type { Environment } from '../../environment';
import type { Collector } from '../find';
import type { Settings } from './settings';

/** Labels for all samples, with the variables in them expanded where that is known. */
export function externalLabels(
  node: Node | undefined,
  settings: Settings,
  expand?: (label: string, text: string) => Value,
): ReadonlyMap<string, Value> {
  const found = new Map<string, Value>();
  for (const [name, { value }] of node?.kind === 'map' ? node.entries : []) {
    const text = value.kind === 'scalar' && typeof value.value === 'string' ? value.value : '';
    found.set(name, expand && text.includes('$') ? expand(name, text) : (settings.value(value) ?? known('')));
  }
  return found;
}

/**
 * Prometheus 3 puts variables of its environment into external labels, and an empty text for one that is not set; before,
 * it needs a flag (Prometheus 3 migration guide).
 */
export function expandedBy(environment: Environment, { container }: Collector): (label: string, text: string) => Value {
  const major = /:v?(\d+)\./.exec(container.image?.value ?? '')?.[1];
  const isAsked = container.arguments.some(({ value }) => /^--enable-feature=.*\bexpand-external-labels\b/.test(value));
  return (label, text) => {
    if (!isAsked && major !== undefined && Number(major) < 3) return known(text);
    const parts: Value[] = [];
    let from = 0;
    for (const found of text.matchAll(/\$(?:\{(\w+)\}|(\w+)|(\$))/g)) {
      parts.push(known(text.slice(from, found.index)));
      from = found.index + found[0].length;
      const name = found[1] ?? found[2];
      const value = name === undefined ? known('$') : environment.read(name)?.value;
      // Who sets a variable and names it here means it; which version a chart installs, its values do not say.
      const unset = isAsked || major !== undefined ? known('') : unknown('variable', `external label ${label}`);
      parts.push(value ?? unset);
    }
    return concat([...parts, known(text.slice(from))]);
  };
}

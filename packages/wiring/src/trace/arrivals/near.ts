import { distance } from '../../text';

/** The name that was perhaps meant: it differs by little, or is the same but for an end that counters and histograms get. */
export function nearest(wanted: string, names: readonly string[]): string | undefined {
  const bare = (name: string) => name.replace(/_(?:total|count|sum|bucket)$/, '');
  let found: string | undefined;
  let least = Math.max(2, Math.floor(wanted.length / 5)) + 1;
  for (const name of new Set(names)) {
    if (name.startsWith('__') || name === wanted) continue;
    if (Math.abs(name.length - wanted.length) >= least && bare(name) !== bare(wanted)) continue;
    const edits = bare(name) === bare(wanted) ? 1 : distance(wanted, name);
    if (edits < least) [found, least] = [name, edits];
  }
  return found;
}

const MAX_SHOWN = 5;

export function shownValues(values: readonly string[]): string {
  const all = [...new Set(values)].filter((value) => value !== '').sort();
  const rest = all.length > MAX_SHOWN ? ` and ${all.length - MAX_SHOWN} more` : '';
  return all.length === 0 ? 'not known' : `${all.slice(0, MAX_SHOWN).join(', ')}${rest}`;
}

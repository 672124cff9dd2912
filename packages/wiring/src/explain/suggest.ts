import { distance } from '../text';

/** The names that were perhaps meant: those that differ by little, or that hold a part of what was given. */
export function suggest(given: string, names: readonly string[], most = 3): readonly string[] {
  const wanted = given.toLowerCase();
  const scored = names
    .map((name) => ({ name, score: score(wanted, name) }))
    .filter(({ score: of }) => of < Number.POSITIVE_INFINITY);
  return scored
    .sort((a, b) => a.score - b.score || (a.name < b.name ? -1 : 1))
    .slice(0, most)
    .map(({ name }) => name);
}

function score(wanted: string, name: string): number {
  const bare = name.slice(name.indexOf('/') + 1);
  const edits = Math.min(distance(wanted, name), distance(wanted, bare));
  if (edits <= Math.max(2, Math.floor(wanted.length / 4))) return edits;
  const words = wanted.split(/[/-]/).filter((word) => word.length > 3);
  const shared = words.filter((word) => name.includes(word)).length;
  return shared === 0 ? Number.POSITIVE_INFINITY : 100 - shared;
}

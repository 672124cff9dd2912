/** Letters to put in, take out, change, or swap with their neighbour (the restricted distance of Damerau and Levenshtein). */
export function distance(a: string, b: string): number {
  let before: number[] = [];
  let row = [...Array(b.length + 1).keys()];
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    before = row;
    row = next;
  }
  return row[b.length];
}

/** The one of some names that a name was most likely meant to be: a letter apart, or two of a longer one. */
export function nearestName(given: string, names: Iterable<string>, shortest = 4): string | undefined {
  let best: string | undefined;
  let least = given.length > 5 ? 3 : 2;
  for (const name of names) {
    if (name.length < shortest || Math.abs(name.length - given.length) >= least) continue;
    const edits = distance(given, name);
    if (edits < least) [best, least] = [name, edits];
  }
  return best;
}

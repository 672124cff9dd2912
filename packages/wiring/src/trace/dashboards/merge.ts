import type { Hop } from '../path';

/** Several questions of one panel make one way: hops of a kind are one, as bad as the worst of them. */
export function mergeHops(...hops: readonly Hop[]): readonly Hop[] {
  const byKind = new Map<string, Hop>();
  for (const hop of hops) {
    const seen = byKind.get(hop.kind);
    byKind.set(hop.kind, seen ? merged(seen, hop) : hop);
  }
  return [...byKind.values()];
}

function merged(a: Hop, b: Hop): Hop {
  const broken = a.broken ?? b.broken;
  const evidence = [...a.evidence, ...b.evidence];
  if (broken) return { ...a, status: 'broken', missing: [], evidence, broken };
  const told = new Set(a.missing.map(({ what }) => what));
  const missing = [...a.missing, ...b.missing.filter(({ what }) => !told.has(what))];
  return { ...a, status: missing.length > 0 ? 'unknown' : 'proven', missing, evidence };
}

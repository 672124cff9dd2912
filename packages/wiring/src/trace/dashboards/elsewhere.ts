import type { Hop, Path } from '../path';

/** The hop that says which store is read. */
const STORES = new Set(['url', 'log-group']);

/**
 * A Grafana whose stack several worlds share shows each what is in another's stores, too: such a panel is judged in the
 * world whose store it reads. What is in no world's store stays where it is.
 *
 * @param shared the paths of dashboards that stand in a stack or in files, which several worlds may have
 */
export function withoutOthers(paths: readonly Path[], shared: ReadonlySet<Path>): readonly Path[] {
  const found = new Set<string>();
  for (const path of paths) if (shared.has(path) && isFound(path)) found.add(keyOf(path));
  return paths.filter((path) => !shared.has(path) || isFound(path) || !found.has(keyOf(path)));
}

function isFound({ hops }: Path): boolean {
  return hops.some(({ kind, status }) => STORES.has(kind) && status === 'proven');
}

/** The same question to the same data source, whatever world it is seen from. */
function keyOf({ id, world, hops }: Path): string {
  const spans = hops.filter(({ kind }) => kind === 'data-source').flatMap(({ evidence }: Hop) => evidence);
  const places = spans.map(({ span }) => (span ? `${span.source.file}:${span.start}` : ''));
  return [id.replace(`:${world}:`, ':'), ...places].join('\n');
}

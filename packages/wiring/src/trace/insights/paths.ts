import { describe, type StoredQuery, type World } from '../../model';
import type { Path } from '../path';
import { judgeInsights } from './judge';

/** The ways from log groups to the questions that are kept in the account: definitions, widgets, metric filters. */
export function logQueryPaths(world: World): readonly Path[] {
  const seen = new Map<string, number>();
  return world.aws.logQueries.map((query) => {
    const path = pathOf(query, world);
    const count = seen.get(path.id) ?? 0;
    seen.set(path.id, count + 1);
    return count === 0 ? path : { ...path, id: `${path.id}:${count}` };
  });
}

function pathOf(query: StoredQuery, world: World): Path {
  const { hops, names } = judgeInsights(query, world);
  return {
    id: `dashboards:${world.name}:${query.kind}:${query.name}`,
    world: world.name,
    signal: 'dashboards',
    source: { kind: 'LogGroup', name: names.map(describe).join(', ') || 'none' },
    sink: { kind: query.kind, id: query.name },
    hops,
  };
}

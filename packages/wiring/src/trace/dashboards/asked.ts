import type { Dashboard, DataSourceRef, Panel, PanelQuery, World } from '../../model';
import { type Found, findSources } from './references';
import type { ResolvedSource } from './resolved-source';
import { storeHop } from './store';

/** The questions of a panel that go to one place. */
export interface Group {
  readonly found: Exclude<Found, { kind: 'built-in' | 'mixed' }>;
  readonly ref?: DataSourceRef;
  readonly queries: readonly PanelQuery[];
}

/** Looks the data sources of one dashboard up; panels name the same few again and again. */
export class Lookup {
  private readonly kept = new Map<string, Found>();

  constructor(
    private readonly dashboard: Dashboard,
    private readonly world: World,
  ) {}

  find(ref: DataSourceRef | undefined): Found {
    const key = `${ref?.uid?.value ?? ''}\n${ref?.type?.value ?? ''}`;
    const seen = this.kept.get(key);
    if (seen) return seen;
    const found = findSources(ref, this.dashboard, this.dashboard.label, this.world);
    const near = found.kind === 'sources' ? { ...found, sources: ownFirst(found.sources, this.world) } : found;
    this.kept.set(key, near);
    return near;
  }

  /** A panel's own data source wins over those of its queries, unless it is a mix (Grafana, PanelQueryRunner). */
  groups({ dataSource, queries }: Panel): readonly Group[] {
    const groups = new Map<string, { ref: DataSourceRef | undefined; found: Found; queries: PanelQuery[] }>();
    const isMixed = dataSource?.uid?.value === '-- Mixed --';
    // First, so that what is not there is told of where the panel names it.
    if (dataSource && !isMixed) this.find(dataSource);
    for (const query of queries) {
      const own = query.dataSource;
      if (own && this.find(own).kind === 'built-in') continue;
      const ref = dataSource && !isMixed ? dataSource : own;
      const found = this.find(ref);
      const key = `${ref?.uid?.value ?? ''}\n${found.kind === 'sources' ? '' : (ref?.type?.value ?? '')}`;
      const group = groups.get(key) ?? { ref, found, queries: [] };
      group.queries.push(query);
      groups.set(key, group);
    }
    return [...groups.values()].flatMap(({ ref, found, queries: of }) =>
      found.kind === 'built-in' || found.kind === 'mixed' ? [] : [{ found, queries: of, ...(ref && { ref }) }],
    );
  }
}

/** Of several that a reader can choose from, those of this world; the others are judged in theirs. */
function ownFirst(sources: readonly ResolvedSource[], world: World): readonly ResolvedSource[] {
  if (sources.length < 2) return sources;
  const own = sources.filter((one) => storeHop(one, world).workspace !== undefined);
  return own.length > 0 ? own : sources;
}

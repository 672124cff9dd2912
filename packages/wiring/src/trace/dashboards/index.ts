import { type Dashboard, type DashboardGap, describe, type Missing, type Panel, textOf, type World } from '../../model';
import { type Break, blocked, type Hop, HopBuilder, type Path } from '../path';
import { type Group, Lookup } from './asked';
import { withoutOthers } from './elsewhere';
import { judgeFit } from './fit';
import type { QueryJudge } from './judge';
import { logsHops } from './logs-panel';
import { metricsHops } from './metrics-panel';
import { lostFolder, strayed } from './places';
import { isPrometheus } from './plugins';
import type { ResolvedSource } from './resolved-source';
import { endpoint, storeOf, tailOf } from './tail';
import { variablePaths } from './variables';

/** The ways from stores to what people look at: one for each panel and data source. */
export function dashboardPaths(worlds: readonly World[], judge: QueryJudge): readonly Path[] {
  const shared = new Set<Path>();
  return withoutOthers(
    worlds.flatMap((world) => pathsOf(world, judge, shared)),
    shared,
  );
}

function pathsOf(world: World, judge: QueryJudge, shared: Set<Path>): readonly Path[] {
  const names = new Map<string, number>();
  return world.grafana.dashboards.flatMap((dashboard) => {
    const name = dashboard.uid?.value ?? dashboard.title ?? dashboard.label;
    const count = names.get(name) ?? 0;
    names.set(name, count + 1);
    return new DashboardTrace(dashboard, count === 0 ? name : `${name}:${count}`, world, judge).paths(shared);
  });
}

/** Panels of one dashboard may have the same number, where somebody wrote them by hand. */
function unlike(paths: readonly Path[]): readonly Path[] {
  const seen = new Map<string, number>();
  return paths.map((path) => {
    const count = seen.get(path.id) ?? 0;
    seen.set(path.id, count + 1);
    return count === 0 ? path : { ...path, id: `${path.id}:${count}` };
  });
}

class DashboardTrace {
  private readonly lookup: Lookup;
  /** Panels of which nothing is known, by what is missing. */
  private readonly open = new Map<string, { missing: Missing; count: number }>();

  constructor(
    private readonly dashboard: Dashboard,
    private readonly name: string,
    private readonly world: World,
    private readonly judge: QueryJudge,
  ) {
    this.lookup = new Lookup(dashboard, world);
  }

  /** @param shared takes in what several worlds may have: what stands in a stack, and files */
  paths(shared: Set<Path>): readonly Path[] {
    const { dashboard, world } = this;
    const { gap, panels } = dashboard;
    if (gap) {
      const broken = brokenBy(gap, world);
      if (broken) return [this.whole([new HopBuilder('dashboard', dashboard.label, 'Grafana').breaks(broken).build()])];
      this.leave({ kind: 'not-examined', what: `not examined by this version: ${gap.what}` });
    }
    const traced = panels.flatMap((panel) => this.ofPanel(panel));
    const variables = variablePaths(dashboard, this.name, this.lookup, { world, judge: this.judge });
    const found = unlike([...traced, ...variables, ...this.left()]);
    const isShared = dashboard.owner.kind === 'workspace' || !dashboard.isProvisioned;
    if (isShared) for (const path of found) shared.add(path);
    return found;
  }

  private ofPanel(panel: Panel): readonly Path[] {
    if (panel.isFromLibrary) {
      this.leave({ kind: 'not-examined', what: `not examined by this version: a panel of Grafana's library` });
      return [];
    }
    return this.lookup.groups(panel).flatMap((group) => {
      const { found } = group;
      if (found.kind === 'open') {
        this.leave(found.missing);
        return [];
      }
      if (found.kind === 'sources') return found.sources.flatMap((source) => this.ofSource(panel, group, source));
      const hop = new HopBuilder('data-source', this.who(panel), 'a data source').breaks(found.broken).build();
      const query = blocked('query', 'a store', this.who(panel), 'data-source');
      return [this.path(panel, { kind: 'store', name: 'unknown' }, [query, hop], describeRef(group))];
    });
  }

  private ofSource(panel: Panel, group: Group, resolved: ResolvedSource): readonly Path[] {
    const { queries, found } = group;
    const { source } = resolved;
    const who = this.who(panel);
    const hop = new HopBuilder('data-source', who, source.label);
    if (found.kind === 'sources') hop.saw(found.says, group.ref?.span ?? panel.span);
    hop.saw(`${source.label} is made here`, source.span);
    const stray = strayed(this.dashboard.owner, this.world) ?? lostFolder(this.dashboard, this.world);
    if (stray) hop.breaks(stray);
    judgeFit(hop, panel, queries, who, resolved);
    const type = source.type && textOf(source.type);
    const id = describeUid(resolved);
    if (type !== undefined && isPrometheus(type)) {
      const { store, hops } = tailOf(resolved, this.world);
      const asked = { who, store, judge: this.judge };
      const expressions = queries.filter(({ expression }) => expression);
      if (expressions.length === 0 && !hop.isBroken) return [];
      return [
        this.path(panel, storeOf(store, resolved), [...metricsHops(expressions, asked), hop.build(), ...hops], id),
      ];
    }
    const logs = type === 'cloudwatch' ? queries.filter((query) => query.logs) : [];
    if (hop.isBroken) return [this.path(panel, endpoint(source.label), [hop.build()], id)];
    if (logs.length < queries.length) {
      const what =
        type === 'cloudwatch' ? 'metrics of CloudWatch' : `data sources of type ${type ?? 'that nobody says'}`;
      this.leave({ kind: 'not-examined', what: `not examined by this version: ${what}` });
    }
    if (logs.length === 0) return [];
    const asked = logsHops(logs, resolved, who, this.world);
    const from = { kind: 'LogGroup', name: asked.names.map(describe).join(', ') || 'unknown' };
    return [this.path(panel, from, [...asked.hops.slice(0, 3), hop.build(), ...asked.hops.slice(3)], id)];
  }

  private who({ label }: Panel): string {
    return `${label} of ${this.dashboard.label}`;
  }

  private path(panel: Panel, source: Path['source'], hops: readonly Hop[], of: string): Path {
    const { world } = this;
    return {
      id: `dashboards:${world.name}:${this.name}/${panel.id}:${of}`,
      world: world.name,
      signal: 'dashboards',
      source,
      sink: { kind: 'panel', id: this.who(panel) },
      hops,
    };
  }

  private whole(hops: readonly Hop[]): Path {
    const { world, dashboard } = this;
    return {
      id: `dashboards:${world.name}:${this.name}`,
      world: world.name,
      signal: 'dashboards',
      source: { kind: 'store', name: 'unknown' },
      sink: { kind: 'dashboard', id: dashboard.label },
      hops,
    };
  }

  private leave(missing: Missing): void {
    const seen = this.open.get(missing.what);
    this.open.set(missing.what, { missing, count: (seen?.count ?? 0) + 1 });
  }

  /** Panels of which the same is missing are one path: a dashboard of strangers has hundreds. */
  private left(): readonly Path[] {
    const { world, dashboard } = this;
    return [...this.open.values()].map(({ missing, count }) => ({
      id: `dashboards:${world.name}:${this.name}:${missing.what}`,
      world: world.name,
      signal: 'dashboards',
      source: { kind: 'store', name: 'unknown' },
      sink: { kind: 'dashboard', id: count > 1 ? `${count} panels of ${dashboard.label}` : dashboard.label },
      hops: [
        new HopBuilder('data-source', dashboard.label, 'a data source').lacks(missing).build(),
        blocked('query', 'a store', dashboard.label, 'data-source'),
      ],
    }));
  }
}

/** What is in the input certainly does not become a dashboard. */
function brokenBy({ fault, what, span }: DashboardGap, world: World): Break | undefined {
  if (fault === 'syntax') {
    return {
      claim: 'dashboard-is-readable',
      message: `what Grafana is given is no dashboard: ${what}`,
      span,
      related: [],
    };
  }
  if (!fault || !world.closedManifests) return undefined;
  const claim = fault === 'key' ? 'config-map-has-key' : 'config-map-exists';
  return { claim, message: fault === 'key' ? what : `${what}, which does not exist`, span, related: [] };
}

function describeUid({ source: { uid, name, label } }: ResolvedSource): string {
  return uid || name ? describe(uid ?? name ?? { kind: 'known', value: label }) : label;
}

function describeRef({ ref }: Group): string {
  return ref?.uid?.value ?? ref?.type?.value ?? 'default';
}

export { type QueryJudge, type QueryVerdict, UNJUDGED } from './judge';
export { shareGrafana } from './places';
export { type PanelQuestion, panelQuestions } from './questions';
export { type QueryRights, queryRights } from './rights';

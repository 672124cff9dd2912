import type { Dashboard, DataSource, GrafanaFacts, World } from '../../model';
import { MappedText, type SourceText } from '../../text';
import type { AssetDashboard } from '../cloudformation';
import { baseName, joinPath, parentPath } from '../file-tree';
import { provisionedSources, readDashboard } from '../grafana';
import { readJson } from '../json';
import type { Problem } from '../problem';
import type { Documents } from './documents';

/** Dashboards, and files of provisioning, that no object of a cluster holds. */
export interface GrafanaFiles {
  readonly dashboards: readonly Dashboard[];
  readonly dataSources: readonly DataSource[];
  readonly problems: readonly Problem[];
  readonly visited: readonly string[];
}

export const NO_FILES: GrafanaFiles = { dashboards: [], dataSources: [], problems: [], visited: [] };

/** Files that the CDK uploads, under the hash of their content: they belong to the resource that names them. */
const ASSET = /^asset\.[0-9a-f]{64}\./;

export function isAsset(file: string): boolean {
  return ASSET.test(baseName(file));
}

/** What a file holds for Grafana. People may import it by hand, and are asked for its inputs then. */
export function grafanaFile(file: string, documents: Documents, named: boolean): GrafanaFiles {
  const { kind, documents: found, problems } = documents.get(file, named);
  if (kind !== 'grafana') return NO_FILES;
  const delivery = { owner: { kind: 'any' }, isProvisioned: false } as const;
  return {
    dashboards: found.flatMap((document) => readDashboard(document, delivery) ?? []),
    dataSources: found.flatMap(provisionedSources),
    problems,
    visited: [file],
  };
}

export function mergeFiles(parts: readonly GrafanaFiles[]): GrafanaFiles {
  return {
    dashboards: parts.flatMap(({ dashboards }) => dashboards),
    dataSources: parts.flatMap(({ dataSources }) => dataSources),
    problems: parts.flatMap(({ problems }) => problems),
    visited: parts.flatMap(({ visited }) => visited),
  };
}

/** The dashboard that a stack uploads, from beside its template; its file has the name of the object after `asset.`. */
export function assetDashboard(asset: AssetDashboard, source: (path: string) => SourceText | undefined): Dashboard {
  const { template, key, owner, uid, span } = asset;
  const file = source(joinPath(parentPath(template), `asset.${key}`));
  const { value } = file ? readJson(MappedText.whole(file)) : {};
  const delivery = { owner, isProvisioned: true, ...(uid && { uid }) };
  const found = value && readDashboard(value, delivery);
  if (found) return found;
  return {
    label: `dashboard ${uid?.value ?? key}`,
    owner,
    isProvisioned: true,
    inputs: new Map(),
    variables: [],
    panels: [],
    gap: { what: `the asset ${key}, which is not beside ${template}`, span },
    span,
    ...(uid && { uid }),
  };
}

/** A file that something of a world is made of, such as an asset or an object, is no dashboard of its own. */
export function withoutKnown(files: GrafanaFiles, worlds: readonly World[]): GrafanaFiles {
  const idOf = ({ uid, title }: Dashboard) => (uid ? `${uid.value}\n${title}` : undefined);
  const known = new Set(worlds.flatMap(({ grafana }) => grafana.dashboards.map(idOf)));
  return { ...files, dashboards: files.dashboards.filter((one) => !known.has(idOf(one)) || !one.uid) };
}

export function withFiles(world: World, { dashboards, dataSources }: GrafanaFiles): World {
  if (dashboards.length === 0 && dataSources.length === 0) return world;
  const grafana: GrafanaFacts = {
    ...world.grafana,
    dashboards: [...world.grafana.dashboards, ...dashboards],
    dataSources: [...world.grafana.dataSources, ...dataSources],
  };
  return { ...world, grafana };
}

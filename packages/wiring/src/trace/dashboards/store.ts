import {
  concat,
  describe,
  equal,
  known,
  missingIn,
  type PrometheusWorkspace,
  textOf,
  type Value,
  type World,
} from '../../model';
import { matchValue } from '../hops/url';
import { AMAZON, judgeWorkspace, type WorkspaceBreaks } from '../hops/workspace';
import { type Break, type Hop, HopBuilder } from '../path';
import { AMAZON as AMAZON_PLUGIN } from './plugins';
import type { ResolvedSource } from './resolved-source';

/** Where a data source for Prometheus reads. */
export interface Store {
  readonly hop: Hop;
  readonly region?: Value;
  readonly id?: Value;
  readonly workspace?: PrometheusWorkspace;
  readonly isAmazon: boolean;
}

/** Another host of Amazon's with the path of a workspace: the control plane, or a name that is none. */
const OTHER_HOST = /^https?:\/\/[^/]+\.amazonaws\.com(?:\.cn)?(?::\d+)?\/workspaces\/[^/]*(?:\/.*)?$/;
/** Grafana adds `/api/v1/query` itself; a slash at the end it takes off (packages of the plugin join paths). */
const PATH = /^\/workspaces\/([^/]*)\/?$/;

/** Is the URL of the data source that of a workspace, and of which? */
export function storeHop(resolved: ResolvedSource, world: World): Store {
  const { source, url, broken, origins } = resolved;
  const hop = new HopBuilder('url', source.label, url ? describe(url) : 'a URL');
  if (broken)
    return { hop: hop.breaks({ ...broken, related: [...broken.related, ...origins] }).build(), isAmazon: true };
  if (!url) return { hop: noUrl(hop, resolved).build(), isAmazon: false };
  const span = url.span ?? source.span;
  hop.saw(`${source.label} reads ${describe(url)}`, span);
  const found = matchValue(url, AMAZON);
  if (!found) {
    const open = missingIn(url);
    const isAmazon = /aps-workspaces/.test(describe(url));
    const isOther = matchValue(url, OTHER_HOST) !== undefined;
    if ((isAmazon || isOther) && open.length === 0)
      return { hop: wrong(hop, resolved, 'is no address of it').build(), isAmazon };
    const what = 'not examined by this version: a store other than Amazon Managed Service for Prometheus';
    hop.lacks(...(open.length > 0 ? open : [{ kind: 'not-examined', what }]));
    return { hop: hop.build(), isAmazon };
  }
  const [scheme, region, , path] = found;
  const [id] = matchValue(path, PATH) ?? [];
  const open = [...missingIn(region), ...missingIn(path)];
  if (textOf(scheme) !== 'https') return { hop: wrong(hop, resolved, 'is not https').build(), region, isAmazon: true };
  if (!id || textOf(id) === '') {
    if (open.length > 0) hop.lacks(...open);
    else wrong(hop, resolved, 'has not the path /workspaces/<id>, to which Grafana adds /api/v1/query');
    return { hop: hop.build(), region, isAmazon: true };
  }
  const workspace = world.aws.workspaces.find((one) => equal(one.id, id) === 'yes');
  judgeWorkspace(hop, { id, region, workspace }, breaksOf(resolved, id, region));
  return { hop: hop.build(), region, id, isAmazon: true, ...(workspace && { workspace }) };
}

/** The plugin for Amazon's store has nowhere to ask without one. */
function noUrl(hop: HopBuilder, { source }: ResolvedSource): HopBuilder {
  const isFilled = source.valuesFrom.some(({ target }) => target === 'url');
  if (isFilled || !source.type || textOf(source.type) !== AMAZON_PLUGIN)
    return hop.lacks({ kind: 'value', what: `the URL of ${source.label}` });
  return hop.breaks({
    claim: 'data-source-url-is-right',
    message: `${source.label} has no URL`,
    span: source.span,
    related: [],
    help: 'write https://aps-workspaces.<region>.amazonaws.com/workspaces/<id>',
  });
}

function wrong(hop: HopBuilder, resolved: ResolvedSource, why: string): HopBuilder {
  return hop.breaks(wrongUrl(resolved, why));
}

function wrongUrl({ source, url, origins }: ResolvedSource, why: string): Break {
  return {
    claim: 'data-source-url-is-right',
    message: `the URL of ${source.label}, ${url ? describe(url) : ''}, ${why}`,
    span: url?.span ?? source.span,
    related: origins,
    help: 'write https://aps-workspaces.<region>.amazonaws.com/workspaces/<id>',
  };
}

function breaksOf(resolved: ResolvedSource, id: Value, region: Value): WorkspaceBreaks {
  const { source, url, origins } = resolved;
  return {
    noId: () => wrongUrl(resolved, `has ${describe(id)} where the id of a workspace belongs`),
    otherRegion: (workspace) => ({
      claim: 'data-source-is-in-region',
      message: `${source.label} reads in ${describe(region)}, ${workspace.label} is in ${describe(workspace.region)}`,
      span: url?.span ?? source.span,
      related: [{ span: workspace.region.span ?? workspace.span, message: 'the workspace is made here' }, ...origins],
      help: `read in ${describe(workspace.region)}`,
    }),
  };
}

export function arnOf({ id, region }: Pick<Store, 'id' | 'region'>, world: World): Value | undefined {
  if (!id || !region) return undefined;
  const { partition, account } = world.surroundings;
  return concat([known('arn:'), partition, known(':aps:'), region, known(':'), account, known(':workspace/'), id]);
}

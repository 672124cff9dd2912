import {
  describe,
  equal,
  labelOf,
  missingIn,
  type PrometheusWorkspace,
  textOf,
  type Value,
  type World,
} from '../../model';
import type { Collector } from '../collectors/find';
import { type MetricsSink, originsOf, type Setting } from '../collectors/metrics-plan';
import { type Break, type Hop, HopBuilder } from '../path';
import { judgeEgress } from './egress';
import { matchValue } from './url';
import { AMAZON, judgeWorkspace, type WorkspaceBreaks } from './workspace';

/** Where a remote-write URL leads. */
export interface Target {
  readonly hop: Hop;
  readonly region?: Value;
  readonly id?: Value;
  /** The workspace, when the input shows who makes it. */
  readonly workspace?: PrometheusWorkspace;
  /** Whether the URL is one of Amazon's at all. */
  readonly amazon: boolean;
}

/** Another host of Amazon's with the path of a workspace: the control plane, or a name that is none. */
const OTHER_HOST =
  /^https?:\/\/[^/]+\.(?:amazonaws\.com(?:\.cn)?|aws)(?::\d+)?\/workspaces\/[^/]*\/api\/v1\/remote_write\/?$/;
const PATH = /^\/workspaces\/([^/]*)\/api\/v1\/remote_write$/;

/** Is the URL that of a workspace, with everything it is built from in place? */
export function remoteWriteHop(sink: MetricsSink, collector: Collector, world: World): Target {
  const { url } = sink;
  const hop = new HopBuilder(
    'remote-write',
    `${labelOf(collector.workload.object)} ${sink.component}`,
    describe(url.value),
  );
  hop.saw(`${sink.component} writes to ${describe(url.value)}`, url.span);
  const found = matchValue(url.value, AMAZON);
  if (sink.broken) hop.breaks(sink.broken);
  if (sink.missing) hop.lacks(...sink.missing);
  if (url.broken)
    hop.breaks({
      ...url.broken,
      related: [...url.broken.related, { span: url.span, message: 'the URL is built here' }],
    });
  if (!found) return { hop: notAmazon(hop, url), amazon: /aps-workspaces/.test(describe(url.value)) };
  const [scheme, region, domain, path] = found;
  const parsed = matchValue(path, PATH);
  const [id] = parsed ?? [];
  if (textOf(scheme) !== 'https' || !id || textOf(id) === '') {
    hop.breaks(wrongUrl(sink, url, textOf(scheme)));
    return { hop: hop.build(), region, amazon: true };
  }
  const partition = textOf(world.surroundings.partition);
  const isChinese = textOf(domain) === 'amazonaws.com.cn';
  if (partition !== undefined && isChinese !== (partition === 'aws-cn') && textOf(domain) !== 'api.aws') {
    hop.breaks({
      claim: 'remote-write-url-is-right',
      message: `the remote-write URL of ${sink.component} is in the domain ${textOf(domain)}, and the world is in partition ${partition}`,
      span: url.span,
      related: originsOf(url),
      help: `write ${partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com'}`,
    });
  }
  const workspace = world.aws.workspaces.find((candidate) => equal(candidate.id, id) === 'yes');
  judgeWorkspace(hop, { id, region, workspace }, breaksOf(sink, id, region));
  judgeEgress(hop, collector, { span: url.span, what: 'Amazon Managed Service for Prometheus' }, world);
  return { hop: hop.build(), region, id, amazon: true, ...(workspace && { workspace }) };
}

function notAmazon(hop: HopBuilder, url: Setting): Hop {
  const missing = missingIn(url.value);
  if (url.unset.length > 0) {
    hop.breaks({
      claim: 'variable-is-set',
      message: `the remote-write URL needs ${url.unset.join(', ')}, which the container does not set`,
      span: url.span,
      related: [],
    });
  } else if (missing.length > 0) hop.lacks(...missing);
  else if (/aps-workspaces/.test(describe(url.value)) || matchValue(url.value, OTHER_HOST)) {
    hop.breaks({
      claim: 'remote-write-url-is-right',
      message: `${describe(url.value)} is no address of Amazon Managed Service for Prometheus`,
      span: url.span,
      related: [],
      help: 'write https://aps-workspaces.<region>.amazonaws.com/workspaces/<id>/api/v1/remote_write',
    });
  } else if (textOf(url.value) !== undefined && !/^[a-z][a-z0-9+.-]*:/i.test(textOf(url.value) ?? '')) {
    hop.lacks({ kind: 'placeholder', what: `${describe(url.value)}, which is no URL yet` });
  } else {
    hop.lacks({
      kind: 'not-examined',
      what: 'not examined by this version: a store other than Amazon Managed Service for Prometheus',
    });
  }
  return hop.build();
}

function wrongUrl(sink: MetricsSink, url: Setting, scheme: string | undefined): Break {
  const why =
    scheme === 'http'
      ? 'is not https'
      : url.unset.length > 0
        ? `lacks ${url.unset.join(', ')}, which the container does not set`
        : 'has not the path /workspaces/<id>/api/v1/remote_write';
  return {
    claim: url.unset.length > 0 ? 'variable-is-set' : 'remote-write-url-is-right',
    message: `the remote-write URL of ${sink.component}, ${describe(url.value)}, ${why}`,
    span: url.span,
    related: originsOf(url),
    help: 'write https://aps-workspaces.<region>.amazonaws.com/workspaces/<id>/api/v1/remote_write',
  };
}

function breaksOf({ url, component }: MetricsSink, id: Value, region: Value): WorkspaceBreaks {
  return {
    noId: () => ({
      claim: 'remote-write-url-is-right',
      message: `${textOf(id)} in the remote-write URL of ${component} is no id of a workspace`,
      span: url.span,
      related: originsOf(url),
      help: 'ids begin with ws-; an alias is no id',
    }),
    otherRegion: (workspace) => ({
      claim: 'workspace-is-in-region',
      message: `${component} writes to ${describe(region)}, ${workspace.label} is in ${describe(workspace.region)}`,
      span: url.span,
      related: [
        ...originsOf(url),
        { span: workspace.region.span ?? workspace.span, message: 'the workspace is made here' },
      ],
      help: `write to ${describe(workspace.region)}`,
    }),
  };
}

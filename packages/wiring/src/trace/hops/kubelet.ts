import { labelOf, type Workload, type World } from '../../model';
import { type Hop, HopBuilder } from '../path';
import type { Attempt } from '../scrape/attempts';
import { NODE, type ScrapeTarget } from '../scrape/run';
import { mayWatch } from './rbac';

/** What the scrape of a node comes to. */
export interface NodeServed {
  readonly hop: Hop;
  readonly port?: number;
}

const KUBELET = '10250';
/** What a kubelet serves as metrics, for which it asks the API server about nodes/metrics. */
const PATHS = /^\/metrics(?:\/(?:cadvisor|resource|probes|slis))?$/;
const API = /^kubernetes\.default(?:\.svc(?:\.cluster\.local)?)?$/;
const PROXY = new RegExp(`^/api/v1/nodes/${NODE}(?::\\d+)?/proxy(/.*)$`);

/** Does a kubelet serve what is scraped of its node, and does it let the collector in? */
export function kubeletHop(attempt: Attempt, target: ScrapeTarget, world: World): NodeServed {
  const { collector, pipeline } = attempt;
  const who = labelOf(collector.workload.object);
  const host = target.host === 'pod' ? NODE : target.host;
  const url = `${target.scheme}://${host}:${target.port || '<no port>'}${target.path}`;
  const hop = new HopBuilder('scrape', who, `every node ${url}`);
  hop.lacks(...target.missing);
  if (target.missing.length > 0) return { hop: hop.build() };
  hop.saw(`${pipeline.component} scrapes ${url}`, pipeline.span);
  const proxied = API.test(target.host) ? PROXY.exec(target.path)?.[1] : undefined;
  const isDirect = target.host === 'pod' && target.port === KUBELET;
  if (!isDirect && proxied === undefined) {
    hop.lacks({ kind: 'address', what: `who serves ${url}` });
    return { hop: hop.build() };
  }
  if (!PATHS.test(proxied ?? target.path)) {
    hop.lacks({ kind: 'path', what: `whether a kubelet serves ${proxied ?? target.path}` });
  }
  const port = Number(target.port || 443);
  if (target.scheme !== 'https') {
    hop.breaks({
      claim: 'scheme-is-spoken',
      message: `${pipeline.component} scrapes ${url} by ${target.scheme || 'no scheme'}, and kubelets and the API server speak https only`,
      span: pipeline.span,
      related: [],
    });
  } else if (pipeline.hasToken === false) {
    hop.breaks({
      claim: 'kubelet-lets-in',
      message: `${pipeline.component} scrapes ${url} without a token`,
      span: pipeline.span,
      related: [],
      help: 'give the job the token of its service account: authorization.credentials_file',
    });
  } else permission(hop, attempt, proxied === undefined ? 'nodes/metrics' : 'nodes/proxy', world);
  return { hop: hop.build(), port };
}

function permission(hop: HopBuilder, { collector, pipeline }: Attempt, resource: string, world: World): void {
  const { object, pod }: Workload = collector.workload;
  if (object.inline?.makesAccess) return;
  if (!object.namespace) {
    hop.lacks({ kind: 'namespace', what: `the namespace of ${object.name.value}` });
    return;
  }
  const { evidence, missing, broken } = mayWatch(
    {
      namespace: object.namespace.value,
      name: pod.serviceAccountName ?? { value: 'default', span: object.name.span },
      who: labelOf(object),
      component: pipeline.component,
      span: pipeline.span,
      verbs: ['get'],
    },
    resource,
    undefined,
    world,
  );
  for (const { text, span } of evidence) hop.saw(text, span);
  if (missing) hop.lacks(missing);
  if (broken) hop.breaks({ ...broken, claim: 'kubelet-lets-in' });
}

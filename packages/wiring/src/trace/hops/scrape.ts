import { type Container, type ContainerPort, labelOf } from '../../model';
import type { Span } from '../../text';
import { type Hop, HopBuilder } from '../path';
import { judgeFollowed } from './followed';
import { judgeListener, placesOf } from './listener';
import { annotationOf, PATH_ANNOTATION, PORT_ANNOTATION, SCHEME_ANNOTATION, type Scrape } from './scrape-of';
import { judgePath, speaksPlainly } from './served-path';

/** What a target comes to in its pod. */
export interface Served {
  readonly hop: Hop;
  readonly container?: Container;
  readonly port?: number;
}

/** Names by which people say that a port is for metrics. */
const METRICS_NAME = /(?:^|-)(?:metrics?|prom|prometheus|exporter|telemetry)(?:-|$)/;
/** Ports that the side-car of Istio serves; it is put into the pod when it is made. */
const INJECTED = new Set([15020, 15090]);

/** Is there something behind address, scheme and path of a target? */
export function scrapeHop(scrape: Scrape): Served {
  const { workload, target, who, pipeline } = scrape;
  const label = labelOf(workload.object);
  const url = `${target.scheme}://<pod>:${target.port || '<no port>'}${target.path}`;
  const hop = new HopBuilder('scrape', who, `${label} ${url}`);
  hop.lacks(...target.missing);
  if (target.lost) {
    lostAddress(hop, scrape);
    return { hop: hop.build() };
  }
  if (target.missing.length > 0) return { hop: hop.build() };
  hop.saw(`${pipeline.component} scrapes ${url}`, pipeline.span);
  if (target.isInside) {
    const [one] = scrape.source.addresses ?? [];
    return { hop: hop.saw(`${scrape.source.component} serves it inside the process`, one?.span).build() };
  }
  if (target.host !== 'pod') {
    hop.lacks({ kind: 'address', what: `whether ${target.host} is ${label}` });
    return { hop: hop.build() };
  }
  if (target.scheme !== 'http' && target.scheme !== 'https') {
    const written = annotationOf(scrape, SCHEME_ANNOTATION);
    hop.breaks({
      claim: 'scheme-is-spoken',
      message: `${pipeline.component} scrapes ${label} by ${JSON.stringify(target.scheme)}, which is no scheme`,
      span: written?.value === target.scheme ? written.span : pipeline.span,
      related: [{ span: workload.object.name.span, message: `${label} is scraped here` }],
    });
    return { hop: hop.build() };
  }
  // A port that is left out is that of the scheme (net/http).
  const text = target.port === '' ? (target.scheme === 'https' ? '443' : '80') : target.port;
  const port = /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65535 ? Number(text) : undefined;
  if (port === undefined) {
    wrongPort(hop, scrape, `port ${JSON.stringify(text)}, which is no number of a port`);
    return { hop: hop.build() };
  }
  judgeFollowed(hop, scrape);
  const container = judgePort(hop, scrape, port);
  if (container) judgeListener(hop, scrape, container, port);
  if (container) judgePath(hop, scrape, container);
  judgeScheme(hop, scrape, port, container);
  if (target.path === '') lostPath(hop, scrape);
  if (target.path.includes('?')) {
    hop.lacks({ kind: 'path', what: `whether ${label} serves ${target.path}: its question mark is sent escaped` });
  }
  return { hop: hop.build(), port, ...(container && { container }) };
}

function lostAddress(hop: HopBuilder, { source, pipeline, target }: Scrape): void {
  const rule = target.lost?.rule;
  hop.breaks({
    claim: 'target-has-address',
    message: `${rule?.component ?? source.component} leaves ${pipeline.component} with targets that have no __address__`,
    span: rule?.span ?? source.span,
    related: [{ span: pipeline.span, message: `${pipeline.component} takes the targets here` }],
    help: 'keep __address__: a replace whose result is empty deletes its target label',
  });
}

/** A path that is emptied is "/"; who says nothing of a path means the usual one. */
function lostPath(hop: HopBuilder, scrape: Scrape): void {
  const { workload, pipeline, target, ask } = scrape;
  const label = labelOf(workload.object);
  const rule = target.emptied;
  if (!rule || !ask || annotationOf(scrape, PATH_ANNOTATION)) {
    hop.lacks({ kind: 'path', what: `whether ${label} serves metrics at "/"` });
    return;
  }
  hop.breaks({
    claim: 'path-is-kept',
    message: `${rule.component} leaves ${label}, which names no path, with an empty one`,
    span: rule.span,
    related: [
      { span: ask.value.span, message: `${ask.who} asks to be scraped here` },
      { span: pipeline.span, message: `${pipeline.component} scrapes "/"` },
    ],
  });
}

function judgePort(hop: HopBuilder, scrape: Scrape, port: number): Container | undefined {
  const { workload, pipeline } = scrape;
  const label = labelOf(workload.object);
  const serving = workload.pod.containers.filter(({ role }) => role !== 'init');
  const declared = serving.flatMap((container) => container.ports.map((one) => ({ container, one })));
  const found = declared.find(({ one }) => one.number === port && one.protocol === 'TCP');
  if (found) {
    const { container, one } = found;
    hop.saw(`container ${container.name} declares port ${port}`, one.span);
    if (!isMeant(scrape, one)) {
      hop.lacks({
        kind: 'port',
        what: `whether port ${port} of ${label} serves metrics: nothing in the input says so`,
      });
    }
    return container;
  }
  const named = declared.filter(({ one }) => METRICS_NAME.test(one.name ?? '') && one.protocol === 'TCP');
  const isElsewhere = serving.some((container) => mentions(container, port)) || INJECTED.has(port);
  const told = serving.map((container) => placesOf(container, scrape.telemetry));
  const isServed = told.some((one) => !one || one.places.some((place) => place.port === port));
  if (!isServed && told[0] && !INJECTED.has(port)) {
    wrongPort(hop, scrape, `port ${port}, and container ${serving[0].name} ${told[0].says}`, {
      span: told[0].span,
      message: `container ${serving[0].name} ${told[0].says}`,
    });
    return undefined;
  }
  if (named.length > 0 && !isElsewhere && (scrape.ask ?? pipeline.monitor)) {
    const { container, one } = named[0];
    wrongPort(hop, scrape, `port ${port}, which no container declares`, {
      span: one.span,
      message: `container ${container.name} declares port ${one.name} as ${one.number}`,
    });
    return undefined;
  }
  const written = annotationOf(scrape, PORT_ANNOTATION);
  hop.lacks({
    kind: 'port',
    what: `whether ${label} serves port ${port}: no container declares it`,
    help: `declare containerPort ${port} in the container that serves it`,
  });
  hop.saw(`${pipeline.component} comes to port ${port}`, written?.span ?? pipeline.span);
  return undefined;
}

/** Somebody says that this is the port for metrics: the pod, the name of the port, or the collector that chooses. */
function isMeant(scrape: Scrape, { name, number }: ContainerPort): boolean {
  const { source, isOnly, ask, pipeline } = scrape;
  if (pipeline.monitor?.port !== undefined) return true;
  if (METRICS_NAME.test(name ?? '') || source.role === 'static') return true;
  if (annotationOf(scrape, PORT_ANNOTATION)?.value === `${number}`) return true;
  return (
    isOnly &&
    (ask !== undefined ||
      source.selectors.length > 0 ||
      source.rules.some(({ action, sources }) => /^keep/.test(action) && sources.some(isChoosing)))
  );
}

function isChoosing(label: string): boolean {
  return !/_pod_phase$|_pod_ready$|_container_init$/.test(label);
}

/** The number stands in the command line or in a variable, so that the process may well listen on it. */
function mentions(container: Container, port: number): boolean {
  const word = new RegExp(`(?<!\\d)${port}(?!\\d)`);
  return (
    container.arguments.some(({ value }) => word.test(value)) ||
    container.env.some(({ source }) => source.kind !== 'value' || word.test(source.value)) ||
    container.envFrom.length > 0 ||
    container.probes.some((probe) => probe.port === `${port}`)
  );
}

function wrongPort(
  hop: HopBuilder,
  scrape: Scrape,
  what: string,
  near?: { readonly span: Span; readonly message: string },
): void {
  const { workload, pipeline } = scrape;
  const label = labelOf(workload.object);
  const written = annotationOf(scrape, PORT_ANNOTATION);
  const end = near ?? { span: workload.object.name.span, message: `${label} is scraped here` };
  hop.breaks({
    claim: 'port-is-served',
    message: `${pipeline.component} scrapes ${label} on ${what}`,
    span: written?.span ?? pipeline.span,
    related: [end, ...(written ? [{ span: pipeline.span, message: `${pipeline.component} scrapes it` }] : [])],
  });
}

/** A probe by HTTP on the same port shows which scheme it speaks: the kubelet would not get through by another. */
function judgeScheme(hop: HopBuilder, scrape: Scrape, port: number, container: Container | undefined): void {
  const { workload, pipeline, target } = scrape;
  const probe = container?.probes.find(
    ({ port: text }) =>
      text === `${port}` || container.ports.some(({ name, number }) => name === text && number === port),
  );
  if (!probe && container && target.scheme === 'https' && speaksPlainly(container)) {
    hop.breaks({
      claim: 'scheme-is-spoken',
      message: `${pipeline.component} scrapes port ${port} of ${labelOf(workload.object)} by https, and container ${container.name} has no certificate`,
      span: annotationOf(scrape, SCHEME_ANNOTATION)?.span ?? pipeline.span,
      related: [
        { span: container.image?.span ?? container.span, message: `container ${container.name} serves plain HTTP` },
      ],
      help: 'scrape it by http, or give it a certificate',
    });
  }
  if (!probe || probe.scheme.toLowerCase() === target.scheme) return;
  const written = annotationOf(scrape, SCHEME_ANNOTATION);
  const label = labelOf(workload.object);
  hop.breaks({
    claim: 'scheme-is-spoken',
    message: `${pipeline.component} scrapes port ${port} of ${label} by ${target.scheme}, and its probe speaks ${probe.scheme.toLowerCase()} there`,
    span: written?.span ?? pipeline.span,
    related: [
      { span: probe.span, message: `container ${container?.name} is probed by ${probe.scheme} here` },
      ...(written ? [{ span: pipeline.span, message: `${pipeline.component} scrapes it` }] : []),
    ],
  });
}

import { type Container, labelOf, type Workload, type World } from '../../model';
import type { HopBuilder } from '../path';
import { flagsOf, isSingled } from './listener';
import { annotationOf, PATH_ANNOTATION, PORT_ANNOTATION, type Scrape } from './scrape-of';

const PATHS = /^--?(?:web\.telemetry-path|web\.route-prefix|web\.external-url|server\.http\.ui-path-prefix|path)$/;

/** Where a program whose image is known serves its metrics when it is told nothing else. */
const SERVED: readonly (readonly [image: RegExp, path: RegExp, says: string])[] = [
  [/(?:^|\/)nginx-prometheus-exporter$/, /^\/metrics$/, '/metrics'],
  [/(?:^|\/)grafana\/alloy$/, /^\/(?:metrics|api\/v0\/component\/.+)$/, '/metrics'],
  [
    /(?:^|\/)(?:aws-for-)?fluent-bit$/,
    /^\/api\/(?:v1\/metrics\/prometheus|v2\/metrics(?:\/prometheus)?)$/,
    '/api/v2/metrics/prometheus',
  ],
  [/(?:^|\/)prom(?:etheus)?\/prometheus$/, /^\/metrics$/, '/metrics'],
  [/(?:^|\/)(?:node-exporter|kube-state-metrics)$/, /^\/metrics$/, '/metrics'],
];

/** Does the program serve metrics at the path, where its image or its flags show which one? */
export function judgePath(hop: HopBuilder, scrape: Scrape, container: Container): void {
  const image = imageOf(container);
  const served = SERVED.find(([pattern]) => pattern.test(image));
  const { target, pipeline, workload } = scrape;
  if (target.path === '') return;
  if (!served) {
    if (isSingled(scrape, Number(target.port)) && isPlainNginx(scrape, container, image)) {
      judgeNginx(hop, scrape, container);
    }
    return;
  }
  if (flagsOf(container, PATHS).length > 0 || served[1].test(target.path)) return;
  const written = annotationOf(scrape, PATH_ANNOTATION);
  hop.breaks({
    claim: 'path-is-served',
    message: `${pipeline.component} scrapes ${labelOf(workload.object)} at ${target.path}, and container ${container.name} serves metrics at ${served[2]}`,
    span: written?.span ?? pipeline.span,
    related: [
      { span: container.image?.span ?? container.span, message: `container ${container.name} runs ${image}` },
      ...(written ? [{ span: pipeline.span, message: `${pipeline.component} scrapes it` }] : []),
    ],
    help: `scrape ${served[2]}`,
  });
}

/** Exporters that speak TLS only where a flag names a file with a certificate (github.com/prometheus/exporter-toolkit). */
const TOOLKIT = /(?:^|\/)(?:nginx-prometheus-exporter|node-exporter|prom(?:etheus)?\/prometheus)$/;

export function speaksPlainly(container: Container): boolean {
  return (
    TOOLKIT.test(imageOf(container)) && !container.arguments.some(({ value }) => /web\.config|tls|ssl|cert/.test(value))
  );
}

function imageOf({ image }: Container): string {
  return (image?.value ?? '').replace(/@.*$/, '').replace(/:[^/:]*$/, '');
}

/** The images of nginx's makers: what is in them is known. */
const NGINX =
  /^(?:(?:docker\.io\/)?(?:(?:library\/)?nginx|nginxinc\/nginx-unprivileged)|public\.ecr\.aws\/(?:nginx\/(?:nginx|unprivileged)|docker\/library\/nginx))$/;
const CONFIG = '/etc/nginx';
const CONTENT = '/usr/share/nginx';
/** What may answer a request with something else than a file. */
const HANDLER =
  /\b(?:\w+_pass|return|rewrite|include|alias|root|js_\w+|\w+_by_lua\w*|perl|vhost_traffic_status\w*|sub_filter)\b/;

/**
 * nginx itself has no metrics for Prometheus: `stub_status` is text of another form. So nothing of it can be scraped, unless its
 * configuration passes the path on.
 *
 * @see https://nginx.org/en/docs/http/ngx_http_stub_status_module.html
 */
function isPlainNginx({ workload, world, target }: Scrape, container: Container, image: string): boolean {
  // Words for its start are nginx's own, or those of a script.
  if (!NGINX.test(image) || container.arguments.some(({ value }) => !/^(?:nginx|-g|daemon off;)$/.test(value)))
    return false;
  const texts = textsOf(workload, container, world);
  return texts?.every((text) => !mayAnswer(text, target.path)) ?? false;
}

/** What is mounted over configuration and content; nothing where a part of it is not in the input. */
function textsOf({ object, pod }: Workload, { mounts }: Container, world: World): readonly string[] | undefined {
  const texts: string[] = [];
  for (const { path, volume, subPath } of mounts) {
    if (![CONFIG, CONTENT].some((folder) => `${path}/`.startsWith(`${folder}/`) || folder.startsWith(`${path}/`)))
      continue;
    const sources = pod.volumes.find(({ name }) => name === volume)?.configMaps ?? [];
    const maps = sources.map(({ name }) => world.cluster.configMap(object.namespace, name.value));
    if (maps.length === 0 || maps.includes(undefined)) return undefined;
    const files = maps
      .flatMap((map) => [...(map?.data ?? [])])
      .filter(([key]) => subPath === undefined || key === subPath);
    for (const [key, { value }] of files) {
      if (path.startsWith(CONTENT) && /metrics/.test(key)) return undefined;
      if (path.startsWith(CONTENT)) continue;
      texts.push(`${value}`.replace(/#.*$/gm, '').replace(/\binclude\s+\S*mime\.types;/g, ''));
    }
  }
  return texts;
}

/** Some location that may take the path does more than serving files, or nobody can tell. */
function mayAnswer(text: string, path: string): boolean {
  const locations = [...text.matchAll(/\blocation\s+(?:(=|~\*?|\^~)\s*)?(\S+)\s*\{([^{}]*)\}/g)];
  const outside = text.replace(/\blocation\s+[^{]*\{[^{}]*\}/g, '');
  if (
    /\blocation\b|\bif\b|\bmap\b/.test(outside) ||
    /\b(?:return|rewrite|include|load_module|\w+_by_lua\w*)\b/.test(outside)
  ) {
    return true;
  }
  return locations.some(([, how, pattern, body]) => takes(how, pattern, path) && HANDLER.test(body));
}

function takes(how: string | undefined, pattern: string, path: string): boolean {
  if (how === '=') return pattern === path;
  // An expression may be anything.
  return how === '~' || how === '~*' || path.startsWith(pattern);
}

function judgeNginx(hop: HopBuilder, scrape: Scrape, container: Container): void {
  const { target, pipeline, workload } = scrape;
  const written = annotationOf(scrape, PORT_ANNOTATION) ?? annotationOf(scrape, PATH_ANNOTATION);
  const beside = workload.pod.containers.find(
    (one) => one !== container && SERVED.some(([image]) => image.test(imageOf(one))),
  );
  const port = beside?.ports[0];
  hop.breaks({
    claim: 'path-is-served',
    message: `${pipeline.component} scrapes ${labelOf(workload.object)} on port ${target.port}, which is that of container ${container.name}, and nginx itself serves no metrics`,
    span: written?.span ?? pipeline.span,
    related: [
      { span: container.image?.span ?? container.span, message: `container ${container.name} runs nginx` },
      ...(port && beside
        ? [{ span: port.span, message: `container ${beside.name} declares port ${port.number}` }]
        : []),
      ...(written ? [{ span: pipeline.span, message: `${pipeline.component} scrapes it` }] : []),
    ],
    help: port ? `scrape port ${port.number}` : 'scrape an exporter beside it, such as nginx-prometheus-exporter',
  });
}

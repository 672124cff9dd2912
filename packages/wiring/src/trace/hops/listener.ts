import { type Container, type Located, labelOf } from '../../model';
import type { HopBuilder } from '../path';
import { annotationOf, PATH_ANNOTATION, PORT_ANNOTATION, type Scrape } from './scrape-of';

/** Flags by which programs are told where to serve their metrics: Prometheus, its exporters, Alloy, controllers. */
const LISTEN =
  /^--?(?:web\.listen-address|server\.http\.listen-addr|metrics-bind-address|telemetry\.address|metrics\.address)$/;
const PATHS = /^--?(?:web\.telemetry-path|web\.route-prefix|web\.external-url|server\.http\.ui-path-prefix|path)$/;
const LOOPBACK = /^(?:127\.\d+\.\d+\.\d+|localhost|\[?::1\]?)$/;

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

/** Does the program listen where its container says, and where others reach it? */
export function judgeListener(hop: HopBuilder, scrape: Scrape, container: Container, port: number): void {
  const flags = flagsOf(container, LISTEN);
  const places = flags.map(({ value, span }) => ({ span, found: /^(.*):(\d+)$/.exec(value) }));
  if (places.length === 0 || places.some(({ found }) => !found)) return;
  const here = places.filter(({ found }) => Number(found?.[2]) === port);
  const label = labelOf(scrape.workload.object);
  const said = annotationOf(scrape, PORT_ANNOTATION)?.span ?? scrape.pipeline.span;
  const [first] = here.length > 0 ? here : places;
  if (here.length === 0) {
    hop.breaks({
      claim: 'port-is-served',
      message: `${scrape.pipeline.component} scrapes ${label} on port ${port}, and container ${container.name} listens on ${first.found?.[0]}`,
      span: first.span,
      related: [
        { span: said, message: `port ${port} is said here` },
        {
          span: container.ports.find(({ number }) => number === port)?.span ?? container.span,
          message: `container ${container.name} declares port ${port}`,
        },
      ],
      help: `let it listen on port ${port}, or say the port that it listens on`,
    });
  } else if (here.every(({ found }) => LOOPBACK.test(found?.[1] ?? ''))) {
    hop.breaks({
      claim: 'port-is-served',
      message: `${scrape.pipeline.component} scrapes ${label} on port ${port}, and container ${container.name} listens there for its own pod only`,
      span: first.span,
      related: [{ span: said, message: `port ${port} is said here` }],
      help: `let it listen on :${port}`,
    });
  }
}

/** Does the program serve metrics at the path, where its image or its flags show which one? */
export function judgePath(hop: HopBuilder, scrape: Scrape, container: Container): void {
  const image = (container.image?.value ?? '').replace(/@.*$/, '').replace(/:[^/:]*$/, '');
  const served = SERVED.find(([pattern]) => pattern.test(image));
  const { target, pipeline, workload } = scrape;
  if (!served || target.path === '' || flagsOf(container, PATHS).length > 0 || served[1].test(target.path)) return;
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

/** `--flag=value` and `--flag value`; one that a variable fills in is left out. */
function flagsOf({ arguments: words }: Container, pattern: RegExp): readonly Located<string>[] {
  return words.flatMap(({ value, span }, index) => {
    const [name, ...rest] = value.split('=');
    if (!pattern.test(name)) return [];
    const found = rest.length > 0 ? { value: rest.join('='), span } : words[index + 1];
    return found ? [found] : [];
  });
}

import { type Container, type Located, labelOf } from '../../model';
import type { Span } from '../../text';
import type { HopBuilder } from '../path';
import type { Place } from '../scrape/telemetry';
import { annotationOf, PORT_ANNOTATION, type Scrape } from './scrape-of';

/** Flags by which programs are told where to serve their metrics: Prometheus, its exporters, Alloy, controllers. */
const LISTEN =
  /^--?(?:web\.listen-address|server\.http\.listen-addr|metrics-bind-address|telemetry\.address|metrics\.address)$/;
const LOOPBACK = /^(?:127\.\d+\.\d+\.\d+|localhost|\[?::1\]?)$/;

/** Where a container serves metrics, for all that its flags or the configuration of its collector say. */
interface Places {
  readonly places: readonly Place[];
  /** What it would have to be changed in. */
  readonly span: Span;
  /** As a sentence goes on: `listens on 0.0.0.0:9113`. */
  readonly says: string;
}

/** @returns `undefined` where nobody knows */
export function placesOf(container: Container, telemetry: Scrape['telemetry']): Places | undefined {
  const flags = flagsOf(container, LISTEN);
  const places = flags.flatMap(({ value, span }) => {
    const found = /^(.*):(\d+)$/.exec(value);
    return found ? [{ host: found[1], port: Number(found[2]), span, text: value }] : [];
  });
  if (flags.length > 0) {
    const [first] = places;
    return places.length < flags.length ? undefined : { places, span: first.span, says: `listens on ${first.text}` };
  }
  const own = telemetry.get(container);
  if (!own) return undefined;
  const [place] = own.places;
  const says = place ? `serves metrics on ${place.host}:${place.port}` : 'serves none';
  return { places: own.places, span: place?.span ?? own.span, says };
}

/** The scrape is for this port; where every port is scraped, that others answer nothing is nobody's fault. */
export function isSingled(scrape: Scrape, port: number): boolean {
  return scrape.isOnly || annotationOf(scrape, PORT_ANNOTATION)?.value === `${port}`;
}

/** Does the program listen where its container says, and where others reach it? */
export function judgeListener(hop: HopBuilder, scrape: Scrape, container: Container, port: number): void {
  const told = placesOf(container, scrape.telemetry);
  if (!told || !isSingled(scrape, port)) return;
  const here = told.places.filter((place) => place.port === port);
  const label = labelOf(scrape.workload.object);
  const said = annotationOf(scrape, PORT_ANNOTATION)?.span ?? scrape.pipeline.span;
  if (here.length === 0) {
    hop.breaks({
      claim: 'port-is-served',
      message: `${scrape.pipeline.component} scrapes ${label} on port ${port}, and container ${container.name} ${told.says}`,
      span: told.span,
      related: [
        { span: said, message: `port ${port} is said here` },
        {
          span: container.ports.find(({ number }) => number === port)?.span ?? container.span,
          message: `container ${container.name} declares port ${port}`,
        },
      ],
      help: `let it listen on port ${port}, or say the port that it listens on`,
    });
  } else if (here.every(({ host }) => LOOPBACK.test(host))) {
    hop.breaks({
      claim: 'port-is-served',
      message: `${scrape.pipeline.component} scrapes ${label} on port ${port}, and container ${container.name} listens there for its own pod only`,
      span: here[0].span,
      related: [{ span: said, message: `port ${port} is said here` }],
      help: `let it listen on :${port}`,
    });
  }
}

/** `--flag=value` and `--flag value`; one that a variable fills in is left out. */
export function flagsOf({ arguments: words }: Container, pattern: RegExp): readonly Located<string>[] {
  return words.flatMap(({ value, span }, index) => {
    const [name, ...rest] = value.split('=');
    if (!pattern.test(name)) return [];
    const found = rest.length > 0 ? { value: rest.join('='), span } : words[index + 1];
    return found ? [found] : [];
  });
}

import { type Container, textOf, type World } from '../../model';
import { itemsAt, mapAt, scalarAt } from '../../read/access';
import type { FluentBitSection } from '../../read/fluent-bit';
import type { Node, Span } from '../../text';
import { configuration } from '../collectors/configuration';
import type { Collector } from '../collectors/find';
import { type LogsPlan, logsPlan, pluginOf } from '../collectors/logs-plan';
import { componentsOf, pipelinesOf } from '../collectors/opentelemetry/service';

/** An address that a program listens on. */
export interface Place {
  /** Empty: every address, or nobody knows. */
  readonly host: string;
  readonly port: number;
  readonly span: Span;
}

/** Where a collector whose configuration is known serves metrics: its own, and those that it exports for others to scrape. */
export interface Telemetry {
  readonly program: string;
  /** Empty: nowhere. */
  readonly places: readonly Place[];
  /** What says so, or what could. */
  readonly span: Span;
}

/** Of every collector that tells it; the rest may serve them anywhere. */
export function telemetryOf(collectors: readonly Collector[], world: World): ReadonlyMap<Container, Telemetry> {
  const found = new Map<Container, Telemetry>();
  for (const collector of collectors) {
    const telemetry = readTelemetry(collector, world);
    if (telemetry) found.set(collector.container, telemetry);
  }
  return found;
}

function readTelemetry(collector: Collector, world: World): Telemetry | undefined {
  if (collector.kind === 'fluent-bit') return ofFluentBit(logsPlan(collector, world));
  if (collector.kind === 'alloy') return ofAlloy(collector);
  return collector.kind === 'opentelemetry' ? ofOpenTelemetry(collector) : undefined;
}

/**
 * Without `--server.http.listen-addr`, which is looked at with the flags of all programs, it is there for its own pod only.
 *
 * @see https://grafana.com/docs/alloy/latest/reference/cli/run/
 */
function ofAlloy({ container }: Collector): Telemetry | undefined {
  const run = container.arguments.find(({ value }) => value === 'run');
  if (!run || !/(?:^|\/)alloy[:@]/.test(container.image?.value ?? '')) return undefined;
  return { program: 'Alloy', places: [{ host: '127.0.0.1', port: 12345, span: run.span }], span: run.span };
}

/** Words of the command line that name files, and nothing that listens. */
const OF_FILES = /^(?:\/.*|-[cReq]|--(?:config|parser|plugin|quiet)(?:=.*)?)$/;

/** The HTTP server of Fluent Bit is off unless it is switched on; it listens on 0.0.0.0:2020 unless it is told otherwise. */
function ofFluentBit(plan: LogsPlan): Telemetry | undefined {
  const { collector, service, outputs, broken, gaps } = plan;
  const [section] = service;
  if (broken || gaps.length > 0 || !collector.container.arguments.every(({ value }) => OF_FILES.test(value))) {
    return undefined;
  }
  // Pages of other plugins are asked for on ports of their own.
  if (!section || service.length > 1 || outputs.some((one) => pluginOf(one) === 'prometheus_exporter'))
    return undefined;
  const read = (key: string, fallback: string) => settingOf(section, key, fallback);
  const [isOn, host, port] = [read('http_server', 'off'), read('http_listen', '0.0.0.0'), read('http_port', '2020')];
  if (!isOn || !host || !port || !/^\d+$/.test(port.text)) return undefined;
  const span = isOn.span ?? section.span;
  if (!/^(?:on|true|yes)$/i.test(isOn.text)) return { program: 'Fluent Bit', places: [], span };
  const place = { host: host.text, port: Number(port.text), span: host.span ?? port.span ?? span };
  const isTold = /^(?:127\.|localhost)/.test(host.text) ? place : { ...place, span: port.span ?? span };
  return { program: 'Fluent Bit', places: [isTold], span };
}

/** The text of a setting, or what is taken without one; nothing where it cannot be known. */
function settingOf(
  section: FluentBitSection,
  key: string,
  fallback: string,
): { readonly text: string; readonly span?: Span } | undefined {
  const property = section.get(key);
  if (!property) return { text: fallback };
  const text = textOf(property.value);
  return text === undefined ? undefined : { text: text.trim(), span: property.span };
}

/**
 * `service.telemetry.metrics` of an OpenTelemetry collector, and its exporters of type `prometheus`.
 *
 * @see https://opentelemetry.io/docs/collector/internal-telemetry/
 */
function ofOpenTelemetry(collector: Collector): Telemetry | undefined {
  const program = 'the OpenTelemetry collector';
  const { root, gaps } = configuration(collector, program);
  // Settings may come from the command line, too.
  if (!root || gaps.length > 0 || collector.container.arguments.some(({ value }) => /^--?set\b/.test(value))) {
    return undefined;
  }
  const own = ownPlaces(root);
  const used = new Set(pipelinesOf(root).flatMap(({ exporters }) => exporters.map(({ name }) => name)));
  const pages = componentsOf(root, 'exporters', 'prometheus')
    .filter(({ name }) => used.has(name))
    .map(({ node, key }) => placeIn(textAt(node, 'endpoint')?.value, textAt(node, 'endpoint')?.span ?? key));
  const places = [...(own ?? []), ...pages];
  if (!own || places.some((place) => place === undefined)) return undefined;
  const span = mapAt(root, 'service', 'telemetry', 'metrics')?.span ?? mapAt(root, 'service')?.span ?? root.span;
  return { program, places: places.filter((place) => place !== undefined), span };
}

/** Where its own metrics are; `undefined` where that cannot be known. */
function ownPlaces(root: Node): readonly (Place | undefined)[] | undefined {
  const metrics = mapAt(root, 'service', 'telemetry', 'metrics');
  if (textAt(metrics, 'level')?.value === 'none') return [];
  const address = textAt(metrics, 'address');
  if (address) return [placeIn(address.value, address.span)];
  const readers = itemsAt(metrics, 'readers');
  // Without a word it is port 8888, of an address that follows from the version.
  if (readers.length === 0)
    return metrics?.entries.has('readers') ? undefined : [{ host: '', port: 8888, span: root.span }];
  return readers.flatMap((reader) => {
    const exporter = mapAt(reader, 'pull', 'exporter', 'prometheus');
    if (!exporter) return [];
    const port = textAt(exporter, 'port');
    const host = textAt(exporter, 'host');
    if (port && !/^\d+$/.test(port.value)) return [undefined];
    return [{ host: host?.value ?? '', port: Number(port?.value ?? 8888), span: port?.span ?? exporter.span }];
  });
}

function placeIn(address: string | undefined, span: Span): Place | undefined {
  const found = /^(.*):(\d+)$/.exec(address ?? '');
  return found ? { host: found[1], port: Number(found[2]), span } : undefined;
}

/** Numbers are written where texts are meant, too. */
function textAt(node: Node | undefined, key: string): { readonly value: string; readonly span: Span } | undefined {
  const scalar = scalarAt(node, key);
  return scalar && scalar.value !== null ? { value: `${scalar.value}`, span: scalar.span } : undefined;
}

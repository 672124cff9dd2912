import { isPlace } from './is-place';
import { type Paint, painter } from './paint';
import { cut } from './place';
import { count, readFiles } from './read-files';
import type { Finding, PathVerdict, Place, Verdict } from './verdict';

export interface TextOptions {
  /** Colour and weight by escape sequences. @default false */
  readonly color?: boolean;
}

/** The report for people: each finding with both ends of the wire, then every path, then the sum. */
export function renderText(verdict: Verdict, options: TextOptions = {}): string {
  const paint = painter(options.color ?? false);
  const shown = verdict.findings.filter(({ suppressed }) => !suppressed);
  const blocks = [
    ...shown.map((finding) => block(finding, verdict, paint)),
    ...(verdict.paths.length > 0 ? [renderPaths(verdict.paths, paint)] : []),
    ...(verdict.assumptions.length > 0 ? [renderAssumptions(verdict)] : []),
    renderSummary(verdict, paint),
  ];
  return `${blocks.join('\n\n')}\n`;
}

/** One finding, as it stands in the report. */
export function renderFinding(finding: Finding, verdict: Verdict, options: TextOptions = {}): string {
  return block(finding, verdict, painter(options.color ?? false));
}

function block(finding: Finding, verdict: Verdict, paint: Paint): string {
  const { severity, rule, message, location, related, why, help, paths, world } = finding;
  const width = Math.max(...[location, ...related].map((place) => `${place?.line ?? ''}`.length), 1);
  const bar = paint.dim('|');
  const pad = ' '.repeat(width);
  const lines = [`${paint.severity(severity, `${severity}[${rule}]`)}${paint.bold(`: ${message}`)}`];
  if (location) lines.push(`${pad}${paint.dim('-->')} ${shownPlace(location)}`, ...quote(location, width, '^', paint));
  for (const { message: text, ...place } of related) {
    const full = isPlace(place) ? place : undefined;
    lines.push(`${pad}${paint.dim(':::')} ${full ? `${shownPlace(full)}: ` : ''}${text}`);
    if (full) lines.push(...quote(full, width, '-', paint));
  }
  if (lines.length > 1) lines.push(`${pad} ${bar}`);
  lines.push(`${pad} ${paint.dim('=')} why: ${why}`);
  lines.push(`${pad} ${paint.dim('=')} ${paint.bold('help')}: ${help}`);
  if (world !== '') lines.push(`${pad} ${paint.dim('=')} world ${world}${pathNote(paths, verdict)}`);
  return lines.join('\n');
}

/** One cause may cut the paths of a whole cluster. */
const MAX_NAMED = 3;

function pathNote(ids: readonly string[], verdict: Verdict): string {
  const paths = verdict.paths.filter(({ id }) => ids.includes(id));
  const [first] = paths;
  if (!first) return '';
  const isOne = paths.every(({ signal, sink }) => signal === first.signal && sink.id === first.sink.id);
  const named = paths.map((path) => (isOne ? placeOf(path) : nameOf(path)));
  const rest = named.length - MAX_NAMED;
  const list = `${named.slice(0, MAX_NAMED).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
  return isOne ? `: breaks ${first.signal} of ${list} to ${first.sink.id}` : `: breaks ${list}`;
}

function quote(place: Place, width: number, mark: string, paint: Paint): readonly string[] {
  if (!place.quote) return [];
  const { text, column } = cut(place.quote.line, place.column);
  const pad = ' '.repeat(width);
  const length = Math.max(1, Math.min(place.quote.length, text.length - column + 1));
  const marks = mark.repeat(length);
  return [
    `${pad} ${paint.dim('|')}`,
    `${paint.dim(`${place.line}`.padStart(width))} ${paint.dim('|')} ${text}`,
    `${pad} ${paint.dim('|')} ${' '.repeat(column - 1)}${mark === '^' ? paint.mark(marks) : paint.other(marks)}`,
  ];
}

function shownPlace({ file, line, column }: Place): string {
  return `${file}:${line}:${column}`;
}

function nameOf(path: PathVerdict): string {
  return `${path.signal} of ${placeOf(path)} to ${path.sink.id}`;
}

function placeOf({ source }: PathVerdict): string {
  return `${source.kind} ${source.namespace ? `${source.namespace}/` : ''}${source.name}`;
}

function renderPaths(paths: readonly PathVerdict[], paint: Paint): string {
  const lines: string[] = [];
  let world: string | undefined;
  for (const path of paths.toSorted((a, b) =>
    a.world === b.world ? (a.id < b.id ? -1 : 1) : a.world < b.world ? -1 : 1,
  )) {
    if (path.world !== world) lines.push(...(world === undefined ? [] : ['']), paint.bold(`world ${path.world}`));
    world = path.world;
    lines.push(`  ${paint.status(path.status)} ${nameOf(path)}`);
    for (const status of ['broken', 'proven', 'unknown'] as const) {
      for (const [note, kinds] of groups(path, status)) {
        lines.push(`    ${status.padEnd(8)} ${kinds.join(', ')}${note === '' ? '' : `: ${note}`}`);
      }
    }
  }
  return lines.join('\n');
}

/** Hops of one status; unknown ones apart by what is missing. */
function groups(path: PathVerdict, status: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const hop of path.hops.filter((candidate) => candidate.status === status)) {
    const note = (hop.missing ?? []).map(({ what }) => what).join('; ');
    found.set(note, [...(found.get(note) ?? []), hop.kind]);
  }
  return found;
}

function renderAssumptions({ assumptions }: Verdict): string {
  return ['assumed, because no file can show it:', ...assumptions.map(({ text }) => `  - ${text}`)].join('\n');
}

function renderSummary({ summary, worlds, read }: Verdict, paint: Paint): string {
  const { proven, broken, unknown } = summary.paths;
  const { error, warning } = summary.findings;
  const total = proven + broken + unknown;
  const paths = `${count(total, 'path')} in ${count(worlds.length, 'world')}: ${proven} proven, ${broken} broken, ${unknown} unknown`;
  const findings = `${count(error, 'error')}, ${count(warning, 'warning')}${summary.suppressed > 0 ? `, ${summary.suppressed} suppressed` : ''}`;
  const files = `${readFiles(read)} read, ${count(read.skipped, 'other file')} skipped`;
  return `${paint.bold(paths)}; ${findings}\n${files}`;
}

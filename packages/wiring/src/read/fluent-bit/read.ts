import { known, textOf, type Value } from '../../model/value';
import { MappedText, type Span } from '../../text';
import { readClassic } from './classic';
import { expandVariables, type Lookup } from './env';
import { type FluentBitConfig, FluentBitGroup, type FluentBitProperty, FluentBitSection } from './model';
import { type Expand, emptyConfig, type Files, type Include, type RawConfig, type RawProperty } from './raw';
import { readYamlFormat } from './yaml';

export type FluentBitFormat = 'yaml' | 'classic';

export interface FluentBitOptions {
  /** @default by content: a text whose first word stands in brackets, or begins with `@`, is classic */
  readonly format?: FluentBitFormat;
  /**
   * The text of another file of the configuration, by its path as it is written (`parsers.conf`,
   * `/fluent-bit/etc/custom.yaml`). What it does not have is reported as unsupported and named.
   * @default there are no other files
   */
  readonly include?: Include;
  /**
   * The paths of the files that an include with wild-cards stands for.
   * @default - such an include is reported as unsupported
   */
  readonly expand?: Expand;
  /** The environment variable `name` of the container; `''` when it is certainly not set. */
  readonly env: (name: string, span: Span) => Value;
}

/**
 * Reads a Fluent Bit configuration, in the YAML or the classic format, into one model.
 *
 * Never throws; what Fluent Bit would refuse becomes problems with the code `fluent-bit-syntax`. Parsers from a
 * `parsers_file` are read too, when `include` has the file.
 */
export function readFluentBit(text: MappedText, options: FluentBitOptions): FluentBitConfig {
  const raw = emptyConfig();
  const include: Include = options.include ?? (() => undefined);
  const format = options.format ?? formatOf(text.text);
  read(text, format, { include, expand: options.expand ?? (() => undefined) }, raw);
  if (format === 'classic') refuseParsers(raw);
  const lookup = lookupOf(raw, options.env);
  readParsersFiles(raw, include, lookup);
  const sections = raw.sections.map(
    ({ kind, title, properties, groups, span }) =>
      new FluentBitSection(
        kind,
        title,
        properties.map((property) => expanded(property, lookup)),
        groups.map(
          (group) =>
            new FluentBitGroup(
              group.name,
              group.properties.map((p) => expanded(p, lookup)),
              group.span,
            ),
        ),
        span,
      ),
  );
  return { sections, problems: raw.problems, unsupported: raw.unsupported };
}

function read(text: MappedText, format: FluentBitFormat, files: Files, into: RawConfig): void {
  if (format === 'yaml') readYamlFormat(text, files, into);
  else readClassic(text, files, into);
}

/** The format of a text, by its first line that says something. */
function formatOf(text: string): FluentBitFormat {
  const first = /^[ \t]*([^\s#].*)$/m.exec(text)?.[1] ?? '';
  return first.startsWith('[') || first.startsWith('@') ? 'classic' : 'yaml';
}

/** Classic configurations keep parsers in files of their own; YAML takes them anywhere. */
function refuseParsers({ sections, problems }: RawConfig): void {
  for (const { kind, title, span } of sections) {
    if (kind !== 'parser' && kind !== 'multiline_parser') continue;
    problems.push({
      code: 'fluent-bit-syntax',
      message: `[${title}] is not allowed in the main file of a classic configuration`,
      help: 'move it to a file that parsers_file names',
      span,
    });
  }
}

function lookupOf({ variables }: RawConfig, env: Lookup): Lookup {
  const own = new Map(variables.map(({ name, text }) => [name, known(text.text, text.whole)]));
  return (name, span) => own.get(name) ?? env(name, span);
}

function readParsersFiles(raw: RawConfig, include: Include, lookup: Lookup): void {
  const service = raw.sections.filter(({ kind }) => kind === 'service');
  for (const { key, text } of service.flatMap(({ properties }) => properties)) {
    if (key !== 'parsers_file') continue;
    const path = textOf(expandVariables(text, lookup));
    const found = path === undefined ? undefined : include(path);
    if (found) read(found, formatOf(found.text), { include, expand: () => undefined }, raw);
    else raw.unsupported.push({ kind: 'parsers-file', what: text.text, span: text.whole });
  }
}

function expanded({ written, key, keySpan, text }: RawProperty, lookup: Lookup): FluentBitProperty {
  const trimmed = trim(text);
  return { written, key, keySpan, text: trimmed, value: expandVariables(trimmed, lookup), span: trimmed.whole };
}

/** Without the white space around it, as Fluent Bit takes every value; the last line break of a block goes with it. */
function trim(text: MappedText): MappedText {
  const start = text.text.length - text.text.trimStart().length;
  const end = Math.max(start, text.text.trimEnd().length);
  if (start === 0 && end === text.text.length) return text;
  const pieces = text.text.slice(start, end).split(/(?<=\n)/);
  let at = start;
  const mapped = pieces.map((piece) => {
    const span = text.span(at, at + piece.length);
    at += piece.length;
    return { text: piece, span };
  });
  return MappedText.join(mapped, text.span(start, end));
}

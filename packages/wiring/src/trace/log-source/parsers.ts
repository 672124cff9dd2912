import { textOf } from '../../model';
import type { FluentBitSection } from '../../read/fluent-bit';
import type { Span } from '../../text';
import { logRegex } from './regex';

/** How a parser takes a line apart. */
export interface LogParser {
  readonly name: string;
  /** `regex`, `json`, `logfmt`, `ltsv`. */
  readonly format: string;
  readonly regex?: string;
  readonly timeKey?: string;
  readonly keepsTime: boolean;
  /** Absent: a parser of the image. */
  readonly span?: Span;
}

export interface ParserTable {
  readonly parsers: ReadonlyMap<string, LogParser>;
  readonly multiline: ReadonlyMap<string, FluentBitSection | undefined>;
  /** Others may be defined in files that are not in the input. */
  readonly isOpen: boolean;
}

/** Built into the program (src/multiline). */
const BUILT_IN = ['docker', 'cri', 'go', 'java', 'python', 'ruby'];

/** The parsers of the file `parsers.conf` in the images that may stand in the way of a container's log. */
export const IMAGE_PARSERS: ReadonlyMap<string, LogParser> = new Map(
  (
    [
      ['docker', 'json', undefined],
      ['json', 'json', undefined],
      ['logfmt', 'logfmt', undefined],
      ['cri', 'regex', '^(?<time>[^ ]+) (?<stream>stdout|stderr) (?<logtag>[^ ]*) (?<message>.*)$'],
    ] as const
  ).map(([name, format, regex]) => [
    name,
    { name, format, keepsTime: name !== 'json', timeKey: 'time', ...(regex && { regex }) },
  ]),
);

export function parserTable(
  sections: readonly FluentBitSection[],
  isOpen: boolean,
  hasImageFile: boolean,
): ParserTable {
  const parsers = new Map<string, LogParser>(hasImageFile ? IMAGE_PARSERS : []);
  const multiline = new Map<string, FluentBitSection | undefined>(BUILT_IN.map((name) => [name, undefined]));
  for (const section of sections) {
    const name = textOf(section.get('name')?.value);
    if (name === undefined) continue;
    if (section.kind === 'multiline_parser') multiline.set(name, section);
    if (section.kind !== 'parser') continue;
    const regex = textOf(section.get('regex')?.value);
    const timeKey = textOf(section.get('time_key')?.value);
    parsers.set(name, {
      name,
      format: textOf(section.get('format')?.value)?.toLowerCase() ?? '',
      keepsTime: isOn(textOf(section.get('time_keep')?.value)),
      span: section.span,
      ...(regex !== undefined && { regex }),
      ...(timeKey !== undefined && { timeKey }),
    });
  }
  return { parsers, multiline, isOpen };
}

export function isOn(value: string | undefined): boolean {
  return value !== undefined && /^(?:true|on|yes|1)$/i.test(value);
}

/** Lines as containerd writes them: time, stream, F for a whole line or P for a part of one, and the text. */
export const CRI_LINES = [
  '2026-03-04T05:06:07.123456789Z stdout F {"level":"info","msg":"ready"}',
  '2026-03-04T05:06:07.987654321+09:00 stderr F plain text, with: signs [1]',
  '2026-03-04T05:06:08.000000001Z stdout P the first part of a long line',
];

export type Fit =
  /** Its groups, by name, of every line. */
  | { readonly kind: 'fits'; readonly keys: readonly string[]; readonly lines: readonly ReadonlyMap<string, string>[] }
  | { readonly kind: 'misses'; readonly why: string }
  | { readonly kind: 'open'; readonly why: string };

/** Does a parser take apart what containerd writes? */
export function fitOf(parser: LogParser): Fit {
  if (parser.format === 'json') return { kind: 'misses', why: 'it reads JSON, which a line of containerd is not' };
  if (parser.format !== 'regex' || parser.regex === undefined) {
    return { kind: 'open', why: `what a parser of format ${parser.format || 'unknown'} makes of a line` };
  }
  const regex = logRegex(parser.regex);
  if (!regex) return { kind: 'open', why: `what the expression of parser ${parser.name} matches` };
  const groups = CRI_LINES.map((line) => regex.search(line)?.named);
  if (groups.every((one) => one === undefined)) {
    return { kind: 'misses', why: 'its expression does not match a line of containerd' };
  }
  // Only whole lines, or only one stream: the others stay as they are.
  if (!groups[0] || !groups[1])
    return { kind: 'open', why: `which lines the expression of parser ${parser.name} matches` };
  const lines = groups.filter((one) => one !== undefined);
  return { kind: 'fits', keys: [...lines[0].keys()], lines };
}

import type { MetricSeries, MetricType, SeriesShape } from '../model';
import type { SourceText, Span } from '../text';
import type { Problem } from './problem';

/** What a saved page holds, and why it is none. */
export interface PageReading {
  readonly series: ReadonlyMap<string, MetricSeries>;
  readonly problems: readonly Problem[];
}

interface Shape extends SeriesShape {
  readonly examples: (readonly string[])[];
}

interface Family {
  readonly type: MetricType;
  readonly span: Span;
}

const TYPES: ReadonlySet<string> = new Set([
  'counter',
  'gauge',
  'histogram',
  'gaugehistogram',
  'summary',
  'info',
  'stateset',
  'unknown',
]);

/** What a family of a type is stored as, beside its own name (Prometheus' exposition formats, OpenMetrics 1.0). */
const SUFFIXES: Readonly<Partial<Record<MetricType, readonly string[]>>> = {
  histogram: ['_bucket', '_sum', '_count', '_created'],
  gaugehistogram: ['_bucket', '_gsum', '_gcount'],
  summary: ['_sum', '_count', '_created', ''],
  counter: ['_total', '_created', ''],
  info: ['_info', ''],
};

const NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const SAMPLE = /^(?:([a-zA-Z_:][a-zA-Z0-9_:]*)[ \t]*)?(\{)?/;
const VALUE =
  /^[ \t]*(?:[+-]?(?:\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?|0[xX][0-9a-fA-F.]+(?:[pP][+-]?\d+)?|inf|infinity|nan))(?:[ \t]+-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)?(?:[ \t]*#[ \t]*\{.*)?[ \t]*$/i;
/** More values of one shape tell nothing new. */
const MAX_EXAMPLES = 40;

/** Reads a page in Prometheus' text format or in OpenMetrics, as `curl` saves it. */
export function readMetricPage(source: SourceText): PageReading {
  return new PageReader(source).read();
}

class PageReader {
  private readonly families = new Map<string, Family>();
  private readonly names = new Map<string, { readonly type: MetricType; readonly shapes: Map<string, Shape> }>();
  private problem?: Problem;

  constructor(private readonly source: SourceText) {}

  read(): PageReading {
    const { text } = this.source;
    let start = 0;
    while (start < text.length && !this.problem) {
      const found = text.indexOf('\n', start);
      const end = found === -1 ? text.length : found;
      const line = text.slice(start, end).replace(/\r$/, '');
      if (line.trim() === '# EOF') break;
      if (line.startsWith('#')) this.comment(line, start);
      else if (line.trim() !== '') this.sample(line, start);
      start = end + 1;
    }
    if (!this.problem && this.names.size === 0) {
      this.fail('there is no sample in the page', 0, 0, 'save what the target answers: curl http://…/metrics > page');
    }
    if (this.problem) return { series: new Map(), problems: [this.problem] };
    this.addEmptyFamilies();
    return {
      series: new Map(
        [...this.names].map(([name, { type, shapes }]) => [name, { name, type, shapes: [...shapes.values()] }]),
      ),
      problems: [],
    };
  }

  private comment(line: string, start: number): void {
    const [, word, name, rest] = /^#[ \t]*(TYPE)[ \t]+("[^"]*"|\S+)[ \t]*(.*)$/.exec(line) ?? [];
    if (word === undefined) return;
    const type = rest.trim().toLowerCase();
    const known = type === 'untyped' ? 'unknown' : type;
    if (!TYPES.has(known)) {
      this.fail(
        `${JSON.stringify(rest.trim())} is no type of a metric`,
        start + line.length - rest.length,
        start + line.length,
      );
      return;
    }
    const family = name.replace(/^"|"$/g, '');
    this.families.set(family, { type: known as MetricType, span: this.span(start, start + line.length) });
  }

  private sample(line: string, start: number): void {
    const opening = SAMPLE.exec(line);
    const indent = /^[ \t]*/.exec(line)?.[0].length ?? 0;
    const [whole, plain, brace] = indent > 0 ? [''] : (opening ?? ['']);
    if (!plain && !brace) {
      this.fail(
        'this is no line of a /metrics page',
        start,
        start + line.length,
        'a line is name{label="value"} number',
      );
      return;
    }
    const labels = new Map<string, string>();
    let name = plain;
    let at = whole.length;
    if (brace) {
      const end = this.labels(line, at, start, labels, (quoted) => {
        name ??= quoted;
      });
      if (end === undefined) return;
      at = end;
    }
    if (!name || !VALUE.test(line.slice(at))) {
      this.fail(
        name ? `${JSON.stringify(line.slice(at).trim())} is no value of a sample` : 'a sample has no name',
        start + at,
        start + line.length,
        'a line is name{label="value"} number',
      );
      return;
    }
    this.add(name, labels, this.span(start, start + at));
  }

  /** The place behind the closing brace. */
  private labels(
    line: string,
    from: number,
    start: number,
    into: Map<string, string>,
    named: (name: string) => void,
  ): number | undefined {
    const LABEL =
      /[ \t]*(?:(?:([a-zA-Z_][a-zA-Z0-9_]*)|"((?:[^"\\]|\\.)*)")[ \t]*(?:=[ \t]*"((?:[^"\\]|\\.)*)")?[ \t]*(,)?)?[ \t]*(\})?/y;
    LABEL.lastIndex = from;
    for (;;) {
      const before = LABEL.lastIndex;
      const found = LABEL.exec(line);
      const [, plain, quoted, value, comma, end] = found ?? [];
      const label = plain ?? quoted;
      const isEmpty = label === undefined;
      const isNameless = plain !== undefined && value === undefined;
      if (!found || isNameless || (isEmpty && !end) || (!comma && !end)) {
        this.fail(
          'the labels of the sample are not closed or not written as label="value"',
          start + before,
          start + line.length,
        );
        return undefined;
      }
      if (!isEmpty && value === undefined) named(unescaped(quoted));
      else if (!isEmpty) into.set(label, unescaped(value));
      if (end) return LABEL.lastIndex;
    }
  }

  private add(name: string, labels: ReadonlyMap<string, string>, span: Span): void {
    const type = this.typeOf(name);
    const series = this.names.get(name) ?? { type, shapes: new Map<string, Shape>() };
    this.names.set(name, series);
    const names = [...labels.keys()].sort();
    const key = names.join('\n');
    const shape = series.shapes.get(key) ?? { labels: names, examples: [], span };
    series.shapes.set(key, shape);
    if (shape.examples.length < MAX_EXAMPLES) shape.examples.push(names.map((label) => labels.get(label) ?? ''));
  }

  private typeOf(name: string): MetricType {
    const own = this.families.get(name);
    if (own) return own.type;
    for (const suffix of ['_bucket', '_sum', '_count', '_total', '_created', '_gsum', '_gcount', '_info']) {
      const family = name.endsWith(suffix) ? this.families.get(name.slice(0, -suffix.length)) : undefined;
      if (family && SUFFIXES[family.type]?.includes(suffix)) return family.type;
    }
    return 'unknown';
  }

  /** A family that is announced and has no series yet will have some, with labels that nobody knows. */
  private addEmptyFamilies(): void {
    for (const [family, { type, span }] of this.families) {
      const suffixes = (SUFFIXES[type] ?? ['']).filter((suffix) => suffix !== '_created');
      if (suffixes.some((suffix) => this.names.has(`${family}${suffix}`))) continue;
      for (const suffix of suffixes) {
        const shape: Shape = { labels: [], examples: [], span };
        this.names.set(`${family}${suffix}`, { type, shapes: new Map([['', shape]]) });
      }
    }
  }

  private fail(message: string, from: number, to: number, help?: string): void {
    const what = `${this.source.file} is no /metrics page: ${message}`;
    this.problem ??= { code: 'metric-page', message: what, span: this.span(from, to), ...(help && { help }) };
  }

  private span(start: number, end: number): Span {
    return { source: this.source, start, end };
  }
}

function unescaped(text: string): string {
  return text.replace(/\\(.)/g, (_, letter: string) => (letter === 'n' ? '\n' : letter));
}

/** A name that a page can have without quotes. */
export function isMetricName(text: string): boolean {
  return NAME.test(text);
}

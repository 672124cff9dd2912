import type { SourceText, Span } from './source-text';

/** `length` characters from `inner` on came from `outer` on in `source`, one for one, or as a block that was rewritten (an escape). */
interface Segment {
  readonly inner: number;
  readonly length: number;
  readonly source: SourceText;
  readonly outer: number;
  readonly outerLength: number;
}

/**
 * Text that knows where each of its characters stands in a file.
 *
 * A collector's configuration often sits inside a ConfigMap, a policy inside a JSON string: decoders read the inner
 * text, reports point into the outer file. Every decoder takes a `MappedText`, so it works on files and on embedded
 * text alike.
 */
export class MappedText {
  /** A whole file. */
  static whole(source: SourceText): MappedText {
    const { length } = source.text;
    return new MappedText(source.text, [{ inner: 0, length, source, outer: 0, outerLength: length }], {
      source,
      start: 0,
      end: length,
    });
  }

  /** Text that was made from `from` as a whole; every position in it maps to the whole of `from`. */
  static derived(text: string, from: Span): MappedText {
    return new MappedText(text, [], from);
  }

  /** Texts laid one after another, each with the places that it knows. */
  static concat(texts: readonly MappedText[], whole: Span): MappedText {
    const segments: Segment[] = [];
    let text = '';
    for (const { text: piece, segments: own, whole: from } of texts) {
      const start = text.length;
      const made = { source: from.source, outer: from.start, outerLength: from.end - from.start };
      if (own.length === 0) segments.push({ inner: start, length: piece.length, ...made });
      for (const segment of own) segments.push({ ...segment, inner: segment.inner + start });
      text += piece;
    }
    return new MappedText(text, segments, whole);
  }

  /** Pieces laid one after another; each is a stretch of a file and the text that it stands for. */
  static join(pieces: readonly { readonly text: string; readonly span: Span }[], whole: Span): MappedText {
    const segments: Segment[] = [];
    let text = '';
    for (const { text: piece, span } of pieces) {
      segments.push({
        inner: text.length,
        length: piece.length,
        source: span.source,
        outer: span.start,
        outerLength: span.end - span.start,
      });
      text += piece;
    }
    return new MappedText(text, segments, whole);
  }

  private constructor(
    readonly text: string,
    private readonly segments: readonly Segment[],
    /** The stretch of the file that all of this text came from. */
    readonly whole: Span,
  ) {}

  /** A stretch of this text. */
  slice(start: number, end: number): MappedText {
    const pieces = this.segments.flatMap((segment) => {
      const [from, to] = [Math.max(start, segment.inner), Math.min(end, segment.inner + segment.length)];
      return to > from ? [{ text: this.text.slice(from, to), span: this.span(from, to) }] : [];
    });
    const text = this.text.slice(start, end);
    if (pieces.length === 0) return MappedText.derived(text, this.whole);
    return MappedText.join(pieces, this.span(start, end));
  }

  /** Where the characters `start` to `end` (exclusive) stand in their file. */
  span(start: number, end: number = start): Span {
    // Most text is a whole file, and every value of it asks for its place.
    if (this.text === this.whole.source.text) return { source: this.whole.source, start, end: Math.max(start, end) };
    const first = this.locate(start);
    if (!first) return this.whole;
    if (end <= start) return { source: first.source, start: first.start, end: first.start };
    const last = this.locate(end - 1);
    if (!last || last.source !== first.source) return this.whole;
    return { source: first.source, start: first.start, end: last.end };
  }

  private locate(offset: number): Span | undefined {
    let low = 0;
    let high = this.segments.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.segments[middle].inner <= offset) low = middle;
      else high = middle - 1;
    }
    const segment = this.segments[low];
    if (!segment) return undefined;
    const { source, outer, outerLength, length } = segment;
    if (length !== outerLength) return { source, start: outer, end: outer + outerLength };
    const at = Math.min(outer + offset - segment.inner, outer + outerLength);
    return { source, start: at, end: Math.min(at + 1, outer + outerLength) };
  }
}

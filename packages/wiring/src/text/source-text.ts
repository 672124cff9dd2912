/** A place in a file as people and editors name it: both 1-based, columns in UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** One file as it was read. Offsets into `text` are UTF-16 code units, as everywhere in this package. */
export class SourceText {
  private lineStarts?: number[];

  /**
   * @param file path as reports show it: relative to the working directory, with `/`
   * @param text the decoded content, without a byte order mark
   */
  constructor(
    readonly file: string,
    readonly text: string,
  ) {}

  position(offset: number): Position {
    const starts = this.starts();
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle] <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - starts[low] + 1 };
  }

  /** The text of one line (1-based) without its line break, for quoting under a caret. */
  line(line: number): string {
    const starts = this.starts();
    const start = starts[line - 1];
    if (start === undefined) return '';
    const end = starts[line] ?? this.text.length + 1;
    return this.text.slice(start, end - 1).replace(/\r$/, '');
  }

  private starts(): number[] {
    if (!this.lineStarts) {
      this.lineStarts = [0];
      for (let i = this.text.indexOf('\n'); i !== -1; i = this.text.indexOf('\n', i + 1)) {
        this.lineStarts.push(i + 1);
      }
    }
    return this.lineStarts;
  }
}

/** A stretch of a file: `start` inclusive, `end` exclusive. */
export interface Span {
  readonly source: SourceText;
  readonly start: number;
  readonly end: number;
}

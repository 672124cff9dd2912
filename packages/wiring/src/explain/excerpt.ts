import { badFiles, type Example } from '../rules';

/** A stretch of a file in which the bad and the good half of an example differ. */
export interface Excerpt {
  readonly file: string;
  readonly lines: readonly { readonly mark: ' ' | '-' | '+'; readonly text: string }[];
}

/** Lines around a change, for the reader to see where they are. */
const CONTEXT = 2;
const MAX_WIDTH = 200;

/** From bad (`-`) to good (`+`), file by file. */
export function excerptsOf(example: Example): readonly Excerpt[] {
  const bad = badFiles(example);
  const files = [...new Set(example.changes.map(({ file }) => file))];
  return files.map((file) => ({ file, lines: difference(bad[file].split('\n'), example.files[file].split('\n')) }));
}

/** A simple difference is enough: an example changes few lines, and each change stands for itself. */
function difference(bad: readonly string[], good: readonly string[]): Excerpt['lines'] {
  let [start, badEnd, goodEnd] = [0, bad.length, good.length];
  while (start < badEnd && start < goodEnd && bad[start] === good[start]) start++;
  while (badEnd > start && goodEnd > start && bad[badEnd - 1] === good[goodEnd - 1]) {
    badEnd--;
    goodEnd--;
  }
  const lines = (mark: ' ' | '-' | '+', texts: readonly string[]) => texts.map((text) => ({ mark, text: shown(text) }));
  return [
    ...lines(' ', good.slice(Math.max(0, start - CONTEXT), start)),
    ...lines('-', bad.slice(start, badEnd)),
    ...lines('+', good.slice(start, goodEnd)),
    ...lines(
      ' ',
      good.slice(goodEnd, goodEnd + CONTEXT).filter((text, i, all) => text !== '' || i < all.length - 1),
    ),
  ];
}

function shown(text: string): string {
  const visible = text.replaceAll('\0', '\\0');
  return visible.length > MAX_WIDTH ? `${visible.slice(0, MAX_WIDTH)}…` : visible;
}

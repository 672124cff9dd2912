/** Files by path, as a `MemoryFileTree` takes them. */
export type Files = Readonly<Record<string, string>>;

/**
 * Input in which nothing is found, and what has to be changed in it for one rule to speak, and no other.
 *
 * A wire has two ends, so an example needs all that is between them; shared sets of files (`examples/`) keep each
 * rule's own part to the line that matters.
 */
export interface Example {
  readonly files: Files;
  readonly changes: readonly Change[];
  /** What is verified. @default - everything */
  readonly paths?: readonly string[];
  /** The world that is verified. @default - all */
  readonly overlay?: string;
}

/** The first `good` of a file becomes `bad`. */
export interface Change {
  readonly file: string;
  readonly good: string;
  readonly bad: string;
}

export function example(files: Files, ...changes: readonly Change[]): Example {
  return { files, changes };
}

/** The files of the bad half. */
export function badFiles({ files, changes }: Example): Files {
  const out: Record<string, string> = { ...files };
  for (const { file, good, bad } of changes) {
    const at = out[file]?.indexOf(good) ?? -1;
    if (at === -1) throw new Error(`the example has no ${JSON.stringify(good)} in ${file}`);
    out[file] = out[file].slice(0, at) + bad + out[file].slice(at + good.length);
  }
  return out;
}

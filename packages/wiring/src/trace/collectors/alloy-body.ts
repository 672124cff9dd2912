import { type AlloyFile, type AlloyStatement, expandDeclared, parseAlloy } from '../../read/alloy';
import type { Collector } from './find';

/** The configuration of an Alloy: all files that it loads as one, with the modules that they declare put in place. */
export interface AlloyBody {
  readonly body: readonly AlloyStatement[];
  readonly problems: AlloyFile['problems'];
}

const read = new WeakMap<Collector['main'], AlloyBody>();

export function alloyBody({ main }: Collector): AlloyBody {
  const seen = read.get(main);
  if (seen) return seen;
  const files = main.map(({ content }) => parseAlloy(content.text()));
  const made = {
    body: expandDeclared(files.flatMap(({ body }) => body)),
    problems: files.flatMap(({ problems }) => problems),
  };
  read.set(main, made);
  return made;
}

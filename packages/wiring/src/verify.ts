import { type LoadOptions, loadEstate } from './read/estate';
import { assemble, type Verdict } from './report';
import { lint, lintEstate } from './rules';
import { findCollectors, traceWorlds } from './trace';

export interface VerifyOptions extends LoadOptions {
  readonly tool: { readonly name: string; readonly version: string };
  /** Whether lint rules are asked, too; without them only paths are judged. @default true */
  readonly lint?: boolean;
}

/** Reads, traces and judges. Never throws for what stands in the input: that becomes a finding. */
export function verify(options: VerifyOptions): Verdict {
  const estate = loadEstate(options);
  const looks = estate.worlds.map((world) => ({ world, ...findCollectors(world) }));
  const { paths, arrivals } = traceWorlds(looks, estate.leftOut, options.progress);
  const { gitOps } = estate;
  const spotted =
    options.lint === false
      ? []
      : [...looks.flatMap((look) => lint({ ...look, gitOps, arrivals })), ...lintEstate(estate)];
  return assemble({ estate, paths, spotted, tool: options.tool, ignore: options.config?.ignore ?? [] });
}

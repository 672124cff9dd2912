import { type LoadOptions, loadEstate } from './read/estate';
import { assemble, type Verdict } from './report';
import { traceWorld } from './trace';

export interface VerifyOptions extends LoadOptions {
  readonly tool: { readonly name: string; readonly version: string };
}

/** Reads, traces and judges. Never throws for what stands in the input: that becomes a finding. */
export function verify(options: VerifyOptions): Verdict {
  const estate = loadEstate(options);
  const paths = estate.worlds.flatMap(traceWorld);
  return assemble({ estate, paths, tool: options.tool, ignore: options.config?.ignore ?? [] });
}

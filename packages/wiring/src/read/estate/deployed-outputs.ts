import { MappedText, type SourceText } from '../../text';
import { mapAt } from '../access';
import { readJson } from '../json';
import type { Problem } from '../problem';

export interface DeployedOutputs {
  /** Values by `<stack>.<output>`. */
  readonly values: ReadonlyMap<string, string>;
  readonly problems: readonly Problem[];
}

/**
 * Outputs of stacks as `cdk deploy --outputs-file` writes them.
 *
 * @param sources those files that are there; before the first deployment there are none
 */
export function deployedOutputs(sources: readonly SourceText[]): DeployedOutputs {
  const values = new Map<string, string>();
  const problems: Problem[] = [];
  for (const source of sources) {
    const reading = readJson(MappedText.whole(source));
    problems.push(...reading.problems);
    for (const [stack, entry] of mapAt(reading.value)?.entries ?? []) {
      for (const [name, output] of mapAt(entry.value)?.entries ?? []) {
        if (output.value.kind === 'scalar') values.set(`${stack}.${name}`, `${output.value.value}`);
      }
    }
  }
  return { values, problems };
}

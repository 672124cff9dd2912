import type { Problem } from '../problem';
import type { YamlReading } from '../yaml';

/** Kustomize builds nothing from a map that has a key twice. */
export function refused({ duplicates }: Pick<YamlReading, 'duplicates'>): readonly Problem[] {
  return duplicates.map((problem) => ({
    ...problem,
    code: 'kustomize-duplicate-key',
    message: `${problem.message}, and kustomize refuses to build`,
  }));
}

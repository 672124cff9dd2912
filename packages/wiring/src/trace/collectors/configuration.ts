import type { Missing } from '../../model';
import { readYaml } from '../../read/yaml';
import type { Node } from '../../text';
import type { Break } from '../path';
import type { Collector } from './find';

/** The configuration of a collector as a tree. */
export interface Configuration {
  readonly root?: Node;
  readonly gaps: readonly Missing[];
  readonly broken?: Break;
}

/** YAML out of the file that a collector is told to load, or the tree that stands in the object itself. */
export function configuration({ main, workload, files }: Collector, program: string): Configuration {
  const inline = workload.object.inline;
  if (inline) return { root: inline.node, gaps: [] };
  const readings = main.map(({ content }) => readYaml(content.text()));
  // Prometheus and the collector refuse a key that is given twice.
  const problem = readings.flatMap(({ problems, duplicates }) => [...problems, ...duplicates])[0];
  const [root] = readings.flatMap(({ documents }) => documents);
  const gaps: Missing[] = [];
  if (main.length > 1) {
    const others = main.slice(1).map(({ path }) => path);
    gaps.push({
      kind: 'not-examined',
      what: `not examined by this version: ${others.join(', ')}, merged with ${main[0].path}`,
    });
  }
  if (!problem) return { ...(root && { root }), gaps, ...(files.length === 0 && {}) };
  return {
    gaps,
    broken: {
      claim: 'config-is-readable',
      message: `${program} cannot load its configuration: ${problem.message}`,
      related: [],
      ...(problem.span && { span: problem.span }),
      ...(problem.help && { help: problem.help }),
    },
  };
}

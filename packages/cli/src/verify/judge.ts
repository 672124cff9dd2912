import { type Verdict, verify } from '@eks-sightline/wiring';
import type { Host } from '../host';
import { version } from '../version';
import { DiskTree } from './disk-tree';
import { findConfig, shownPath } from './find-config';
import { progressOn } from './progress';

export interface Judged {
  readonly overlay?: string;
  readonly config?: string;
  /** Files of saved /metrics pages. */
  readonly metricsCatalog?: readonly string[];
  readonly allowEmpty: boolean;
}

/** Reads and judges what stands at the paths, with a word to those who wait and to those who get nothing. */
export function judge(given: readonly string[], judged: Judged, host: Host): Verdict {
  const { overlay, config: named, metricsCatalog = [], allowEmpty } = judged;
  const files = new DiskTree(host.cwd);
  const paths = [...new Set(given.map((path) => shownPath(host.cwd, path)))];
  const config = findConfig(named, given, host.cwd, files);
  const progress = progressOn(host);
  const verdict = verify({
    files,
    paths,
    tool: { name: '@eks-sightline/cli', version: version() },
    progress: progress.step,
    catalog: metricsCatalog.map((file) => shownPath(host.cwd, file)),
    ...(config && { config }),
    ...(overlay !== undefined && { overlay }),
  });
  progress.end();
  if (verdict.paths.length === 0 && verdict.findings.length === 0 && !allowEmpty) {
    host.stderr(
      `error: no signal path found in ${given.join(', ')}\n` +
        'help: give the rendered manifests of a collector (Alloy, Fluent Bit), or --allow-empty if there is none\n',
    );
  }
  return verdict;
}

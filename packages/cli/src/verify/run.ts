import { resolve } from 'node:path';
import { renderJson, renderText, type Verdict, verify } from '@eks-sightline/wiring';
import { colorOn } from '../color';
import { type ExitCode, UsageError } from '../exit';
import type { Host } from '../host';
import { version } from '../version';
import { DiskTree } from './disk-tree';
import { exitCodeOf } from './exit-code';
import { findConfig, shownPath } from './find-config';
import type { VerifyFlags } from './flags';
import { writeAtomically } from './output';
import { progressOn } from './progress';

/** `sightline verify` from its flags to its exit code. */
export function runVerify(given: readonly string[], flags: VerifyFlags, host: Host): ExitCode {
  refuseUnsupported(flags);
  const files = new DiskTree(host.cwd);
  const paths = [...new Set(given.map((path) => shownPath(host.cwd, path)))];
  const config = findConfig(flags.config, given, host.cwd, files);
  const progress = progressOn(host);
  const verdict = verify({
    files,
    paths,
    tool: { name: '@eks-sightline/cli', version: version() },
    progress: progress.step,
    ...(config && { config }),
    ...(flags.overlay !== undefined && { overlay: flags.overlay }),
  });
  progress.end();
  emit(verdict, flags, host);
  if (verdict.paths.length === 0 && verdict.findings.length === 0 && !flags.allowEmpty) {
    host.stderr(
      `error: no signal path found in ${given.join(', ')}\n` +
        'help: give the rendered manifests of a collector (Alloy, Fluent Bit), or --allow-empty if there is none\n',
    );
  }
  return exitCodeOf(verdict, flags);
}

function refuseUnsupported({ format, metricsCatalog }: VerifyFlags): void {
  if (format === 'sarif' || format === 'html') {
    throw new UsageError(`--format ${format} is not supported by this version`, 'use text or json');
  }
  if (metricsCatalog) {
    throw new UsageError('--metrics-catalog is not supported by this version', 'leave it out');
  }
}

function emit(verdict: Verdict, { format, output }: VerifyFlags, host: Host): void {
  const color = output === undefined && colorOn(host);
  const text = format === 'json' ? renderJson(verdict) : renderText(verdict, { color });
  if (output === undefined) host.stdout(text);
  else writeAtomically(resolve(host.cwd, output), text);
}

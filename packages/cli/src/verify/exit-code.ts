import type { Verdict } from '@eks-sightline/wiring';
import { Exit, type ExitCode } from '../exit';
import type { VerifyFlags } from './flags';

/** The contract's exit code; 2 wins over 1. */
export function exitCodeOf(
  { findings, paths }: Pick<Verdict, 'findings' | 'paths'>,
  { failOn, requireProven, allowEmpty }: Pick<VerifyFlags, 'failOn' | 'requireProven' | 'allowEmpty'>,
): ExitCode {
  const active = findings.filter(({ suppressed }) => !suppressed);
  const unreadable = active.some(({ rule, severity }) => rule.startsWith('input/') && severity === 'error');
  if (unreadable || (paths.length === 0 && !allowEmpty)) return Exit.input;
  const threshold: readonly string[] = failOn === 'never' ? [] : failOn === 'error' ? ['error'] : ['error', 'warning'];
  if (active.some(({ severity }) => threshold.includes(severity))) return Exit.findings;
  if (requireProven && paths.some(({ status }) => status !== 'proven')) return Exit.findings;
  return Exit.ok;
}

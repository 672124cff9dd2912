import { renderHtml, renderJson, renderSarif, renderText, type Verdict } from '@eks-sightline/wiring';
import { colorOn } from '../color';
import type { ExitCode } from '../exit';
import type { Host } from '../host';
import { exitCodeOf } from './exit-code';
import type { VerifyFlags } from './flags';
import { judge } from './judge';
import { emit } from './output';

/** `sightline verify` from its flags to its exit code. */
export function runVerify(given: readonly string[], flags: VerifyFlags, host: Host): ExitCode {
  const verdict = judge(given, flags, host);
  emit(render(verdict, flags, host), flags.output, host);
  return exitCodeOf(verdict, flags);
}

function render(verdict: Verdict, { format, output }: VerifyFlags, host: Host): string {
  switch (format) {
    case 'text':
      return renderText(verdict, { color: output === undefined && colorOn(host) });
    case 'json':
      return renderJson(verdict);
    case 'sarif':
      return renderSarif(verdict);
    case 'html':
      return renderHtml(verdict);
  }
}

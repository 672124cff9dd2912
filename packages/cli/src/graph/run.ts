import { graphOf, renderDot, renderHtml, renderMermaid, type Verdict } from '@eks-sightline/wiring';
import type { ExitCode } from '../exit';
import type { Host } from '../host';
import { exitCodeOf } from '../verify/exit-code';
import { judge } from '../verify/judge';
import { emit } from '../verify/output';
import type { GraphFlags } from './flags';

/** `sightline graph` from its flags to its exit code: a picture of a break is no failure, one of unreadable input is. */
export function runGraph(given: readonly string[], flags: GraphFlags, host: Host): ExitCode {
  const verdict = judge(given, flags, host);
  emit(draw(verdict, flags), flags.output, host);
  return exitCodeOf(verdict, { failOn: 'never', requireProven: false, allowEmpty: flags.allowEmpty });
}

function draw(verdict: Verdict, { format }: GraphFlags): string {
  switch (format) {
    case 'mermaid':
      return renderMermaid(graphOf(verdict));
    case 'dot':
      return renderDot(graphOf(verdict));
    case 'json':
      return `${JSON.stringify(graphOf(verdict), null, 2)}\n`;
    case 'html':
      return renderHtml(verdict);
  }
}

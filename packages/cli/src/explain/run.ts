import { renderRule, renderRules, rules, suggest } from '@eks-sightline/wiring';
import { colorOn } from '../color';
import { Exit, type ExitCode, UsageError } from '../exit';
import type { Host } from '../host';

/** `sightline explain` from its argument to its exit code. */
export function runExplain(given: string | undefined, host: Host): ExitCode {
  const color = colorOn(host);
  if (given === undefined) {
    host.stdout(renderRules(rules, { color }));
    return Exit.ok;
  }
  const rule = rules.find(({ id }) => id === given);
  if (!rule) throw unknownRule(given);
  host.stdout(renderRule(rule, { color }));
  return Exit.ok;
}

function unknownRule(given: string): UsageError {
  const near = suggest(
    given,
    rules.map(({ id }) => id),
  );
  const help = near.length > 0 ? `did you mean ${near.join(' or ')}?` : 'run "sightline explain" for all rules';
  return new UsageError(`there is no rule ${given}`, help);
}

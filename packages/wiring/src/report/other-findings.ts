import type { GitOps, World } from '../model';
import type { EstateProblem } from '../read/estate';
import { inputRule, type LintFinding, NOT_FOLLOWED } from '../rules';
import { finding, idOf } from './finding';
import { placeOf } from './place';
import type { Finding } from './verdict';

/** Input that could not be read. */
export function problemFinding(problem: EstateProblem): Finding {
  const rule = inputRule(problem.code);
  const { span, related = [] } = problem;
  return finding(rule, problem.worlds.length === 1 ? problem.worlds[0] : '', {
    id: idOf(rule, span?.source.file ?? '', problem.message),
    message: problem.message,
    help: problem.help ?? rule.help,
    paths: [],
    related: related.map((other) => ({ ...placeOf(other.span), message: other.message })),
    ...(span && { location: placeOf(span) }),
  });
}

/** Input that is not followed. */
export function gapFindings(world: World): readonly Finding[] {
  return world.gaps.map(({ what, help, span }) =>
    finding(NOT_FOLLOWED, world.name, {
      id: idOf(NOT_FOLLOWED, world.name, what),
      message: what,
      help: help ?? NOT_FOLLOWED.help,
      paths: [],
      related: [],
      ...(span && { location: placeOf(span) }),
    }),
  );
}

/** ApplicationSets whose Applications are not known, told once for each reason. */
export function openSets({ open }: GitOps): readonly Finding[] {
  const byReason = new Map<string, GitOps['open'][number][]>();
  for (const one of open) {
    const same = byReason.get(one.what);
    if (same) same.push(one);
    else byReason.set(one.what, [one]);
  }
  return [...byReason].map(([what, [first, ...others]]) => {
    const more = others.length > 0 ? ` and ${others.length} more` : '';
    const message = `${what} of ${first.label}${more} is not followed by this version, so the Applications are not judged`;
    const id = idOf(NOT_FOLLOWED, '', what);
    const { help } = NOT_FOLLOWED;
    return finding(NOT_FOLLOWED, '', { id, message, help, paths: [], related: [], location: placeOf(first.span) });
  });
}

/** What stands in a file that several worlds are built of is told once. */
export function lintFindings(spotted: readonly LintFinding[]): readonly Finding[] {
  const byPlace_ = new Map<string, LintFinding[]>();
  for (const one of spotted) {
    const { rule, world, subject, message, span } = one;
    const key = [rule.id, subject, message, span ? `${span.source.file} ${span.start}` : world].join('\n');
    byPlace_.set(key, [...(byPlace_.get(key) ?? []), one]);
  }
  return [...byPlace_.values()].map((same) => {
    const [{ rule, subject, message, help, span, related = [] }] = same;
    const world = same.length === 1 ? same[0].world : '';
    return finding(rule, world, {
      id: idOf(rule, world, subject),
      message,
      help: help ?? rule.help,
      paths: [],
      related: related.map((other) => ({ ...(other.span && placeOf(other.span)), message: other.message })),
      ...(span && { location: placeOf(span) }),
    });
  });
}

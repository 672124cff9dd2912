import { renderFinding, type TextOptions } from '../report';
import { badFiles, type Rule } from '../rules';
import { type Excerpt, excerptsOf } from './excerpt';
import { runExample } from './run-example';

/** A rule with its example carried out. */
export interface Explanation {
  readonly rule: Rule;
  /** Where the bad input and the good one differ. */
  readonly excerpts: readonly Excerpt[];
  /** What `sightline verify` says of the bad input. */
  readonly findings: readonly string[];
}

export function explain(rule: Rule, options: TextOptions = {}): Explanation {
  const { example } = rule;
  if (!example) return { rule, excerpts: [], findings: [] };
  const verdict = runExample(badFiles(example), example);
  return {
    rule,
    excerpts: excerptsOf(example),
    findings: verdict.findings.map((finding) => renderFinding(finding, verdict, options)),
  };
}

import type { RuleOwner, RuleSet } from '../../model';
import type { Span } from '../../text';
import type { Embedded } from '../embedded';
import { readYaml } from '../yaml';
import { readRuleGroups } from './groups';

/** Rules that stand as a text in something else. */
export function embeddedRules(label: string, owner: RuleOwner, embedded: Embedded | undefined, span: Span): RuleSet {
  const base = { label, owner, span };
  if (!embedded) {
    const defects = [{ message: 'there are no rules in it', span }];
    return { ...base, groups: [], defects, missing: [] };
  }
  if (embedded.missing) return { ...base, groups: [], defects: [], missing: [embedded.missing] };
  const [only, ...values] = embedded.values.values();
  if (only && values.length === 0 && /^\$\{sightline_\d+\}$/.test(embedded.text.text.trim())) {
    const missing = [{ kind: 'value', what: `the rules of ${label}` }];
    return { ...base, groups: [], defects: [], missing };
  }
  const { documents, problems } = readYaml(embedded.text);
  const [problem] = problems;
  if (problem) {
    const defects = [{ message: `they are no YAML: ${problem.message}`, span: problem.span ?? span }];
    return { ...base, groups: [], defects, missing: [] };
  }
  return { ...base, ...readRuleGroups(documents[0]), missing: [] };
}

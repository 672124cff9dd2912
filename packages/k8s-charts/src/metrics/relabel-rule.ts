/**
 * A relabelling rule, as all collectors understand it. A regular expression is anchored at both ends. `replace` whose expression
 * matches an empty source *deletes* the target label, so a rule that must leave it alone needs an expression that asks for
 * something.
 */
export interface RelabelRule {
  readonly action: 'keep' | 'drop' | 'replace' | 'labeldrop';
  readonly sourceLabels?: string[];
  /** Put between the source labels. */
  readonly separator?: string;
  readonly regex?: string;
  readonly targetLabel?: string;
  readonly replacement?: string;
}

/** Copies a label to another name, when all of it matches. */
export function copyLabel(source: string, regex: string, target: string): RelabelRule {
  return { action: 'replace', sourceLabels: [source], regex, targetLabel: target, replacement: '$1' };
}

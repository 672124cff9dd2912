import type { Missing } from '../../model';
import { type Label, type Labels, type RelabelRule, relabel } from './relabel';

/** What rules make of the samples of a target: all of them dropped, or some at least kept. */
export type SampleOutcome =
  | { readonly kind: 'kept' }
  | { readonly kind: 'dropped'; readonly rule: RelabelRule; readonly value: string }
  | { readonly kind: 'open'; readonly missing: Missing };

/**
 * Samples have the labels of their target, and those of the metric, which no file shows: a decision that rests on one of
 * these drops some samples and keeps others, as it is meant to.
 */
export function samplesOf(target: Labels, rules: readonly RelabelRule[]): SampleOutcome {
  const labels = new Map<string, Label>();
  for (const [name, label] of target) if (!name.startsWith('__')) labels.set(name, label);
  const forAll = rules.find(isForAll);
  if (forAll) return { kind: 'dropped', rule: forAll, value: 'any name' };
  let left = rules;
  for (;;) {
    const outcome = relabel(labels, left, (name) =>
      labels.has(name) ? undefined : { value: '', rests: new Set(['metric'] as const) },
    );
    if (outcome.kind === 'kept') return { kind: 'kept' };
    if (outcome.kind === 'dropped') return outcome;
    const { rule } = outcome;
    if (rule.missing) return { kind: 'open', missing: rule.missing };
    left = left.filter((other) => other !== rule);
  }
}

/** Every metric has a name, so that an expression for any text takes them all in. */
function isForAll({ action, sources, regex }: RelabelRule): boolean {
  return (
    action === 'drop' && sources.length === 1 && sources[0] === '__name__' && /^(?:\.[*+]|\(\.[*+]\))$/.test(regex)
  );
}

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
  const outcome = relabel(labels, rules, (name) =>
    labels.has(name) ? undefined : { value: '', rests: new Set(['metric'] as const) },
  );
  if (outcome.kind === 'open') {
    return outcome.rule.missing ? { kind: 'open', missing: outcome.rule.missing } : { kind: 'kept' };
  }
  return outcome.kind === 'kept' ? { kind: 'kept' } : outcome;
}

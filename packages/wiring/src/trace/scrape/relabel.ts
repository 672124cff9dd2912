import { createHash } from 'node:crypto';
import type { Missing } from '../../model';
import type { Span } from '../../text';
import type { Break } from '../path';
import { expand, relabelRegex } from './regex';

/** One relabelling rule, with its defaults filled in, whatever the collector is. */
export interface RelabelRule {
  readonly action: string;
  readonly sources: readonly string[];
  readonly separator: string;
  readonly regex: string;
  readonly target: string;
  readonly replacement: string;
  readonly modulus?: number;
  /** The component that the rule is of. */
  readonly component: string;
  readonly span: Span;
  /** Where its expression is written. */
  readonly regexSpan?: Span;
  /** Something in the rule is not known before it runs. */
  readonly missing?: Missing;
  /** The collector makes something else of the rule than what is written. */
  readonly broken?: Break;
}

/**
 * A label's value, and what it rests on that nobody knows yet: the text is then that of a witness, one of several values
 * that it may turn out to have.
 */
export interface Label {
  readonly value: string;
  readonly rests: ReadonlySet<Rests>;
}

/** `ip`: every pod's address has this form. The others may have any text. */
export type Rests = 'ip' | 'pod name' | 'node' | 'state of the pod' | 'cluster' | 'metric';

export type Labels = Map<string, Label>;

export type Outcome =
  | { readonly kind: 'kept'; readonly labels: Labels; readonly deleted: ReadonlyMap<string, RelabelRule> }
  | { readonly kind: 'dropped'; readonly rule: RelabelRule; readonly value: string }
  | { readonly kind: 'open'; readonly missing: Missing; readonly rule: RelabelRule };

const NOTHING: ReadonlySet<Rests> = new Set();
const DEFAULT_REGEX = '(.*)';
/** The names that Alloy takes by default; a target that expands to another leaves the rule without effect. */
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/**
 * Runs rules over labels as Prometheus does (model/relabel/relabel.go). A decision that rests on what nobody knows ends
 * as `open` where it drops; where it keeps, the caller compares what several witnesses give.
 *
 * @param lookup what a label that is not set may rest on
 */
export function relabel(
  start: ReadonlyMap<string, Label>,
  rules: readonly RelabelRule[],
  lookup: (name: string) => Label | undefined = () => undefined,
): Outcome {
  // labelmap goes through them in this order: sorted by name, then those that rules have set.
  const sorted = [...start].sort(([a], [b]) => (a < b ? -1 : 1));
  const run = new Run(new Map(sorted), lookup);
  for (const rule of rules) {
    const end = run.apply(rule);
    if (end) return end;
  }
  return { kind: 'kept', labels: run.labels, deleted: run.deleted };
}

class Run {
  readonly deleted = new Map<string, RelabelRule>();
  private readonly added = new Set<string>();

  constructor(
    readonly labels: Labels,
    private readonly lookup: (name: string) => Label | undefined,
  ) {}

  /** `undefined`: the target goes on. */
  apply(rule: RelabelRule): Outcome | undefined {
    if (rule.missing) return { kind: 'open', missing: rule.missing, rule };
    const { action, regex } = rule;
    const pattern = relabelRegex(regex);
    if (!pattern) return open(rule, `what the expression ${JSON.stringify(regex)} of ${rule.component} takes in`);
    const { value, rests } = this.joined(rule);
    switch (action) {
      case 'keep':
        return pattern.match(value) ? undefined : drop(rule, value, rests);
      case 'drop':
        return pattern.match(value) ? drop(rule, value, rests) : undefined;
      case 'keepequal':
      case 'dropequal': {
        const other = this.get(rule.target);
        const isEqual = other.value === value;
        if (isEqual === (action === 'keepequal')) return undefined;
        return drop(rule, value, union(rests, other.rests));
      }
      case 'replace': {
        this.replace(rule, value, rests);
        return undefined;
      }
      case 'lowercase':
        this.set(rule, rule.target, value.toLowerCase(), rests);
        return undefined;
      case 'uppercase':
        this.set(rule, rule.target, value.toUpperCase(), rests);
        return undefined;
      case 'hashmod':
        this.set(rule, rule.target, hashmod(value, rule.modulus ?? 1), rests);
        return undefined;
      case 'labelmap':
        for (const [name, label] of [...this.labels]) {
          const groups = pattern.match(name);
          if (groups) this.set(rule, expand(rule.replacement, groups), label.value, label.rests);
        }
        return undefined;
      case 'labeldrop':
      case 'labelkeep':
        for (const name of [...this.labels.keys()]) {
          if ((pattern.match(name) !== undefined) === (action === 'labeldrop')) this.delete(rule, name);
        }
        return undefined;
      default:
        return open(rule, `the action ${JSON.stringify(action)} of ${rule.component}`);
    }
  }

  private replace(rule: RelabelRule, value: string, rests: ReadonlySet<Rests>): void {
    const hasVariables = rule.target.includes('$') || rule.replacement.includes('$');
    if (value === '' && rule.regex === DEFAULT_REGEX && !hasVariables && rests.size === 0) {
      this.set(rule, rule.target, rule.replacement, NOTHING);
      return;
    }
    const groups = relabelRegex(rule.regex)?.match(value);
    if (!groups) {
      // Another text might match: the target is then not what it is now.
      const maybe = [...rests].filter((one) => one !== 'ip');
      const before = this.labels.get(rule.target);
      if (maybe.length > 0 && !rule.target.includes('$')) {
        this.labels.set(rule.target, { value: before?.value ?? '', rests: union(before?.rests, maybe) });
      }
      return;
    }
    const target = expand(rule.target, groups);
    if (!NAME.test(target)) return;
    const result = expand(rule.replacement, groups);
    // The default expression takes in any text, so that only what is copied from it rests on it.
    const isChoice = rule.regex !== DEFAULT_REGEX && [...rests].some((one) => one !== 'ip');
    const carries = rule.replacement.includes('$') || isChoice;
    this.set(rule, target, result, carries ? rests : NOTHING);
  }

  private joined({ sources, separator }: RelabelRule): Label {
    const found = sources.map((name) => this.get(name));
    return { value: found.map(({ value }) => value).join(separator), rests: union(...found.map(({ rests }) => rests)) };
  }

  private get(name: string): Label {
    return this.labels.get(name) ?? this.lookup(name) ?? { value: '', rests: NOTHING };
  }

  private set(rule: RelabelRule, name: string, value: string, rests: ReadonlySet<Rests>): void {
    if (value === '') this.delete(rule, name, rests);
    else {
      this.deleted.delete(name);
      if (!this.added.has(name)) this.labels.delete(name);
      this.added.add(name);
      this.labels.set(name, { value, rests });
    }
  }

  private delete(rule: RelabelRule, name: string, rests: ReadonlySet<Rests> = NOTHING): void {
    this.labels.delete(name);
    this.added.delete(name);
    if (rests.size > 0) this.labels.set(name, { value: '', rests });
    this.deleted.set(name, rule);
  }
}

function drop(rule: RelabelRule, value: string, rests: ReadonlySet<Rests>): Outcome {
  if (rests.size === 0) return { kind: 'dropped', rule, value };
  return open(rule, `whether ${rule.component} keeps it, which rests on the ${[...rests].join(' and the ')}`);
}

function open(rule: RelabelRule, what: string): Outcome {
  return { kind: 'open', rule, missing: { kind: 'relabelling', what } };
}

function union(...sets: readonly (Iterable<Rests> | undefined)[]): ReadonlySet<Rests> {
  const all = sets.flatMap((set) => [...(set ?? [])]);
  return all.length === 0 ? NOTHING : new Set(all);
}

/** The last eight bytes of the MD5 sum, as Prometheus has it. */
function hashmod(value: string, modulus: number): string {
  if (!(modulus > 0)) return '';
  return `${createHash('md5').update(value).digest().readBigUInt64BE(8) % BigInt(modulus)}`;
}

import type { Expression } from '../../read/insights';
import type { LogStore } from './store';
import { fieldsIn, type Use } from './uses';

/** Why a condition holds for no event at all. */
export type Never =
  | { readonly kind: 'absent'; readonly use: Use }
  | {
      readonly kind: 'value';
      readonly field: string;
      readonly text: string;
      readonly span: Use['span'];
      readonly others: readonly string[];
    };

/** Comparisons that hold for no event without the field. */
const NEEDS_FIELD = new Set(['=', '<', '>', '<=', '>=', 'like', 'in', '=~', '==']);

/** Decides what can be decided of the condition of a `filter`. */
export class ConditionJudge {
  constructor(
    private readonly store: LogStore,
    /** Names that the question makes itself. */
    private readonly isOwn: (name: string) => boolean,
  ) {}

  never(condition: Expression): Never | undefined {
    switch (condition.kind) {
      case 'field':
        return this.absent(condition);
      case 'call':
        return condition.name === 'ispresent' ? this.absent(...condition.items) : undefined;
      case 'binary':
        break;
      default:
        return undefined;
    }
    const { operator, left, right } = condition;
    if (operator === 'and') return this.never(left) ?? this.never(right);
    if (operator === 'or') {
      const [one, other] = [this.never(left), this.never(right)];
      return one && other ? one : undefined;
    }
    if (!NEEDS_FIELD.has(operator)) return undefined;
    return this.absent(left, right) ?? this.wrongValue(operator, left, right);
  }

  /** Fields that the condition names, with whether it stands on them alone. */
  uses(condition: Expression, isAlone = true): readonly (Use & { readonly isAlone: boolean })[] {
    if (condition.kind === 'not') return this.uses(condition.of, false);
    if (condition.kind === 'binary' && (condition.operator === 'and' || condition.operator === 'or')) {
      const inner = isAlone && condition.operator === 'and';
      return [...this.uses(condition.left, inner), ...this.uses(condition.right, inner)];
    }
    return fieldsIn(condition).map((use) => ({ ...use, isAlone }));
  }

  private absent(...expressions: readonly Expression[]): Never | undefined {
    const use = expressions
      .flatMap((one) => fieldsIn(one))
      .find(({ name }) => !this.isOwn(name) && this.store.verdict(name).truth === 'no');
    return use && { kind: 'absent', use };
  }

  private wrongValue(operator: string, left: Expression, right: Expression): Never | undefined {
    if (left.kind !== 'field' || this.isOwn(left.name) || (operator !== '=' && operator !== 'in')) return undefined;
    const wanted = right.kind === 'list' ? right.items : [right];
    const found = wanted.map((one) => {
      if (one.kind !== 'text' || isOpen(one.text)) return undefined;
      const others = this.store.impossible(left.name, one.text)?.others;
      return others && { kind: 'value' as const, field: left.name, text: one.text, span: one.span, others };
    });
    return found.every((one) => one !== undefined) ? found[0] : undefined;
  }
}

/** A text in which something is still to be filled in. */
export function isOpen(text: string): boolean {
  return /[\uFFFC$]|\[\[|sightline_variable_/.test(text);
}

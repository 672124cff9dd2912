import { missingIn, textOf, type Value } from '../../model';
import {
  type AlloyBlock,
  type AlloyExpression,
  type AlloyValue,
  attributeOf,
  blocksOf,
  plainValue,
} from '../../read/alloy';
import type { RelabelRule } from '../scrape/relabel';

/** The relabelling rules of a component, with Alloy's defaults (internal/component/common/relabel). */
export function rulesOf(
  block: AlloyBlock,
  name: 'rule' | 'write_relabel_config',
  component: string,
  evaluate: (expression: AlloyExpression) => AlloyValue,
): readonly RelabelRule[] {
  return blocksOf(block.body, name).map((rule) => {
    const gaps: Value[] = [];
    const text = (key: string, fallback: string): string => {
      const attribute = attributeOf(rule.body, key);
      if (!attribute) return fallback;
      const value = plainValue(evaluate(attribute.value));
      const found = textOf(value);
      if (found === undefined) gaps.push(value);
      return found ?? fallback;
    };
    const list = attributeOf(rule.body, 'source_labels');
    const labels = list && evaluate(list.value);
    const sources: string[] = [];
    if (labels?.kind === 'list' && !labels.more) {
      for (const item of labels.items.map(plainValue)) {
        const found = textOf(item);
        if (found === undefined) gaps.push(item);
        else sources.push(found);
      }
    } else if (labels) gaps.push(plainValue(labels));
    const read = {
      action: text('action', 'replace').toLowerCase(),
      separator: text('separator', ';'),
      regex: text('regex', '(.*)'),
      target: text('target_label', ''),
      replacement: text('replacement', '$1'),
      modulus: Number(text('modulus', '0')),
    };
    const missing = gaps.flatMap(missingIn)[0];
    const regexSpan = attributeOf(rule.body, 'regex')?.value.span;
    return {
      ...read,
      sources,
      component,
      span: rule.nameSpan,
      ...(regexSpan && { regexSpan }),
      ...(gaps.length > 0 && {
        missing: missing ?? { kind: 'value', what: `a rule of ${component} whose values are not known` },
      }),
    };
  });
}

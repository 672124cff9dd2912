import { missingIn, textOf, type Value } from '../../../model';
import { itemsAt, scalarAt } from '../../../read/access';
import type { Node } from '../../../text';
import type { Break } from '../../path';
import type { RelabelRule } from '../../scrape/relabel';
import type { Setting } from '../metrics-plan';
import type { Settings } from './settings';

/** Relabelling rules as Prometheus reads them, with its defaults (model/relabel/relabel.go). */
export function relabelRules(
  node: Node | undefined,
  key: string,
  component: string,
  settings: Settings,
): readonly RelabelRule[] {
  return itemsAt(node, key).map((rule) => relabelRule(rule, component, settings));
}

/** The spelling of a key where a custom resource has another: `sourceLabels` for `source_labels`. */
const SPELLINGS: Readonly<Record<string, string>> = {
  source_labels: 'sourceLabels',
  target_label: 'targetLabel',
};

export function relabelRule(rule: Node, component: string, settings: Settings): RelabelRule {
  const gaps: Value[] = [];
  let broken: Break | undefined;
  const spelt = (key: string) => (scalarAt(rule, key) || itemsAt(rule, key).length > 0 ? key : (SPELLINGS[key] ?? key));
  const settle = (setting: Setting): string | undefined => {
    broken ??= setting.broken;
    const found = textOf(setting.value);
    if (found === undefined) gaps.push(setting.value);
    return found;
  };
  const text = (key: string, fallback: string): string => {
    const setting = settings.setting(rule, spelt(key));
    return (setting && settle(setting)) ?? fallback;
  };
  const list = itemsAt(rule, spelt('source_labels'));
  const sources = list.flatMap((item) => {
    const setting = settings.setting(item);
    return (setting && settle(setting)) ?? [];
  });
  const read = {
    action: text('action', 'replace').toLowerCase(),
    separator: text('separator', ';'),
    regex: text('regex', '(.*)'),
    target: text('target_label', ''),
    replacement: text('replacement', '$1'),
    modulus: Number(text('modulus', '0')),
  };
  const missing = gaps.flatMap(missingIn)[0];
  const regexSpan = scalarAt(rule, 'regex')?.span;
  return {
    ...read,
    sources,
    component,
    span: rule.span,
    ...(regexSpan && { regexSpan }),
    ...(broken && { broken }),
    ...(gaps.length > 0 && {
      missing: missing ?? { kind: 'value', what: `a rule of ${component} whose values are not known` },
    }),
  };
}

import type { RelabelRule } from '../../src/metrics/relabel-rule';

export type Labels = Record<string, string>;

/**
 * Relabelling as Prometheus and Alloy do it, for the actions that are used here: expressions are anchored at both ends, and an
 * empty result deletes the target label. Undefined when the target is dropped.
 */
export function relabel(labels: Labels, rules: RelabelRule[]): Labels | undefined {
  let current: Labels | undefined = labels;
  for (const rule of rules) {
    current = current && apply(current, rule);
  }
  return current;
}

function apply(labels: Labels, rule: RelabelRule): Labels | undefined {
  const regex = new RegExp(`^(?:${rule.regex ?? '(.*)'})$`, 's');
  const source = (rule.sourceLabels ?? []).map((name) => labels[name] ?? '').join(rule.separator ?? ';');
  switch (rule.action) {
    case 'keep':
      return regex.test(source) ? labels : undefined;
    case 'drop':
      return regex.test(source) ? undefined : labels;
    case 'labeldrop':
      return Object.fromEntries(Object.entries(labels).filter(([name]) => !regex.test(name)));
    case 'replace': {
      const match = regex.exec(source);
      if (!match) {
        return labels;
      }
      const value = (rule.replacement ?? '$1').replace(/\$(\d)/g, (_, group: string) => match[Number(group)] ?? '');
      const { [rule.targetLabel ?? '']: _, ...others } = labels;
      return value === '' ? others : { ...others, [rule.targetLabel ?? '']: value };
    }
  }
}

/** What is left of a target's labels once it is scraped, with the address and path to which the scrape goes. */
export function scraped(labels: Labels | undefined): Labels | undefined {
  if (!labels) {
    return undefined;
  }
  const kept = Object.entries(labels).filter(([name]) => !name.startsWith('__'));
  const { __scheme__: scheme = 'http', __address__: address, __metrics_path__: path = '/metrics' } = labels;
  return { ...Object.fromEntries(kept), url: `${scheme}://${address}${path}` };
}

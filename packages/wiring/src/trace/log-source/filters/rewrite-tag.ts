import { textOf } from '../../../model';
import { parseAccessor, translate } from '../accessor';
import { type Filter, type Flow, goesOn, lacking } from '../flow';
import { isOn } from '../parsers';
import { find } from '../record';
import { matchField, pathOf } from './content';

/** `Rule $key regex new_tag keep`: what matches begins anew with another tag, from the first filter on. */
export const rewriteTag: Filter = (flow, section) => {
  const emitted: Flow[] = [];
  for (const property of section.all('rule')) {
    const [, key, pattern, tag, keep] =
      /^(\S+)\s+(\S+)\s+(\S+)\s+(\S+)$/.exec(textOf(property.value)?.trim() ?? '') ?? [];
    const path = key === undefined ? undefined : pathOf(key);
    const outcome = path ? matchField(find(flow.record, path), pattern) : 'open';
    if (outcome === 'no') continue;
    if (outcome !== 'yes') {
      const missing = { kind: 'record', what: `which records get another tag by ${property.text.text}` };
      const renewed = retagged(flow, tag, pattern);
      return { flow: lacking(flow, missing), emitted: renewed ? [lacking(renewed, missing)] : [] };
    }
    const renewed = retagged(flow, tag, pattern);
    if (!renewed) return goesOn(lacking(flow, { kind: 'tag', what: `the tag that ${property.text.text} gives` }));
    emitted.push(renewed);
    return isOn(keep) ? { flow, emitted } : { emitted };
  }
  return goesOn(flow);
};

function retagged(flow: Flow, template: string | undefined, pattern: string): Flow | undefined {
  const parts = template === undefined ? undefined : parseAccessor(template);
  if (!parts) return undefined;
  const found = translate(parts, flow.tag, flow.record);
  if (found.kind !== 'text' || pattern === '') return undefined;
  return { ...flow, tag: found.value };
}

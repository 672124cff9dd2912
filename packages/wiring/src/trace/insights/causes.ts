import { textOf } from '../../model';
import { pluginOf } from '../collectors/logs-plan';
import { isOn } from '../log-source/parsers';
import type { Break } from '../path';
import type { Arrival } from './arrivals';
import type { LogStore } from './store';

type Place = Break['related'][number];

/** Why events do not have a field: the settings that keep it from them, and who writes the events. */
export function causesOf(name: string, store: LogStore): readonly Place[] {
  const group = store.withoutFields;
  if (group) return [{ span: group.span, message: `${group.label} is of a class of which Insights finds no fields` }];
  const writers = new Map<string, Place>();
  const causes = new Map<string, Place>();
  for (const arrival of store.arrivals) {
    const { sink } = arrival;
    const writer = { span: sink.group?.span ?? sink.span, message: `${sink.component} writes here what is asked` };
    writers.set(`${writer.span.source.file}:${writer.span.start}`, writer);
    for (const cause of causesIn(name, arrival)) {
      causes.set(`${cause.message}:${cause.span?.source.file}:${cause.span?.start}`, cause);
    }
  }
  return [...[...causes.values()].slice(0, 3), ...[...writers.values()].slice(0, 2)];
}

function causesIn(name: string, { route, sink, plan }: Arrival): readonly Place[] {
  const keys = name.split('.');
  const key = sink.section.get('log_key');
  const only: Place[] = key ? [{ span: key.span, message: `only the text of ${key.text.text} is sent (log_key)` }] : [];
  const failures = route.flow.failures.flatMap(({ kind, message, span, related }): readonly Place[] => {
    const counts = kind === 'metadata' ? keys[0] === 'kubernetes' : keys[0] !== 'kubernetes';
    return counts ? [{ span, message }, ...related] : [];
  });
  const raw: Place[] =
    route.flow.isRaw && route.parsed.broken
      ? [{ ...(route.parsed.broken.span && { span: route.parsed.broken.span }), message: route.parsed.broken.message }]
      : [];
  const settings = plan.filters.flatMap((section): readonly Place[] => {
    if (pluginOf(section) === 'kubernetes') {
      const option = keys[0] === 'kubernetes' ? section.get(keys[1] ?? '') : undefined;
      const isOff = option && ['labels', 'annotations'].includes(keys[1]) && !isOn(textOf(option.value));
      return isOff
        ? [{ span: option.span, message: `the kubernetes filter adds no ${keys[1]} (${option.text.text})` }]
        : [];
    }
    return section.properties
      .filter(({ key: option }) => /^(?:remove|hard_rename|rename|allowlist|whitelist|nested_under)/.test(option))
      .filter(({ key: option, value }) => {
        const words = textOf(value)?.split(/\s+/) ?? [];
        return /^(?:allow|white)list/.test(option) || keys.some((one) => words.includes(one));
      })
      .map(({ span }) => ({ span, message: `${pluginOf(section)} takes it away` }));
  });
  const processors = [route.input, sink.section]
    .flatMap(({ groups }) => groups)
    .filter((group) => /^(?:delete|rename)$/i.test(textOf(group.get('action')?.value) ?? ''))
    .flatMap((group) => group.all('key').filter(({ value }) => keys.includes(textOf(value) ?? '')))
    .map(({ span }) => ({ span, message: 'a processor takes it away' }));
  return [...only, ...failures, ...raw, ...settings, ...processors];
}

import { textOf } from '../../../model';
import { type Filter, goesOn, lacking } from '../flow';
import { OPEN } from '../record';
import { grep } from './content';
import { kubernetes } from './kubernetes';
import { rewriteTag } from './rewrite-tag';
import { adds, modify, nest, parser, passes, recordModifier, script } from './shape';

const FILTERS: ReadonlyMap<string, Filter> = new Map([
  ['kubernetes', kubernetes],
  ['grep', grep],
  ['rewrite_tag', rewriteTag],
  ['record_modifier', recordModifier],
  ['modify', modify],
  ['nest', nest],
  ['parser', parser],
  ['lua', script],
  ['wasm', script],
  ['aws', adds],
  ['ecs', adds],
  ['sysinfo', adds],
  ['geoip2', adds],
  ['checklist', adds],
  ['multiline', passes],
  ['throttle', passes],
  ['type_converter', adds],
  ['stdout', passes],
  ['alter_size', passes],
  ['log_to_metrics', passes],
]);

/** What a filter does, by the name of its plugin; of one that is not known anything may be expected. */
export const filterOf = (plugin: string): Filter =>
  FILTERS.get(plugin) ??
  ((flow, section) => {
    const what = `what filter ${textOf(section.get('name')?.value) ?? 'without a name'} makes of a record`;
    return goesOn(lacking({ ...flow, record: OPEN }, { kind: 'not-examined', what }));
  });

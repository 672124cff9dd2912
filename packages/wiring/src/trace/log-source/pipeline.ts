import type { Truth } from '../../model';
import type { FluentBitSection } from '../../read/fluent-bit';
import { type LogsPlan, pluginOf } from '../collectors/logs-plan';
import { filterOf } from './filters';
import { type Flow, type FlowContext, lacking } from './flow';
import { type TagPattern, takes } from './tag';

/** Records that are given another tag more often than this go round in a circle. */
const MAX_FLOWS = 16;

/** All that comes of one flow behind the filters: itself, changed, and what got another tag on the way. */
export function throughFilters(start: Flow, plan: LogsPlan, context: FlowContext): readonly Flow[] {
  const done: Flow[] = [];
  /** An emitter's records pass the filter that made them by. */
  const waiting: { flow: Flow; by?: FluentBitSection }[] = [{ flow: start }];
  for (let count = 0; waiting.length > 0 && count < MAX_FLOWS; count++) {
    const next = waiting.shift();
    if (!next) break;
    let flow: Flow | undefined = next.flow;
    for (const section of plan.filters) {
      if (!flow || flow.dropped) break;
      const truth = takes(patternOf(section), flow.tag);
      if (truth === 'no' || section === next.by) continue;
      const result = filterOf(pluginOf(section))(flow, section, context);
      for (const emitted of result.emitted ?? []) waiting.push({ flow: emitted, by: section });
      flow = truth === 'yes' ? result.flow : unsure(flow, section);
    }
    if (flow) done.push(flow);
  }
  return done;
}

/** Nobody knows whether the filter takes the records: it may do its work, and may not. */
function unsure(flow: Flow, section: FluentBitSection): Flow {
  const what = `whether filter ${pluginOf(section)} takes the tag`;
  return lacking({ ...flow, record: { ...flow.record, isOpen: true } }, { kind: 'tag', what });
}

export function patternOf(section: FluentBitSection): TagPattern {
  const match = section.get('match')?.value;
  const regex = section.get('match_regex')?.value;
  return { ...(match && { match }), ...(regex && { regex }) };
}

/** Does an output take the flow? An output without a pattern takes all, if there is only one way from in to out. */
export function reaches(output: FluentBitSection, flow: Flow, plan: LogsPlan): Truth {
  const pattern = patternOf(output);
  if (!pattern.match && !pattern.regex) return plan.inputs.length === 1 && plan.outputs.length === 1 ? 'yes' : 'no';
  return takes(pattern, flow.tag);
}

import { describe, labelOf, textOf, type Value } from '../../model';
import type { FluentBitSection } from '../../read/fluent-bit';
import { type LogSink, type LogsPlan, nameOf, pluginOf } from '../collectors/logs-plan';
import type { Setting } from '../collectors/metrics-plan';
import { parseAccessor, parseGoTemplate, type Translated, translate } from '../log-source/accessor';
import type { Flow } from '../log-source/flow';
import { tagOf } from '../log-source/inputs';
import { patternOf, reaches } from '../log-source/pipeline';
import { hasProcessors, hasRoutes, throughProcessors } from '../log-source/processors';
import { find, type LogRecord } from '../log-source/record';
import type { Route } from '../log-source/routes';
import { takes } from '../log-source/tag';
import { type Break, type Hop, HopBuilder } from '../path';

/** What the parser of the input makes of the lines. */
export function parserHop({ input, parsed, flow }: Route, plan: LogsPlan): Hop {
  const who = labelOf(plan.collector.workload.object);
  const hop = new HopBuilder('parser', `${who} ${nameOf(input)}`, who);
  for (const { text, span } of parsed.evidence) hop.saw(text, span);
  hop.lacks(...parsed.missing);
  // A filter may do what the input does not.
  if (parsed.broken && (flow.isRaw || parsed.broken.claim === 'parser-exists')) hop.breaks(parsed.broken);
  return hop.build();
}

/** What the filters make of the records. */
export function filtersHop({ flow }: Route, plan: LogsPlan, starved?: Break): Hop {
  const who = labelOf(plan.collector.workload.object);
  const hop = new HopBuilder('filters', who, who);
  const count = plan.filters.length;
  if (flow.evidence.length === 0)
    hop.saw(
      count === 0 ? 'no filter stands in between' : `${count} filters let the records pass`,
      plan.filters[0]?.span,
    );
  for (const { text, span } of flow.evidence) hop.saw(text, span);
  if (starved) hop.breaks(starved);
  hop.lacks(...flow.missing);
  return hop.build();
}

/** The output as it is for the records of one flow: group and stream with the names that they really get. */
export interface Addressed {
  readonly hop: Hop;
  readonly sink: LogSink;
  /** As it is written. */
  readonly flow: Flow;
}

export function outputHop(sink: LogSink, { flow: routed, context }: Route, plan: LogsPlan): Addressed {
  const flow = throughProcessors(routed, sink.section, context);
  const who = labelOf(plan.collector.workload.object);
  const hop = new HopBuilder('output', who, sink.component);
  const match = sink.section.get('match') ?? sink.section.get('match_regex');
  hop.saw(`${sink.component} takes the tag ${describe(flow.tag)}`, match?.span ?? sink.span);
  if (reaches(sink.section, flow, plan) === 'unknown') {
    hop.lacks({ kind: 'tag', what: `whether ${sink.component} takes the tag ${describe(flow.tag)}` });
  }
  if (hasProcessors(sink.section)) hop.saw(`processors of ${sink.component} change records`, sink.span);
  hop.lacks(...flow.missing.slice(routed.missing.length));
  if (flow.dropped) hop.lacks({ kind: 'record', what: `which records the processors of ${sink.component} let pass` });
  nameless(hop, sink);
  const key = sink.section.get('log_key');
  const path = textOf(key?.value);
  if (key && path !== undefined) {
    const { isThere } = find(flow.record, [path]);
    if (isThere === 'unknown') hop.lacks({ kind: 'record', what: `whether records have the key ${path}` });
    if (isThere === 'no')
      hop.breaks(withoutKey(plan, sink, `log_key ${path}`, path, key.span, flow, 'every record is thrown away'));
  }
  const { stream, group } = namesOf(hop, sink, flow, plan);
  const plain = sink.streamPrefix ? { ...sink, stream: joined(sink.streamPrefix, flow.tag) } : sink;
  return {
    hop: hop.build(),
    flow,
    sink: {
      ...plain,
      ...(stream && { stream }),
      ...(group && { group }),
    },
  };
}

interface Names {
  readonly stream?: Value;
  readonly group?: Setting;
}

/** Group and stream as templates make them; the older plugin has its templates in the names themselves. */
function namesOf(hop: HopBuilder, sink: LogSink, flow: Flow, plan: LogsPlan): Names {
  if (pluginOf(sink.section) === 'cloudwatch') {
    const group = goName(sink.group, flow);
    const streamName = sink.section.get('log_stream_name');
    const stream =
      streamName && goName({ value: streamName.value, span: streamName.span, unset: [], origins: [] }, flow);
    return { ...(group && { group }), ...(stream && { stream: stream.value }) };
  }
  const stream = named(hop, sink, sink.streamTemplate, 'log_stream_template', flow, plan);
  const group = named(hop, sink, sink.groupTemplate, 'log_group_template', flow, plan);
  return {
    ...(stream && { stream }),
    ...(sink.groupTemplate && group && { group: { ...sink.groupTemplate, value: group } }),
  };
}

function goName(setting: Setting | undefined, flow: Flow): Setting | undefined {
  const text = textOf(setting?.value);
  const parts = text === undefined ? undefined : parseGoTemplate(text);
  if (!setting || !parts) return undefined;
  const found = translate(parts, flow.tag, flow.record);
  if (found.kind === 'text') return { ...setting, value: found.value };
  const what =
    found.kind === 'open' ? found.missing.what : `the name in place of ${text}, for records have no ${found.key}`;
  return { ...setting, value: { kind: 'unknown', missing: { kind: 'record', what } } };
}

/** The plugin wants one name for streams, and not two; a template does not count as one. */
function nameless(hop: HopBuilder, { section, component, span }: LogSink): void {
  const [name, prefix] = [section.get('log_stream_name'), section.get('log_stream_prefix')];
  if ((name === undefined) !== (prefix === undefined) || pluginOf(section) !== 'cloudwatch_logs') return;
  hop.breaks({
    claim: 'output-is-complete',
    message: `${component} has ${name ? 'both' : 'neither'} log_stream_name ${name ? 'and' : 'nor'} log_stream_prefix, and needs one of them`,
    span: prefix?.span ?? span,
    related: name ? [{ span: name.span, message: 'the other one' }] : [],
    help: 'set log_stream_prefix, or log_stream_name, and not both',
  });
}

function joined(prefix: Value, tag: Value): Value {
  return { kind: 'concat', parts: [prefix, tag].flatMap((one) => (one.kind === 'concat' ? one.parts : [one])) };
}

/** What a template comes to; `undefined`: it is not known, or there is none. */
function named(
  hop: HopBuilder,
  sink: LogSink,
  setting: Setting | undefined,
  option: string,
  flow: Flow,
  plan: LogsPlan,
): Value | undefined {
  if (!setting) return undefined;
  const text = textOf(setting.value);
  if (text === undefined) {
    hop.lacks({ kind: 'value', what: `${option} of ${sink.component}` });
    return undefined;
  }
  const parts = parseAccessor(text);
  if (!parts) {
    hop.breaks({
      claim: 'template-is-valid',
      message: `Fluent Bit cannot read ${option} ${text}`,
      span: setting.span,
      related: [],
      help: "behind a variable only a dot, a comma or a blank may stand: /eks/$kubernetes['namespace_name'].log",
    });
    return undefined;
  }
  const merged = parts.find((part) => part.kind === 'key' && isJoined(part.path[0], flow.record));
  const found: Translated =
    merged?.kind === 'key' ? { kind: 'absent', key: merged.written } : translate(parts, flow.tag, flow.record);
  if (found.kind === 'text') {
    hop.saw(`${option} comes to ${describe(found.value)}`, setting.span);
    return found.value;
  }
  if (found.kind === 'open') {
    hop.lacks(found.missing);
    return undefined;
  }
  hop.breaks(
    withoutKey(
      plan,
      sink,
      `${option} ${text}`,
      found.key,
      setting.span,
      flow,
      'records go to the name that is there in case of need',
    ),
  );
  return undefined;
}

/** `$stream/app`: a key that records have, with what was to stand behind it. */
function isJoined(key: string, record: LogRecord): boolean {
  const slash = key.indexOf('/');
  return slash > 0 && find(record, [key]).isThere !== 'yes' && find(record, [key.slice(0, slash)]).isThere === 'yes';
}

function withoutKey(
  plan: LogsPlan,
  sink: LogSink,
  what: string,
  key: string,
  span: Setting['span'],
  flow: Flow,
  then: string,
): Break {
  const causes = flow.failures.filter(({ kind }) => kind === 'metadata');
  const idle = plan.filters
    .filter((section) => pluginOf(section) === 'kubernetes' && takes(patternOf(section), flow.tag) === 'no')
    .map((section) => {
      const match = section.get('match') ?? section.get('match_regex');
      const message = `${nameOf(section)} takes the tag ${match?.text.text ?? ''}, and records have ${describe(flow.tag)}`;
      return { span: match?.span ?? section.span, message };
    });
  const hasSlash = /^\$?[\w.-]+\/./.test(key);
  return {
    claim: 'record-has-key',
    message: `${what} of ${sink.component} needs ${key}, which records do not have: ${then}`,
    span,
    related: [
      ...causes.flatMap(({ message, span: place, related }) => [{ span: place, message }, ...related]),
      ...idle,
    ].slice(0, 4),
    ...(hasSlash && {
      help: 'a slash is a letter of a key: behind a variable only a dot, a comma or a blank may stand',
    }),
  };
}

/** No output takes what an input reads: where it goes, and what the outputs want. */
export function unroutedHop({ input, flow }: Route, plan: LogsPlan): Hop {
  const who = labelOf(plan.collector.workload.object);
  const near = plan.outputs.slice(0, 3).map((output) => {
    const match = output.get('match') ?? output.get('match_regex');
    const wanted = match ? `takes ${match.text.text}` : 'has no Match';
    return { span: match?.span ?? output.span, message: `${nameOf(output)} ${wanted}` };
  });
  const tag = input.get('tag');
  const isRenamed = plan.filters.some((section) => pluginOf(section) === 'rewrite_tag');
  return new HopBuilder('output', who, 'an output')
    .breaks({
      claim: 'records-are-routed',
      message: `records of ${nameOf(input)} have the tag ${(!isRenamed && tag?.text.text) || describe(flow.tag)}, and no output takes it`,
      span: near.length === 1 ? near[0].span : (tag?.span ?? input.span),
      related: [...(near.length === 1 ? [{ span: tag?.span ?? input.span, message: 'the tag is given here' }] : near)],
      help: 'make Match of the output fit the tag of the input',
    })
    .build();
}

/** Whether anything that is read can come to an output at all; `undefined`: it can, or nobody knows. */
export function unfedBreak(output: FluentBitSection, plan: LogsPlan): Break | undefined {
  const renames = plan.filters.some((section) => textOf(section.get('name')?.value)?.toLowerCase() === 'rewrite_tag');
  if (plan.gaps.length > 0 || renames || plan.inputs.some(hasRoutes)) return undefined;
  if (plan.inputs.length === 0) {
    const message = `nothing is read: the configuration has no input, and ${nameOf(output)} nothing to write`;
    return { claim: 'output-is-fed', message, span: output.span, related: [], help: 'add an input' };
  }
  const match = output.get('match');
  const regex = output.get('match_regex');
  if (!match && !regex && plan.inputs.length === 1 && plan.outputs.length === 1) return undefined;
  const pattern = { ...(match && { match: match.value }), ...(regex && { regex: regex.value }) };
  const tags = plan.inputs.map((input) => ({ input, tag: tagOf(input, plan) }));
  if (tags.some(({ tag }) => takes(pattern, tag) !== 'no')) return undefined;
  const setting = match ?? regex;
  return {
    claim: 'output-is-fed',
    message: setting
      ? `${nameOf(output)} takes the tag ${setting.text.text}, which no input gives`
      : `${nameOf(output)} has no Match, so it takes nothing`,
    span: setting?.span ?? output.span,
    related: tags.slice(0, 3).map(({ input, tag }) => ({
      span: input.get('tag')?.span ?? input.span,
      message: `${nameOf(input)} gives ${describe(tag)}`,
    })),
    help: 'make Match of the output fit the tag of an input',
  };
}

/** All records of an input are thrown away by a filter, and none was meant to be kept. */
export function droppedBreak({ input, flow }: Route): Break | undefined {
  const { dropped } = flow;
  return (
    dropped && {
      claim: 'filters-keep-records',
      message: `${nameOf(dropped.section)} throws away everything that ${nameOf(input)} reads: ${dropped.why}`,
      span: dropped.span,
      related: [{ span: input.get('path')?.span ?? input.span, message: 'what is read here' }],
    }
  );
}

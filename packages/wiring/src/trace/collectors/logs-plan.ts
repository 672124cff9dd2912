import { concat, describe, known, type Missing, symbol, textOf, type Value, withPlaceholders } from '../../model';
import { type FluentBitSection, readFluentBit } from '../../read/fluent-bit';
import type { MappedText, Span } from '../../text';
import type { Environment } from '../environment';
import type { Break } from '../path';
import type { Collector, MountedFile } from './find';
import type { Setting } from './metrics-plan';

/** One output to CloudWatch Logs. */
export interface LogSink {
  /** `cloudwatch_logs`, with its alias if it has one. */
  readonly component: string;
  readonly index: number;
  readonly region?: Setting;
  readonly group?: Setting;
  /** The stream's name as far as it is known before a record arrives. */
  readonly stream: Value;
  /** Group and stream follow from the record; then what is written is only the fallback. */
  readonly groupTemplate?: Setting;
  readonly createsGroup: boolean;
  readonly setsRetention: boolean;
  readonly roleArn?: Setting;
  /** The output names another endpoint than AWS's own. */
  readonly endpoint?: Setting;
  readonly span: Span;
}

export interface LogsPlan {
  readonly sinks: readonly LogSink[];
  readonly gaps: readonly Missing[];
  readonly broken?: Break;
}

/** The C plugin, and the older one in Go, which share these settings. */
const PLUGINS = new Set(['cloudwatch_logs', 'cloudwatch']);

export function fluentBitPlan(collector: Collector, environment: Environment): LogsPlan {
  const faults = new Map<string, Break>();
  const unset = new Set<string>();
  const places = new Map<string, Span>();
  const env = (name: string, span: Span): Value => {
    const reading = environment.read(name);
    if (reading?.broken) faults.set(name, reading.broken);
    if (!reading) unset.add(name);
    else if (reading.value.span) places.set(name, reading.value.span);
    return reading ? reading.value : known('', span);
  };
  const include = (path: string): MappedText | undefined => {
    const name = path.slice(path.lastIndexOf('/') + 1);
    return collector.files.find((file) => file.path === path || file.path.endsWith(`/${name}`))?.content.text();
  };
  const mains = collector.main.filter((file) => !isIncluded(file, collector.main));
  const configs = mains.map(({ content }) => readFluentBit(content.text(), { env, include }));
  const gaps = configs.flatMap(({ unsupported }) =>
    unsupported
      .filter(({ kind }) => kind === 'include')
      .map(({ what }) => ({
        kind: 'include',
        what: `the included file ${what}`,
        help: 'mount it from a ConfigMap in the input',
      })),
  );
  const setting = (section: FluentBitSection, key: string): Setting | undefined => {
    const property = section.get(key);
    if (!property) return undefined;
    const used = [...property.text.text.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name);
    const broken = used.map((name) => faults.get(name)).find((fault) => fault);
    return {
      value: withPlaceholders(property.value),
      span: property.span,
      unset: used.filter((name) => unset.has(name)),
      origins: used.flatMap((variable) => {
        const span = places.get(variable);
        return span ? [{ variable, span }] : [];
      }),
      ...(broken && { broken }),
    };
  };
  const outputs = configs.flatMap(({ sections }) => sections.filter(({ kind }) => kind === 'output'));
  const sinks = outputs
    .filter((section) => PLUGINS.has(textOf(section.get('name')?.value)?.toLowerCase() ?? ''))
    .map((section, index) => sinkOf(section, index, (key) => setting(section, key)));
  const problem = configs.flatMap(({ problems }) => problems)[0];
  if (!problem) return { sinks, gaps };
  const broken: Break = {
    claim: 'config-is-readable',
    message: `Fluent Bit cannot load its configuration: ${problem.message}`,
    related: problem.related ?? [],
    ...(problem.span && { span: problem.span }),
    ...(problem.help && { help: problem.help }),
  };
  return { sinks, gaps, broken };
}

/** A file that another one names is read through that one, not beside it. */
function isIncluded({ path }: MountedFile, all: readonly MountedFile[]): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return all.some((other) => other.path !== path && `${other.content.value}`.includes(name));
}

function sinkOf(section: FluentBitSection, index: number, setting: (key: string) => Setting | undefined): LogSink {
  const plugin = textOf(section.get('name')?.value) ?? 'cloudwatch_logs';
  const alias = textOf(section.get('alias')?.value);
  const optional = {
    region: setting('region'),
    group: setting('log_group_name'),
    groupTemplate: setting('log_group_template'),
    roleArn: setting('role_arn'),
    endpoint: setting('endpoint'),
  };
  const present = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined));
  return {
    component: alias ? `${plugin} ${alias}` : plugin,
    index,
    stream: streamOf(section),
    createsGroup: isOn(section, 'auto_create_group'),
    setsRetention: Number(textOf(section.get('log_retention_days')?.value) ?? 0) > 0,
    span: section.span,
    ...present,
  };
}

function streamOf(section: FluentBitSection): Value {
  const rest = symbol('fluent-bit', 'tag', { label: known('tag') });
  const prefix = section.get('log_stream_prefix')?.value;
  if (section.get('log_stream_template')) return symbol('fluent-bit', 'stream', { label: known('stream') });
  return prefix ? concat([prefix, rest]) : (section.get('log_stream_name')?.value ?? rest);
}

function isOn(section: FluentBitSection, key: string): boolean {
  const value = section.get(key)?.value;
  return value !== undefined && /^(true|on|yes|1)$/i.test(describe(value));
}

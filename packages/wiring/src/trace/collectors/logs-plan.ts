import {
  concat,
  describe,
  known,
  type Missing,
  symbol,
  textOf,
  type Value,
  type World,
  withPlaceholders,
} from '../../model';
import { type FluentBitConfig, type FluentBitSection, readFluentBit } from '../../read/fluent-bit';
import type { Span } from '../../text';
import { Environment } from '../environment';
import { type ParserTable, parserTable } from '../log-source/parsers';
import { meant } from '../log-source/plugins';
import type { Break } from '../path';
import type { Collector, MountedFile } from './find';
import { absenceOf, configFiles, expandFrom, includeFrom, resolved } from './fluent-bit-files';
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
  readonly streamPrefix?: Value;
  /** Group and stream follow from the record; then what is written is only the fallback. */
  readonly groupTemplate?: Setting;
  readonly streamTemplate?: Setting;
  readonly createsGroup: boolean;
  readonly setsRetention: boolean;
  readonly roleArn?: Setting;
  /** The output names another endpoint than AWS's own. */
  readonly endpoint?: Setting;
  readonly section: FluentBitSection;
  readonly span: Span;
}

/** What a container's Fluent Bit does, from its inputs to its outputs. */
export interface LogsPlan {
  readonly collector: Collector;
  readonly service: readonly FluentBitSection[];
  readonly inputs: readonly FluentBitSection[];
  readonly filters: readonly FluentBitSection[];
  /** Of all plugins, whether they are followed or not. */
  readonly outputs: readonly FluentBitSection[];
  readonly parsers: ParserTable;
  /** The outputs to CloudWatch Logs. */
  readonly sinks: readonly LogSink[];
  readonly setting: (section: FluentBitSection, key: string) => Setting | undefined;
  readonly gaps: readonly Missing[];
  readonly broken?: Break;
}

/** The C plugin, and the older one in Go, which share these settings. */
const PLUGINS = new Set(['cloudwatch_logs', 'cloudwatch']);

const plans = new WeakMap<Collector, LogsPlan>();

/** The plan of a collector that runs Fluent Bit; made once, for rules look at it too. */
export function logsPlan(collector: Collector, world: World): LogsPlan {
  const found = plans.get(collector);
  if (found) return found;
  const plan = readPlan(collector, world);
  plans.set(collector, plan);
  return plan;
}

function readPlan(collector: Collector, world: World): LogsPlan {
  const variables = new Variables(new Environment(world, collector.workload.object, collector.container));
  const files = configFiles(collector);
  const env = (name: string, span: Span) => variables.value(name, span);
  const configs = files.mains.map((main) => ({
    main,
    config: readFluentBit(main.content.text(), {
      env,
      include: includeFrom(main, collector),
      expand: expandFrom(main, collector),
    }),
  }));
  const sections = configs.flatMap(({ config }) => config.sections);
  const absences = configs.flatMap(({ main, config }) => absent(main, config, collector, world));
  const ofKind = (kind: FluentBitSection['kind']) => sections.filter((section) => section.kind === kind);
  const commandLine = files.parsers.map((path) => readParsers(path, configs[0]?.main, collector, env));
  const setting = (section: FluentBitSection, key: string) => variables.setting(section, key);
  const outputs = ofKind('output');
  const broken =
    files.broken ??
    problemOf(configs.map(({ config }) => config)) ??
    misspelt(sections) ??
    absences.find(({ broken: b }) => b)?.broken;
  return {
    collector,
    service: ofKind('service'),
    inputs: ofKind('input'),
    filters: ofKind('filter'),
    outputs,
    parsers: parserTable(
      [...sections, ...commandLine.flatMap((read) => read ?? [])],
      absences.some(({ isParsers }) => isParsers) || commandLine.includes(undefined),
      absences.some(({ isImage }) => isImage),
    ),
    sinks: outputs
      .filter((section) => PLUGINS.has(pluginOf(section)))
      .map((section, index) => sinkOf(section, index, (key) => setting(section, key))),
    setting,
    gaps: [...files.gaps, ...absences.flatMap(({ gap }) => gap ?? [])],
    ...(broken && { broken }),
  };
}

/** The name of a section's plugin, in lower case. */
export function pluginOf(section: FluentBitSection): string {
  return textOf(section.get('name')?.value)?.toLowerCase() ?? '';
}

/** How reports call a section: its plugin, with its alias. */
export function nameOf(section: FluentBitSection): string {
  const alias = textOf(section.get('alias')?.value);
  const plugin = textOf(section.get('name')?.value) ?? section.kind;
  return alias ? `${plugin} ${alias}` : plugin;
}

/** The values of variables in a container, with the faults that keep some from having one. */
class Variables {
  private readonly faults = new Map<string, Break>();
  private readonly unset = new Set<string>();
  private readonly places = new Map<string, Span>();

  constructor(private readonly environment: Environment) {}

  value(name: string, span: Span): Value {
    const reading = this.environment.read(name);
    if (reading?.broken) this.faults.set(name, reading.broken);
    if (!reading) this.unset.add(name);
    else if (reading.value.span) this.places.set(name, reading.value.span);
    return reading ? reading.value : known('', span);
  }

  setting(section: FluentBitSection, key: string): Setting | undefined {
    const property = section.get(key);
    if (!property) return undefined;
    const used = [...property.text.text.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name);
    const broken = used.map((name) => this.faults.get(name)).find((fault) => fault);
    return {
      value: withPlaceholders(property.value),
      span: property.span,
      unset: used.filter((name) => this.unset.has(name)),
      origins: used.flatMap((variable) => {
        const span = this.places.get(variable);
        return span ? [{ variable, span }] : [];
      }),
      ...(broken && { broken }),
    };
  }
}

function problemOf(configs: readonly FluentBitConfig[]): Break | undefined {
  const problem = configs.flatMap(({ problems }) => problems)[0];
  return (
    problem && {
      claim: 'config-is-readable',
      message: `Fluent Bit cannot load its configuration: ${problem.message}`,
      related: problem.related ?? [],
      ...(problem.span && { span: problem.span }),
      ...(problem.help && { help: problem.help }),
    }
  );
}

/** A plugin that Fluent Bit does not have, by a name that is nearly one that it has. */
function misspelt(sections: readonly FluentBitSection[]): Break | undefined {
  for (const section of sections) {
    const name = section.get('name');
    const wanted = name && meant(section, pluginOf(section));
    if (!wanted) continue;
    return {
      claim: 'config-is-readable',
      message: `Fluent Bit cannot load its configuration: it has no ${section.kind} ${name.text.text}`,
      span: name.span,
      related: [],
      help: `is ${wanted} meant?`,
    };
  }
  return undefined;
}

interface Absent {
  readonly gap?: Missing;
  readonly broken?: Break;
  readonly isParsers: boolean;
  readonly isImage: boolean;
}

/** Files that the configuration names and that no ConfigMap of the input gives. */
function absent(main: MountedFile, config: FluentBitConfig, collector: Collector, world: World): readonly Absent[] {
  const { namespace } = collector.workload.object;
  return config.unsupported
    .filter(({ kind }) => kind !== 'variable-from-file')
    .map(({ kind, what, span }) => {
      const isParsers = kind === 'parsers-file';
      const full = resolved(what, main);
      const absence = /[*?$]/.test(what)
        ? 'unknown'
        : absenceOf(full, collector, (name) => world.cluster.configMap(namespace, name) !== undefined);
      const isImage = isParsers && absence === 'image';
      const base = { isParsers, isImage };
      if (absence === 'lost') {
        const broken: Break = {
          claim: 'config-file-is-mounted',
          message: `the configuration of Fluent Bit names ${full}, and no key of the ConfigMap that is mounted there gives that file`,
          span,
          related: [{ span: main.content.span, message: `ConfigMap ${main.configMap} gives ${main.path}` }],
          help: 'add the file to the ConfigMap, or name one that is there; a mounted directory hides the files of the image',
        };
        return { ...base, broken };
      }
      if (isParsers) return base;
      return {
        ...base,
        gap: { kind: 'include', what: `the included file ${what}`, help: 'mount it from a ConfigMap in the input' },
      };
    });
}

function readParsers(
  path: string,
  main: MountedFile | undefined,
  collector: Collector,
  env: (name: string, span: Span) => Value,
): readonly FluentBitSection[] | undefined {
  const text = main && includeFrom(main, collector)(path);
  return text && readFluentBit(text, { env }).sections;
}

function sinkOf(section: FluentBitSection, index: number, setting: (key: string) => Setting | undefined): LogSink {
  const optional = {
    region: setting('region'),
    group: setting('log_group_name'),
    groupTemplate: setting('log_group_template'),
    streamTemplate: setting('log_stream_template'),
    streamPrefix: setting('log_stream_prefix')?.value,
    roleArn: setting('role_arn'),
    endpoint: setting('endpoint'),
  };
  const present = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined));
  return {
    component: nameOf(section),
    index,
    stream: streamOf(section),
    createsGroup: isSet(section, 'auto_create_group'),
    setsRetention: Number(textOf(section.get('log_retention_days')?.value) ?? 0) > 0,
    section,
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

function isSet(section: FluentBitSection, key: string): boolean {
  const value = section.get(key)?.value;
  return value !== undefined && /^(true|on|yes|1)$/i.test(describe(value));
}

import type { Missing } from '../../model';
import type { MappedText } from '../../text';
import type { Break } from '../path';
import type { Collector, MountedFile } from './find';

/** The directory that images keep their configuration in, and what they load when nobody says otherwise. */
const IMAGE_DIRECTORY = '/fluent-bit/etc';
const DEFAULT_CONFIG = `${IMAGE_DIRECTORY}/fluent-bit.conf`;
/** Directories with files of the images themselves (upstream, and AWS's). */
const IMAGE_FILES = /^\/fluent-bit\/(?:etc|parsers|configs)\//;
const IMAGE = /(?:^|\/)(?:aws-for-)?fluent-bit(?:[:@]|$)/;

/** Which files a container's Fluent Bit loads, and how it finds the others that they name. */
export interface ConfigFiles {
  readonly mains: readonly MountedFile[];
  /** Names of parsers files on the command line. */
  readonly parsers: readonly string[];
  readonly gaps: readonly Missing[];
  readonly broken?: Break;
}

/** Options of the command line that are no part of the pipeline. */
const HARMLESS =
  /^-(?:[cRedvqLlHhVWsDSYZb]|-(?:config|parser|plugin|daemon|verbose|quiet|log_file|log-file|http.*|port|listen|storage_path|enable-.*|dry-run|workdir|flush|supervisor))/;
/** Options that are followed by a value, which is no option of its own. */
const OF_PIPELINE = /^-(?:[ioFmpft]|-(?:input|output|filter|match|prop|tag)(?:=|$))/;

export function configFiles(collector: Collector): ConfigFiles {
  const { main, container } = collector;
  const words = container.arguments;
  const byName = main.filter((file) => !isIncluded(file, main));
  const isImage = IMAGE.test(container.image?.value ?? '');
  const named = words.length === 0 ? main.filter(({ path }) => path === DEFAULT_CONFIG) : [];
  const mains = named.length > 0 ? named : byName;
  const gaps: Missing[] = words.some(({ value }) => OF_PIPELINE.test(value) && !HARMLESS.test(value))
    ? [{ kind: 'not-examined', what: 'not examined by this version: inputs and outputs on the command line' }]
    : [];
  const parsers = words.flatMap(({ value }, index) => {
    const [, joined] = /^(?:-R|--parser)(?:=(.*))?$/.exec(value) ?? [undefined, null];
    if (joined === null) return [];
    const path = joined ?? words[index + 1]?.value;
    return path ? [path] : [];
  });
  const isInit = container.env.some(({ name }) => name.value.startsWith('aws_fluent_bit_init'));
  const [first] = mains;
  if (
    !isImage ||
    words.length > 0 ||
    named.length > 0 ||
    !first ||
    isInit ||
    / init-|:init-/.test(container.image?.value ?? '')
  ) {
    return { mains, parsers, gaps };
  }
  // The image's own file may be replaced by a mount that is no ConfigMap.
  if (container.mounts.some(({ path }) => isInside(DEFAULT_CONFIG, path) && !isInside(first.path, path))) {
    return { mains, parsers, gaps };
  }
  const broken: Break = {
    claim: 'config-file-is-mounted',
    message: `container ${container.name} of ${collector.workload.object.kind} ${collector.workload.object.name.value} has no command, so Fluent Bit loads ${DEFAULT_CONFIG}, and the ConfigMap gives ${first.path}`,
    span: container.mounts.find(({ path }) => isInside(first.path, path))?.span ?? container.span,
    related: [{ span: first.content.span, message: `ConfigMap ${first.configMap} gives ${first.path}` }],
    help: `mount the file at ${DEFAULT_CONFIG}, or name it by -c`,
  };
  return { mains, parsers, gaps, broken };
}

/** A file that another one names is read through that one, not beside it. */
function isIncluded({ path }: MountedFile, all: readonly MountedFile[]): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return all.some((other) => other.path !== path && `${other.content.value}`.includes(name));
}

export function isInside(path: string, directory: string): boolean {
  const root = directory.replace(/\/+$/, '');
  return path === root || path.startsWith(`${root}/`);
}

/** How a main file finds the files that it names: beside itself, unless they begin with a slash. */
export function includeFrom(main: MountedFile, collector: Collector): (path: string) => MappedText | undefined {
  return (path) => {
    const full = resolved(path, main);
    return collector.files.find((file) => file.path === full)?.content.text();
  };
}

/** The files that a name with wild-cards stands for, sorted. */
export function expandFrom(main: MountedFile, collector: Collector): (pattern: string) => readonly string[] {
  return (pattern) => {
    const full = resolved(pattern, main);
    const text = full
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replace(/\*/g, '[^/]*')
      .replace(/\?/g, '[^/]');
    const wanted = new RegExp(`^${text}$`);
    return collector.files
      .map((file) => file.path)
      .filter((path) => wanted.test(path))
      .sort();
  };
}

export function resolved(path: string, main: MountedFile): string {
  if (path.startsWith('/')) return path.replace(/\/{2,}/g, '/');
  return `${main.path.slice(0, main.path.lastIndexOf('/') + 1)}${path.replace(/^\.\//, '')}`;
}

/** Why a file that the configuration names is not among those that are mounted. */
export type Absence = 'image' | 'lost' | 'unknown';

/**
 * `lost`: ConfigMaps of the input give everything in its directory, and it is not among them. `image`: nothing is mounted
 * there, so it is what the image has.
 */
export function absenceOf(full: string, collector: Collector, isKnown: (configMap: string) => boolean): Absence {
  const { container, workload } = collector;
  const above = container.mounts
    .filter(({ path }) => isInside(full, path))
    .sort((a, b) => b.path.length - a.path.length)[0];
  if (!above) return IMAGE_FILES.test(full) ? 'image' : 'unknown';
  const volume = workload.pod.volumes.find(({ name }) => name === above.volume);
  const isWhole = volume?.type === 'configMap' && above.subPath === undefined;
  return isWhole && volume.configMaps.every(({ name }) => isKnown(name.value)) ? 'lost' : 'unknown';
}

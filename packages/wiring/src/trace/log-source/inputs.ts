import { concat, known, labelOf, symbol, type Truth, textOf, type Value, written } from '../../model';
import type { FluentBitProperty, FluentBitSection } from '../../read/fluent-bit';
import { type LogsPlan, nameOf, pluginOf } from '../collectors/logs-plan';
import type { Break, Evidence } from '../path';
import { fnmatches, globFinds } from './glob';
import { type LogFile, samplesOf } from './log-files';
import { clean, type NodeView } from './mounts';
import { tagByRegex, tagOfFile } from './tag';

/** Whether an input reads the log of a container. */
export interface Reading {
  /** `no`: nothing of it is read; the rest says why, if that is a fault. */
  readonly truth: Truth;
  /** The path by which the input finds it. */
  readonly path?: Value;
  readonly evidence: readonly Evidence[];
  /** Patterns of `exclude_path` leave it out. */
  readonly isExcluded: boolean;
  /** It would be found by chance only: by letters that the cluster might happen to choose. */
  readonly isChance: boolean;
  readonly broken?: Break;
}

/** The patterns of a list between commas, each with its place. */
export function patternsOf(property: FluentBitProperty | undefined): readonly Value[] {
  if (!property) return [];
  const text = textOf(property.value);
  if (text === undefined) return [property.value];
  return text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .map((one) => written(one, property.span));
}

export function tailsOf(plan: LogsPlan): readonly FluentBitSection[] {
  return plan.inputs.filter((section) => pluginOf(section) === 'tail');
}

/** Does a tail input come upon the file, by the link or by the file itself? */
export function readingOf(input: FluentBitSection, file: LogFile, view: NodeView, plan: LogsPlan): Reading {
  const nothing: Reading = { truth: 'no', evidence: [], isExcluded: false, isChance: false };
  const patterns = input.all('path').flatMap(patternsOf);
  const excluding = input.all('exclude_path').flatMap(patternsOf);
  let maybe: Reading | undefined;
  for (const [target, isLink] of [
    [file.link, true],
    [file.file, false],
  ] as const) {
    for (const path of view.seenAs(target)) {
      for (const pattern of patterns) {
        const truth = globFinds(normalised(pattern), path);
        if (truth === 'no') continue;
        const excluded = excluding.map((one) => fnmatches(one, path));
        if (excluded.includes('yes')) {
          maybe ??= { ...nothing, isExcluded: true };
          continue;
        }
        const broken = isLink ? dangling(input, file, path, view, plan) : undefined;
        const isSure = truth === 'yes' && !excluded.includes('unknown');
        const found: Reading = {
          truth: isSure ? 'yes' : 'unknown',
          path,
          isExcluded: false,
          isChance: !isSure && isByChance(pattern, excluding, path),
          evidence: [
            {
              text: `${nameOf(input)} finds it by ${textOf(pattern) ?? 'its path'}`,
              ...(pattern.span && { span: pattern.span }),
            },
          ],
          ...(broken && { broken }),
        };
        if (isSure) return found;
        if (!maybe || maybe.truth === 'no') maybe = found;
      }
    }
  }
  return maybe ?? nothing;
}

/** None of the examples of the file's name is found. */
function isByChance(pattern: Value, excluding: readonly Value[], path: Value): boolean {
  return (
    samplesOf(path)?.every((sample) => {
      const example = known(sample);
      return (
        globFinds(normalised(pattern), example) === 'no' || excluding.some((one) => fnmatches(one, example) === 'yes')
      );
    }) ?? false
  );
}

function normalised(pattern: Value): Value {
  const text = textOf(pattern);
  return text === undefined ? pattern : known(clean(text), pattern.span);
}

const PODS = '/var/log/pods';

/** The files in /var/log/containers are links into /var/log/pods, by their full path on the node. */
function dangling(
  input: FluentBitSection,
  file: LogFile,
  path: Value,
  view: NodeView,
  plan: LogsPlan,
): Break | undefined {
  if (view.follows(file.file)) return undefined;
  const { workload, container } = plan.collector;
  const head = textOf(path.kind === 'concat' ? path.parts[0] : path) ?? '';
  const mounted = view.at(head.slice(0, head.lastIndexOf('/')));
  const setting = input.get('path');
  const near = container.mounts.flatMap((mount) => {
    const host = workload.pod.volumes.find(({ name }) => name === mount.volume)?.hostPath;
    if (clean(mount.path) === PODS && host)
      return [{ span: host.span, message: `${host.value} of the node is mounted there` }];
    return host && clean(host.value) === PODS
      ? [{ span: mount.span, message: `they are mounted at ${mount.path}` }]
      : [];
  });
  return {
    claim: 'log-links-lead-somewhere',
    message: `${nameOf(input)} reads links to files in /var/log/pods, which container ${container.name} of ${labelOf(workload.object)} does not see`,
    span: mounted?.mount.span ?? container.span,
    related: [
      ...(setting ? [{ span: setting.span, message: 'the links are found by this path' }] : []),
      ...(mounted?.volume?.hostPath
        ? [{ span: mounted.volume.hostPath.span, message: 'this directory of the node is mounted' }]
        : []),
      ...near,
    ],
    help: 'mount /var/log of the node at /var/log, or /var/log/pods at the same path',
  };
}

/** Is the input there for the logs of containers? */
export function isForContainers(input: FluentBitSection): boolean {
  return input.all('path').some((property) => {
    const text = textOf(property.value) ?? '';
    const [, below] = /\/var\/log\/([^/*,]+)\//.exec(text) ?? [];
    return (
      CONTAINERS.test(text) || (below !== undefined && (isAlike(below, 'containers', 2) || isAlike(below, 'pods', 1)))
    );
  });
}

/** The same but for so many letters at one place. */
function isAlike(a: string, b: string, letters: number): boolean {
  let head = 0;
  while (head < a.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < Math.min(a.length, b.length) - head && a.at(-1 - tail) === b.at(-1 - tail)) tail++;
  return Math.max(a.length, b.length) - head - tail <= letters;
}

const CONTAINERS = /(?:^|,)[^,]*\/(?:containers|pods)(?:\/|\*|$|,)/;

/** The tag that an input gives to what it reads at a path; without one: to whatever it reads. */
export function tagOf(input: FluentBitSection, plan: LogsPlan, path?: Value, pieces: readonly Value[] = []): Value {
  const setting = input.get('tag');
  const plugin = pluginOf(input);
  const same = plan.inputs.filter((one) => pluginOf(one) === plugin);
  if (!setting) return isTagged(plugin) ? known(`${plugin}.${same.indexOf(input)}`) : opaque(input);
  const tag = textOf(setting.value);
  if (tag === undefined) return setting.value;
  const regex = textOf(input.get('tag_regex')?.value);
  if (plugin === 'tail' && regex !== undefined && tag.includes('<')) {
    return (path && tagByRegex(tag, regex, path, pieces)) ?? opaque(input);
  }
  if (!tag.includes('*')) return known(tag, setting.span);
  if (plugin === 'tail' && path) return tagOfFile(tag, path);
  const [before, ...after] = tag.split('*');
  return concat([known(before), opaque(input), known(after.join('*'))], setting.span);
}

/** Inputs whose tags come from those who send to them. */
function isTagged(plugin: string): boolean {
  return !/^(?:forward|http|opentelemetry|splunk|elasticsearch|tcp|udp|syslog|mqtt|kafka|emitter|)$/.test(plugin);
}

function opaque(input: FluentBitSection): Value {
  return symbol('fluent-bit', `${input.span.source.file}:${input.span.start}`, { label: known('tag') });
}

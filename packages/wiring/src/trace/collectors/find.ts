import type { Container, Located, Mount, PodTemplate, Workload, World } from '../../model';
import { baseName } from '../../read/file-tree';
import type { ScalarNode, Span } from '../../text';
import type { Break } from '../path';

export type CollectorKind = 'alloy' | 'fluent-bit' | 'prometheus' | 'prometheus-operator' | 'opentelemetry';

/** A file of a ConfigMap as a container sees it. */
export interface MountedFile {
  readonly path: string;
  readonly configMap: string;
  readonly key: string;
  readonly content: ScalarNode;
}

/** A container that runs a collector, found by the configuration that it is given, never by its name. */
export interface Collector {
  readonly kind: CollectorKind;
  readonly workload: Workload;
  readonly container: Container;
  /** What the collector loads at its start. */
  readonly main: readonly MountedFile[];
  /** All that is mounted beside it, for includes. */
  readonly files: readonly MountedFile[];
}

/** A container that looks like a collector and whose configuration is not there. */
export interface Unconfigured {
  readonly kind: CollectorKind;
  readonly workload: Workload;
  readonly container: Container;
  readonly broken?: Break;
  readonly what: string;
}

export interface FoundCollectors {
  readonly collectors: readonly Collector[];
  readonly unconfigured: readonly Unconfigured[];
}

const found = new WeakMap<World, FoundCollectors>();

/** The collectors of a world; looked for once, for plans of them are kept by who they are. */
export function findCollectors(world: World): FoundCollectors {
  const before = found.get(world);
  if (before) return before;
  const collectors = lookFor(world);
  found.set(world, collectors);
  return collectors;
}

function lookFor(world: World): FoundCollectors {
  const collectors: Collector[] = [];
  const unconfigured: Unconfigured[] = [];
  for (const workload of world.cluster.workloads) {
    const found = workload.pod.containers.flatMap((container) => inContainer(world, workload, container));
    for (const collector of found) {
      if ('main' in collector) {
        // A side-car that reloads or checks the configuration mounts it too; the one that is told to run it counts.
        const rival = found.find((other) => other !== collector && 'main' in other && shares(other, collector));
        if (
          !rival ||
          rank(collector) > rank(rival as Collector) ||
          (rank(collector) === rank(rival as Collector) && found.indexOf(collector) < found.indexOf(rival))
        ) {
          collectors.push(collector);
        }
      } else unconfigured.push(collector);
    }
  }
  return { collectors, unconfigured };
}

function shares(a: Collector, b: Collector): boolean {
  return a.main.some((file) => b.main.some((other) => other.content === file.content));
}

function rank({ kind, container }: Collector): number {
  if (kindOfImage(container) === kind) return 2;
  return /reload/.test(`${container.name} ${container.image?.value ?? ''}`) ? 0 : 1;
}

function inContainer(world: World, workload: Workload, container: Container): readonly (Collector | Unconfigured)[] {
  const { inline } = workload.object;
  // What a controller makes of such an object has one container of its own; others are side-cars.
  if (inline) {
    const isOwn = container === workload.pod.containers.find(({ role }) => role === 'main');
    return isOwn ? [{ kind: inline.kind, workload, container, main: [], files: [] }] : [];
  }
  const { files, absent } = mountedFiles(world, workload, container);
  const named = configArguments(container);
  const chosen = files.filter((file) => named.some(({ value }) => file.path === value || isInside(file.path, value)));
  const candidates = chosen.length > 0 ? chosen : files;
  const kinds = new Map<CollectorKind, MountedFile[]>();
  for (const file of candidates) {
    const kind = kindOfText(`${file.content.value}`, file.path);
    if (kind) kinds.set(kind, [...(kinds.get(kind) ?? []), file]);
  }
  const image = kindOfImage(container);
  const lost = lostFile(world, workload, container, named, files);
  if (image && (lost || kinds.size === 0)) {
    const broken = lost ?? (world.closedManifests ? absent : undefined);
    if (!broken && !absent && files.length === 0)
      return [{ kind: image, workload, container, what: 'no ConfigMap with its configuration is mounted' }];
    return [
      { kind: image, workload, container, what: 'its configuration is not in the input', ...(broken && { broken }) },
    ];
  }
  return [...kinds].map(([kind, main]) => ({ kind, workload, container, main, files }));
}

/** Words of the command line that name a file or directory of configuration. */
function configArguments(container: Container): readonly Located<string>[] {
  return container.arguments.flatMap(({ value, span }) => {
    const path = /^(?:--?[\w.-]+=)?(\/.*)$/.exec(value)?.[1];
    return path ? [{ value: path.replace(/\/+$/, ''), span }] : [];
  });
}

function isInside(path: string, directory: string): boolean {
  return path.slice(0, path.lastIndexOf('/')) === directory;
}

/** The command line names a file in a mounted ConfigMap that has no such key. */
function lostFile(
  world: World,
  workload: Workload,
  container: Container,
  named: readonly Located<string>[],
  files: readonly MountedFile[],
): Break | undefined {
  for (const { value, span } of named) {
    if (!/\.(alloy|river|conf|ya?ml)$/.test(value) || files.some((file) => file.path === value)) continue;
    if (isCoveredByOther(workload.pod, container, value)) continue;
    const beside =
      files.find((file) => isInside(file.path, value.slice(0, value.lastIndexOf('/')))) ??
      files.find((file) => baseName(file.path) === baseName(value));
    const isWhole = container.mounts.every((mount) => volumeOf(workload.pod, mount));
    const idle = beside || !isWhole ? undefined : unmounted(world, workload, baseName(value));
    if (idle) {
      return {
        claim: 'config-file-is-mounted',
        message: `container ${container.name} of ${workload.object.kind} ${workload.object.name.value} is told to load ${value}, and the volume with that file is not mounted`,
        span,
        related: [{ span: idle.span, message: `volume ${idle.name} has the file, and no container mounts it` }],
      };
    }
    if (!beside) continue;
    return {
      claim: 'config-file-is-mounted',
      message: `container ${container.name} of ${workload.object.kind} ${workload.object.name.value} is told to load ${value}, and no key of a mounted ConfigMap gives that file`,
      span,
      related: [{ span: beside.content.span, message: `ConfigMap ${beside.configMap} gives ${beside.path}` }],
    };
  }
  return undefined;
}

/** A volume of the pod that no container mounts, with a ConfigMap that has a file of this name. */
function unmounted(world: World, { object, pod }: Workload, file: string): PodTemplate['volumes'][number] | undefined {
  return pod.volumes.find(
    ({ name, configMaps }) =>
      !pod.containers.some(({ mounts }) => mounts.some(({ volume }) => volume === name)) &&
      configMaps.some((source) => world.cluster.configMap(object.namespace, source.name.value)?.data.has(file)),
  );
}

/** The path lies in a volume that is no ConfigMap, whose content nobody can know. */
function isCoveredByOther(pod: PodTemplate, container: Container, path: string): boolean {
  return container.mounts.some((mount) => {
    const inside = path === mount.path || path.startsWith(`${mount.path.replace(/\/+$/, '')}/`);
    return inside && volumeOf(pod, mount)?.configMaps.length === 0;
  });
}

function mountedFiles(
  world: World,
  workload: Workload,
  container: Container,
): { files: readonly MountedFile[]; absent?: Break } {
  const files: MountedFile[] = [];
  let absent: Break | undefined;
  for (const mount of container.mounts) {
    const volume = volumeOf(workload.pod, mount);
    if (!volume) absent ??= missingVolume(workload, container, mount);
    for (const source of volume?.configMaps ?? []) {
      const configMap = world.cluster.configMap(workload.object.namespace, source.name.value);
      if (!configMap) {
        absent ??= missingConfigMap(workload, container, source.name);
        continue;
      }
      for (const [key, content] of configMap.data) {
        const file = source.items ? source.items.get(key) : key;
        const path = file === undefined ? undefined : placeOf(mount, file);
        if (path) files.push({ path, key, content, configMap: source.name.value });
      }
    }
  }
  return { files, ...(absent && { absent }) };
}

function volumeOf(pod: PodTemplate, mount: Mount) {
  return pod.volumes.find(({ name }) => name === mount.volume);
}

function placeOf(mount: Mount, file: string): string | undefined {
  if (mount.subPath === undefined) return `${mount.path.replace(/\/+$/, '')}/${file}`;
  return mount.subPath === file ? mount.path : undefined;
}

function missingVolume(workload: Workload, container: Container, mount: Mount): Break {
  const { object, pod } = workload;
  return {
    claim: 'volume-exists',
    message: `container ${container.name} of ${object.kind} ${object.name.value} mounts volume ${mount.volume}, which the pod does not have`,
    span: mount.span,
    related: pod.volumes.slice(0, 3).map(({ name, span }) => ({ span, message: `the pod has volume ${name}` })),
  };
}

function missingConfigMap(workload: Workload, container: Container, name: Located<string>): Break {
  const { object } = workload;
  const place = object.namespace ? `${object.namespace.value}/${name.value}` : name.value;
  const span: Span = name.span;
  return {
    claim: 'config-map-exists',
    message: `container ${container.name} of ${object.kind} ${object.name.value} mounts ConfigMap ${place}, which does not exist`,
    span,
    related: [],
    subject: `ConfigMap ${place}`,
    help: 'add the ConfigMap to the namespace of the pod, or mount the one that is there',
  };
}

const IMAGES: readonly (readonly [RegExp, CollectorKind])[] = [
  [/(?:^|\/)alloy$/, 'alloy'],
  [/(?:^|\/)grafana\/agent$/, 'alloy'],
  [/(?:^|\/)(?:aws-for-)?fluent-bit$/, 'fluent-bit'],
  [/(?:^|\/)prom(?:etheus)?\/prometheus$/, 'prometheus'],
  [/(?:^|\/)(?:aws-otel-collector|opentelemetry-collector(?:-contrib|-k8s)?)$/, 'opentelemetry'],
];

function kindOfImage(container: Container): CollectorKind | undefined {
  const name = (container.image?.value ?? '').replace(/@.*$/, '').replace(/:[^/:]*$/, '');
  return IMAGES.find(([pattern]) => pattern.test(name))?.[1];
}

/** What a file's own text shows it to be. */
export function kindOfText(text: string, path = ''): CollectorKind | undefined {
  if (/\.(alloy|river)$/.test(path)) return 'alloy';
  if (/^\s*(?:discovery|prometheus|loki|otelcol|remote|local)\.[\w.]+\s+"[^"\n]*"\s*\{/m.test(text)) return 'alloy';
  if (/^\s*\[(?:SERVICE|INPUT|OUTPUT|FILTER)\]\s*$/im.test(text)) return 'fluent-bit';
  if (/\.conf$/.test(path) && /^\s*@INCLUDE\s/m.test(text)) return 'fluent-bit';
  if (/^pipeline:\s*(?:#.*)?$/m.test(text)) return 'fluent-bit';
  if (/^exporters:/m.test(text) && /^service:/m.test(text)) return 'opentelemetry';
  // Promtail scrapes files by the same words.
  if (/^(?:clients|positions):/m.test(text)) return undefined;
  return /^(?:scrape_configs|remote_write):/m.test(text) ? 'prometheus' : undefined;
}

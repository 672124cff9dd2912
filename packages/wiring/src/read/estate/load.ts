import type { GitOps, LeftOut, Located, MetricPage, World } from '../../model';
import type { SourceText, Span } from '../../text';
import { readTemplate, type Template } from '../cloudformation';
import { baseName, contains, type FileTree, joinPath } from '../file-tree';
import type { Problem } from '../problem';
import { readScript, type Script } from '../shell';
import type { SightlineConfig, WorldConfig } from '../sightline-json';
import { type DeclaredRole, declaredRoles } from './declared-roles';
import { deliveries } from './deliveries';
import { deployedOutputs } from './deployed-outputs';
import { Documents, type FileReading } from './documents';
import { type GrafanaFiles, grafanaFile, isAsset, mergeFiles, withFiles, withoutKnown } from './grafana-files';
import {
  build,
  fromFile,
  isKustomization,
  kustomizationRoots,
  type Manifests,
  merge,
  readManifests,
} from './manifests';
import { metricPages } from './metric-pages';
import { PLAIN, type PlainFile, plainWorlds } from './plain-worlds';
import { walk } from './walk';
import { makeWorld } from './world';

export interface LoadOptions {
  readonly files: FileTree;
  /** Directories and files to judge, relative to the tree's root. */
  readonly paths: readonly string[];
  readonly config?: SightlineConfig;
  /** Saved /metrics pages of targets that sightline.json names none for. */
  readonly catalog?: readonly string[];
  /** Only this world. */
  readonly overlay?: string;
  /** Told what is being read, again and again; for people who wait. */
  readonly progress?: (what: string) => void;
}

export interface Estate {
  readonly worlds: readonly World[];
  /** Worlds of sightline.json that nobody asked to judge. */
  readonly leftOut: readonly LeftOut[];
  readonly gitOps: GitOps;
  /** What could not be read. The rest is judged all the same. */
  readonly problems: readonly EstateProblem[];
  readonly counts: Counts;
  /** A file by the name that reports give it. */
  readonly sources: (file: string) => SourceText | undefined;
}

export interface EstateProblem extends Problem {
  /** The worlds whose build it stands in; empty for a file of none. */
  readonly worlds: readonly string[];
}

export interface Counts {
  readonly files: number;
  readonly manifests: number;
  readonly templates: number;
  readonly dashboards: number;
  readonly skipped: number;
}

/** The world of dashboards that belong to none. */
const LOOSE = 'dashboards';

/** Reads everything that the paths lead to, and sorts it into worlds. */
export function loadEstate(options: LoadOptions): Estate {
  return new Loader(options).load();
}

class Loader {
  private readonly documents: Documents;
  private readonly problems: EstateProblem[] = [];
  /** Files that a world was made of. */
  private readonly visited = new Map<string, 'manifests' | 'template' | 'dashboard'>();

  constructor(private readonly options: LoadOptions) {
    this.documents = new Documents(options.files);
  }

  load(): Estate {
    const { config, overlay } = this.options;
    const found = this.collect();
    const mapped = config?.worlds.filter((world) => this.isWanted(world)) ?? [];
    // Paths that the configuration says nothing of are judged as if there were none.
    const wanted = mapped.length > 0 ? mapped : undefined;
    const chosen = wanted?.filter(({ name }) => overlay === undefined || name.value === overlay);
    const made = chosen ? chosen.map((world) => this.configured(world)) : this.inferred(found);
    const all = this.withLoose(made, wanted?.length ?? made.length, found);
    const worlds = all.filter(({ name }) => overlay === undefined || name === overlay);
    if (overlay !== undefined && worlds.length === 0) {
      this.noOverlay(overlay, wanted?.map(({ name }) => name.value) ?? all.map(({ name }) => name));
    }
    for (const file of found) this.note(this.strayProblems(file));
    const { files } = this.options;
    const sources = (file: string) => files.read(file);
    const strays = found.filter((file) => !this.visited.has(file));
    const gitOps = deliveries(all, strays, this.documents);
    const leftOut = (config?.worlds ?? [])
      .filter(({ name }) => !worlds.some((world) => world.name === name.value))
      .map(({ name, templates }) => ({ name: name.value, templates: templates.map(({ value }) => this.place(value)) }));
    return { worlds, leftOut, gitOps, problems: unique(this.problems), counts: this.count(found), sources };
  }

  /** All files under the paths; what is named itself must be readable and ours. */
  private collect(): readonly string[] {
    const found = new Set<string>();
    const own = this.options.config?.source.file;
    for (const path of this.options.paths) {
      const kind = this.options.files.kind(path);
      if (kind === 'directory') {
        for (const file of walk(this.options.files, path).filter((each) => each !== own)) found.add(file);
      } else if (kind === 'file') {
        found.add(path);
        this.checkNamed(this.documents.get(path, true));
      } else {
        const help = 'check the path; it is relative to the working directory';
        this.add('missing-path', `there is no file or directory ${path}`, undefined, help);
      }
    }
    return [...found];
  }

  private checkNamed({ kind, path }: FileReading): void {
    const help =
      'give Kubernetes manifests, kustomizations or CloudFormation templates, or the directory that holds them';
    if (kind === 'binary') this.add('not-text', `${path} is not a text file`, undefined, help);
    else if (kind === 'helm')
      this.add(
        'not-recognised',
        `${path} is the source of a Helm chart, which has to be rendered first`,
        undefined,
        'run "helm template" and verify its output',
      );
    else if (kind === 'other')
      this.add('not-recognised', `nothing in ${path} is a Kubernetes object or a template`, undefined, help);
  }

  /** A world counts when one of its places lies under a path that was given, or the other way round. */
  private isWanted(world: WorldConfig): boolean {
    const directory = this.options.config?.directory ?? '';
    const places = [...world.manifests, ...world.templates, ...world.dashboards].map(({ value }) => this.place(value));
    const { paths } = this.options;
    return paths.some(
      (path) => path === directory || places.some((place) => contains(path, place) || contains(place, path)),
    );
  }

  private configured(world: WorldConfig): World {
    const parts = world.manifests.map((place) => this.manifestsAt(place));
    const manifests = merge(parts);
    this.take(manifests, world.name.value);
    const before = this.problems.length;
    const templates = world.templates.flatMap((place) => this.templatesAt(place));
    return makeWorld({
      name: world.name.value,
      places: world.manifests.map(({ value }) => this.place(value)),
      told: world,
      objects: manifests.objects,
      templates,
      scripts: world.templates.flatMap((place) => this.scriptsAt(place)),
      read: this.source,
      grafana: this.grafanaOf(world),
      deployed: this.deployed(world),
      metrics: this.pages(world.metrics),
      roles: this.rolesOf(world),
      closedManifests: manifests.problems.every(leavesObjects) && manifests.gaps.length === 0,
      closedTemplates: world.templates.length > 0 && this.problems.length === before,
      gaps: manifests.gaps,
    });
  }

  /** A path of sightline.json, from the tree's root. */
  private place(path: string): string {
    return joinPath(this.options.config?.directory ?? '', path);
  }

  private readonly source = (path: string): SourceText | undefined => this.options.files.read(path);

  private grafanaOf(world: WorldConfig): GrafanaFiles {
    const { files } = this.options;
    const found = mergeFiles(
      world.dashboards.flatMap(({ value, span }) => {
        const path = this.place(value);
        if (files.kind(path) === undefined) {
          this.add('missing-path', `there is no ${path}, which sightline.json names`, span);
          return [];
        }
        const all = files.kind(path) === 'directory' ? walk(files, path) : [path];
        return all.map((file) => grafanaFile(file, this.documents, /\.json$/.test(file) || file === path));
      }),
    );
    this.note(found.problems, world.name.value);
    for (const file of found.visited) this.visited.set(file, 'dashboard');
    return found;
  }

  /**
   * Dashboards that no world names belong to the only world that there is. Where there are several, or none, nobody can
   * say whose data they show: they get a world of their own, in which nothing is known.
   */
  private withLoose(worlds: readonly World[], all: number, found: readonly string[]): readonly World[] {
    const loose = mergeFiles(
      found
        .filter((file) => !this.visited.has(file) && !isAsset(file))
        .map((file) => grafanaFile(file, this.documents, this.isNamed(file))),
    );
    for (const file of loose.visited) this.visited.set(file, 'dashboard');
    this.note(loose.problems);
    const grafana = withoutKnown(loose, worlds);
    if (all === 1) return worlds.map((world) => withFiles(world, grafana));
    if (grafana.dashboards.length === 0) return worlds;
    const open = { closedManifests: false, closedTemplates: false, gaps: [] };
    return [...worlds, makeWorld({ name: LOOSE, told: {}, objects: [], templates: [], grafana, ...open })];
  }

  private rolesOf({ roles, name }: WorldConfig): readonly DeclaredRole[] {
    const found = declaredRoles(roles, (path) => this.source(this.place(path)));
    this.note(found.problems, name.value);
    return found.roles;
  }

  private pages(named: WorldConfig['metrics']): readonly MetricPage[] {
    const { files, config, catalog = [] } = this.options;
    const { pages, problems } = metricPages(files, named, config?.directory ?? '', catalog);
    this.note(problems);
    return pages;
  }

  private scriptsAt(place: Located<string>): readonly Script[] {
    const path = this.place(place.value);
    const { files } = this.options;
    return (files.kind(path) === 'directory' ? walk(files, path) : [path]).flatMap((file) => this.scriptIn(file));
  }

  private scriptIn(file: string): readonly Script[] {
    const { kind, source } = this.read(file);
    if (kind !== 'script' || !source) return [];
    this.visited.set(file, 'template');
    return [readScript(source)];
  }

  private deployed({ outputs }: WorldConfig): ReadonlyMap<string, string> {
    const { values, problems } = deployedOutputs(outputs.flatMap(({ value }) => this.source(this.place(value)) ?? []));
    this.note(problems);
    return values;
  }

  private manifestsAt(place: Located<string>): Manifests {
    const path = this.place(place.value);
    if (this.options.files.kind(path) === undefined) {
      const message = `there is no ${path}, which sightline.json names`;
      return { objects: [], gaps: [], visited: [], problems: [{ code: 'missing-path', message, span: place.span }] };
    }
    const manifests = readManifests(path, this.documents);
    if (this.options.files.kind(path) !== 'file' || manifests.visited.length > 0) return manifests;
    const message = `nothing in ${path}, which sightline.json names, is a Kubernetes object`;
    return { ...manifests, problems: [{ code: 'not-recognised', message, span: place.span }] };
  }

  private templatesAt(place: Located<string>): readonly Template[] {
    const path = this.place(place.value);
    const { files } = this.options;
    if (files.kind(path) === undefined) {
      const message = `there is no template ${path}, which sightline.json names`;
      this.add('missing-path', message, place.span, 'synthesize the app first');
      return [];
    }
    const all = files.kind(path) === 'directory' ? walk(files, path) : [path];
    const named = files.kind(path) === 'file';
    if (named && !['template', 'script'].includes(this.documents.get(path, true).kind)) {
      this.add('not-recognised', `${path}, which sightline.json names as a template, is none`, place.span);
    }
    return all.flatMap((file) => this.templatesIn(file, named));
  }

  private templatesIn(file: string, named: boolean): readonly Template[] {
    const reading = this.documents.get(file, named);
    const { source } = reading;
    if (reading.kind !== 'template' || !source) return [];
    this.visited.set(file, 'template');
    this.note(reading.problems);
    return reading.documents.flatMap((document) => readTemplate(document, source) ?? []);
  }

  /** Without sightline.json: each root of a kustomization is a world, and so are plain manifests of a path. */
  private inferred(found: readonly string[]): readonly World[] {
    const built = this.roots(found).map(({ name, root }) => ({
      name,
      places: [root],
      manifests: build(root, this.documents),
    }));
    for (const { name, manifests } of built) this.take(manifests, name);
    const templates: Template[] = [];
    const scripts: Script[] = [];
    const plain: PlainFile[] = [];
    // File by file, so that the tree of one is gone before the next is read.
    for (const file of found.filter((each) => !this.visited.has(each))) {
      templates.push(...this.templatesIn(file, this.isNamed(file)));
      const [script] = this.scriptIn(file);
      if (script) scripts.push(script);
      plain.push({ file, manifests: fromFile(file, this.documents, this.isNamed(file)) });
    }
    const worlds = plainWorlds(plain).map((world) => ({ ...world, places: [] }));
    for (const { name, manifests } of worlds) this.take(manifests, name);
    return [...built, ...worlds]
      .filter(({ manifests }) => manifests.objects.length > 0)
      .map(({ name, places, manifests: { objects, gaps } }) =>
        makeWorld({
          name,
          places,
          told: {},
          objects,
          templates,
          scripts,
          read: this.source,
          metrics: this.pages([]),
          gaps,
          closedManifests: false,
          closedTemplates: false,
        }),
      );
  }

  private roots(found: readonly string[]): readonly { name: string; root: string }[] {
    const { files, paths } = this.options;
    const given = paths.filter((path) => isKustomization(files, path));
    const roots = [...new Set([...given, ...kustomizationRoots(found, files)])];
    const shared = (name: string) => roots.filter((root) => baseName(root) === name).length > 1;
    return roots.map((root) => ({
      root,
      name: shared(baseName(root)) || root === '' ? root || PLAIN : baseName(root),
    }));
  }

  private isNamed(file: string): boolean {
    return this.options.paths.includes(file);
  }

  /** Files of ours that belong to no world are still told about when they cannot be read. */
  private strayProblems(file: string): readonly Problem[] {
    if (this.visited.has(file)) return [];
    return this.read(file).problems;
  }

  private read(file: string): FileReading {
    this.options.progress?.(`reading ${file}`);
    return this.documents.get(file, this.isNamed(file));
  }

  private take({ problems, visited }: Manifests, world: string): void {
    this.note(problems, world);
    for (const file of visited) this.visited.set(file, 'manifests');
  }

  private noOverlay(overlay: string, all: readonly string[]): void {
    this.add('no-overlay', `there is no world "${overlay}"`, undefined, `worlds are ${all.join(', ')}`);
  }

  private count(found: readonly string[]): Counts {
    const kinds = found.map((file) => this.visited.get(file) ?? this.read(file).kind);
    const of = (...wanted: string[]) => kinds.filter((kind) => wanted.includes(kind)).length;
    const manifests = of('manifests', 'kustomization');
    const templates = of('template');
    const dashboards = of('dashboard', 'grafana');
    const skipped = found.length - manifests - templates - dashboards;
    return { files: found.length, manifests, templates, dashboards, skipped };
  }

  private add(code: string, message: string, span?: Span, help?: string): void {
    this.note([{ code, message, ...(span && { span }), ...(help && { help }) }]);
  }

  private note(problems: readonly Problem[], ...worlds: readonly string[]): void {
    for (const problem of problems) this.problems.push({ ...problem, worlds });
  }
}

const HIDES_NOTHING = new Set(['kustomize-duplicate-object', 'kustomize-duplicate-key', 'yaml-duplicate-key']);

/** A patch without a target or an object that is there twice fails the build, but hides nothing. */
function leavesObjects({ subject, code }: Problem): boolean {
  return subject !== undefined || HIDES_NOTHING.has(code);
}

/** A base that several overlays build has its faults once. */
function unique(problems: readonly EstateProblem[]): readonly EstateProblem[] {
  const found = new Map<string, EstateProblem>();
  for (const problem of problems) {
    const { code, message, span, worlds } = problem;
    const key = `${code} ${message} ${span?.source.file} ${span?.start}`;
    found.set(key, { ...problem, worlds: [...new Set([...(found.get(key)?.worlds ?? []), ...worlds])] });
  }
  return [...found.values()];
}

import type { AbsentPath, ApplicationSource, Located } from '../../model';
import { nearestName } from '../../text';
import { baseName, type FileTree, joinPath, parentPath } from '../file-tree';

/** A path of a repository, and the file of the input that names it. */
export interface Asked {
  readonly source: ApplicationSource;
  readonly file: string;
}

/** Where a repository lies: its directory in the input, or the part of it that the input is. */
interface Root {
  readonly at: string;
  /** The input is this directory of the repository. */
  readonly within: string;
}

interface Votes {
  readonly root: Root;
  /** Those that are there, and where they are named. */
  readonly paths: Map<string, Located<string>>;
}

/** Branches that a checkout is of, as a rule. */
const USUAL = new Set(['', 'HEAD', 'main', 'master']);

/**
 * Finds the directories that paths of repositories lead to in the input. Which repository the input is of is nowhere said; it
 * follows from the paths that are there.
 */
export class Checkout {
  private readonly votes = new Map<string, Map<string, Votes>>();
  private readonly roots = new Map<string, Votes | undefined>();
  private readonly revisions = new Map<string, Set<string>>();

  constructor(
    private readonly files: FileTree,
    asked: readonly Asked[],
  ) {
    for (const each of asked) this.vote(each);
  }

  /** The directory in the input. */
  directory({ source, file }: Asked): string | undefined {
    const path = pathOf(source);
    if (path === undefined) return undefined;
    const root = this.rootOf(repositoryOf(source)) ?? this.firstRoot(path, file);
    const directory = root && inside(root, path);
    return directory !== undefined && this.files.kind(directory) === 'directory' ? directory : undefined;
  }

  /** The directory of the input that a repository's root is, where that is certain. */
  rootDirectory(repository: string | undefined): string | undefined {
    const votes = this.winner(normalised(repository ?? ''));
    return votes && isCertain(votes) && votes.root.within === '' ? votes.root.at : undefined;
  }

  /** Why there is no directory, if the repository is certainly the one of the input. */
  absent({ source, file }: Asked): AbsentPath | undefined {
    const path = pathOf(source);
    const repository = repositoryOf(source);
    if (!path || repository === undefined || /[*?{}[\]$]/.test(path)) return undefined;
    const votes = this.winner(repository);
    if (!votes || !isCertain(votes)) {
      for (const root of rootsFor(path, file)) {
        const found = this.missing(root, path);
        if (found?.alike && path.includes('/')) return found;
      }
      return undefined;
    }
    const revision = source.revision?.value ?? '';
    if (!USUAL.has(revision) && !this.revisions.get(repository)?.has(revision)) return undefined;
    const found = this.missing(votes.root, path);
    if (!found || (found.parent === votes.root.at && !found.alike)) return undefined;
    const [other] = votes.paths.values();
    return { ...found, other };
  }

  private missing(root: Root, path: string): (AbsentPath & { readonly parent: string }) | undefined {
    const whole = inside(root, path);
    if (whole === undefined) return undefined;
    const segments = joinPath('', whole.slice(root.at === '' ? 0 : root.at.length + 1)).split('/');
    let parent = root.at;
    for (const [index, segment] of segments.entries()) {
      const next = joinPath(parent, segment);
      if (this.files.kind(next) === 'directory') {
        parent = next;
        continue;
      }
      const directories = this.files.list(parent).filter((name) => this.isDirectory(joinPath(parent, name)));
      const alike = nearestName(segment, directories);
      const rest = segments.slice(index + 1).join('/');
      const isWhole = alike !== undefined && this.isDirectory(joinPath(joinPath(parent, alike), rest));
      return { parent, missing: segment, ...(isWhole && { alike: joinPath(parent, alike) }) };
    }
    return undefined;
  }

  private isDirectory(path: string): boolean {
    return this.files.kind(path) === 'directory';
  }

  private vote({ source, file }: Asked): void {
    const path = pathOf(source);
    const repository = repositoryOf(source);
    if (!path || repository === undefined) return;
    const own = this.votes.get(repository) ?? new Map<string, Votes>();
    this.votes.set(repository, own);
    for (const root of rootsFor(path, file)) {
      const directory = inside(root, path);
      if (directory === undefined || !this.isDirectory(directory)) continue;
      const key = `${root.at}\n${root.within}`;
      const votes = own.get(key) ?? { root, paths: new Map() };
      own.set(key, votes);
      if (source.path && !votes.paths.has(path)) votes.paths.set(path, source.path);
      const revisions = this.revisions.get(repository) ?? new Set<string>();
      this.revisions.set(repository, revisions.add(source.revision?.value ?? ''));
    }
  }

  private rootOf(repository: string | undefined): Root | undefined {
    return repository === undefined ? undefined : this.winner(repository)?.root;
  }

  /** Most paths; then the whole repository before a part of it, then the one that holds the other. */
  private winner(repository: string): Votes | undefined {
    if (this.roots.has(repository)) return this.roots.get(repository);
    const all = [...(this.votes.get(repository)?.values() ?? [])];
    const [best] = all.sort(
      (a, b) =>
        b.paths.size - a.paths.size ||
        a.root.within.length - b.root.within.length ||
        a.root.at.length - b.root.at.length,
    );
    this.roots.set(repository, best);
    return best;
  }

  private firstRoot(path: string, file: string): Root | undefined {
    return rootsFor(path, file).find((root) => this.isDirectory(inside(root, path) ?? ''));
  }
}

/** One path of a single step may be there by chance. */
function isCertain({ paths }: Votes): boolean {
  return paths.size > 1 || [...paths.keys()].some((path) => path.includes('/'));
}

/** Each directory above the file may be the root of its repository, and so may one above the input. */
function* candidates(path: string, file: string): Iterable<Root> {
  const above: string[] = [];
  for (let directory = parentPath(file); directory !== ''; directory = parentPath(directory)) above.unshift(directory);
  for (const at of ['', ...above]) yield { at, within: '' };
  const segments = path.split('/');
  // What is left has to be two steps long, so that it is not there by chance.
  for (let count = 1; count <= segments.length - 2; count++) {
    yield { at: '', within: segments.slice(0, count).join('/') };
  }
}

function rootsFor(path: string, file: string): readonly Root[] {
  return [...candidates(path, file)];
}

function inside({ at, within }: Root, path: string): string | undefined {
  if (within === '') return joinPath(at, path);
  return path.startsWith(`${within}/`) ? joinPath(at, path.slice(within.length + 1)) : undefined;
}

function pathOf({ path, chart }: ApplicationSource): string | undefined {
  if (!path || chart) return undefined;
  const normal = joinPath('', path.value);
  return normal.startsWith('..') ? undefined : normal;
}

function repositoryOf({ repository }: ApplicationSource): string | undefined {
  return repository && normalised(repository.value);
}

/** `git@github.com:o/r.git` and `https://github.com/o/r` are one. */
export function normalised(url: string): string {
  return url
    .trim()
    .toLowerCase()
    .replace(/^(?:[a-z+]+:\/\/)?(?:[^@/]*@)?/, '')
    .replace(/^([^/:]+):(?!\d+\/)/, '$1/')
    .replace(/(?:\.git)?\/*$/, '');
}

/** Directories below `root` whose paths a glob of Argo CD matches; its `*` stops at slashes. */
export function directoriesOf(files: FileTree, root: string, glob: string): readonly string[] {
  let found: readonly string[] = [''];
  for (const segment of joinPath('', glob).split('/')) {
    if (segment === '**') return [];
    const pattern = new RegExp(
      `^${segment
        .replace(/[.+^${}()|[\]\\]/g, '\\$&')
        .replaceAll('*', '.*')
        .replaceAll('?', '.')}$`,
    );
    found = found.flatMap((parent) =>
      files
        .list(joinPath(root, parent))
        .filter((name) => pattern.test(name) && !baseName(name).startsWith('.'))
        .map((name) => joinPath(parent, name))
        .filter((path) => files.kind(joinPath(root, path)) === 'directory'),
    );
  }
  return found;
}

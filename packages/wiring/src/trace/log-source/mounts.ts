import {
  type Container,
  concat,
  known,
  type Mount,
  type PodTemplate,
  textOf,
  type Value,
  type Volume,
} from '../../model';

/** A mount with its volume. */
export interface Mounted {
  readonly mount: Mount;
  readonly volume?: Volume;
}

/** Where a container sees the file system of its node, and what it sees in place of it. */
export class NodeView {
  private readonly mounted: readonly Mounted[];

  constructor(pod: PodTemplate, container: Container) {
    this.mounted = container.mounts.map((mount) => {
      const volume = pod.volumes.find(({ name }) => name === mount.volume);
      return { mount, ...(volume && { volume }) };
    });
  }

  /** The mount that shows what is at a path: the one with the longest path above it. */
  at(path: string): Mounted | undefined {
    let best: Mounted | undefined;
    for (const one of this.mounted) {
      if (isUnder(path, one.mount.path) && (!best || clean(one.mount.path).length > clean(best.mount.path).length)) {
        best = one;
      }
    }
    return best;
  }

  /** The path on the node that a path inside the container is; `undefined`: it is none of the node's. */
  onNode(path: string): string | undefined {
    const found = this.at(path);
    const host = found?.volume?.hostPath;
    if (!found || !host) return undefined;
    return join(host.value, found.mount.subPath, rest(path, found.mount.path));
  }

  /** The paths by which the container sees a file of the node, the nearest mount first. */
  seenAs(file: Value): readonly Value[] {
    return this.mounted.flatMap(({ mount, volume }) => {
      const host = volume?.hostPath;
      const head = headOf(file);
      const root = host && join(host.value, mount.subPath);
      if (root === undefined || !isUnder(head, root)) return [];
      const inside = join(mount.path, rest(head, root));
      // What a deeper mount hides is not seen by this one.
      if (this.at(parentOf(inside))?.mount !== mount) return [];
      return [withHead(file, inside)];
    });
  }

  /** Does a link to a path of the node lead there inside the container as well? */
  follows(target: Value): boolean {
    const head = headOf(target);
    return this.onNode(parentOf(head)) === parentOf(head);
  }
}

/** The known beginning of a path, up to its first symbol. */
function headOf(file: Value): string {
  return textOf(file.kind === 'concat' ? file.parts[0] : file) ?? '';
}

function withHead(file: Value, head: string): Value {
  return concat([known(head), ...(file.kind === 'concat' ? file.parts.slice(1) : [])]);
}

export function clean(path: string): string {
  return path.replace(/\/{2,}/g, '/').replace(/(?<=.)\/+$/, '');
}

export function isUnder(path: string, directory: string): boolean {
  const root = clean(directory);
  return root === '/' ? path.startsWith('/') : path === root || path.startsWith(`${root}/`);
}

function rest(path: string, directory: string): string {
  const root = clean(directory);
  return root === '/' ? path.slice(1) : path.slice(root.length + 1);
}

/** Keeps a slash at the end, so that the head of a path stays one. */
function join(...parts: readonly (string | undefined)[]): string {
  const [first = '', ...others] = parts.filter((part) => part !== undefined && part !== '');
  return [clean(first) === '/' ? '' : clean(first), ...others].join('/').replace(/\/{2,}/g, '/') || '/';
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(1, path.lastIndexOf('/')));
}

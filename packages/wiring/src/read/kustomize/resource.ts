import type { MapNode, Span } from '../../text';
import { effectiveNamespace, idOf, type ObjectId } from './id';
import { textNode, withMetadata } from './nodes';

/** What touched an object on its way through the build. */
export interface Via {
  readonly kind:
    | 'patch'
    | 'namespace'
    | 'prefix'
    | 'suffix'
    | 'labels'
    | 'annotations'
    | 'images'
    | 'replicas'
    | 'replacement'
    | 'generator'
    | 'name-reference';
  /** The directive in the kustomization, or the patch itself; of a name reference, the object that was renamed. */
  readonly span: Span;
}

/** An object under way: its tree is replaced by each step, and it remembers under which names it went before. */
export class Resource {
  readonly via: Via[] = [];
  /** Ids from before each renaming, oldest first. */
  readonly previous: ObjectId[] = [];
  readonly prefixes: string[] = [];
  readonly suffixes: string[] = [];
  /** Its name gets a hash of its content at the end. */
  needsHash = false;
  /** The last `namespace:` that it went through, whether or not that changed it. */
  placedBy?: Span;
  /** A patch has deleted it. */
  deleted = false;
  /** The id as it was written. */
  readonly written: ObjectId;

  /** @param file where the object was written first, a path of the file tree */
  constructor(
    public node: MapNode,
    readonly file: string,
  ) {
    this.written = idOf(node);
  }

  get id(): ObjectId {
    return idOf(this.node);
  }

  get originalId(): ObjectId {
    return this.previous[0] ?? this.id;
  }

  get ids(): readonly ObjectId[] {
    return [...this.previous, this.id];
  }

  storePreviousId(): void {
    const { id } = this;
    this.previous.push({ ...id, namespace: effectiveNamespace(id) });
  }

  rename(name: string, span: Span): void {
    this.node = withMetadata(this.node, 'name', textNode(name, span));
  }

  /** Notes what touched the object, unless it was the last to do so already. */
  touchedBy(kind: Via['kind'], span: Span): void {
    const last = this.via[this.via.length - 1];
    if (last?.kind !== kind || last.span !== span) this.via.push({ kind, span });
  }
}

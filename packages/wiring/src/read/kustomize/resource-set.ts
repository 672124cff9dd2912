import { noConfigurations } from './configurations';
import { fault } from './fault';
import { keyOf, nameOfId, type ObjectId } from './id';
import type { Resource } from './resource';

/** The objects of one build step, in order. Lookups by id are indexed: builds of thousands of objects stay linear. */
export class ResourceSet {
  readonly configurations = noConfigurations();
  private list: Resource[] = [];
  private currentIds?: Map<string, Resource[]>;
  private anyIds?: Map<string, Resource[]>;

  get resources(): readonly Resource[] {
    return this.list;
  }

  /** To be called after ids may have changed. */
  changed(): void {
    this.currentIds = undefined;
    this.anyIds = undefined;
  }

  /** @throws BuildFault when the set has an object of this id already */
  append(resource: Resource): void {
    const { id } = resource;
    const [other] = this.withId(id);
    if (other) {
      const error = fault('kustomize-duplicate-object', `${nameOfId(id)} is there twice`, resource.node.span);
      throw fault(error.problem.code, error.problem.message, resource.node.span, `the other one is in ${other.file}`);
    }
    this.list.push(resource);
    add(this.currentIds, id, resource);
    for (const each of resource.ids) add(this.anyIds, each, resource);
  }

  replace(old: Resource, resource: Resource): void {
    this.list[this.list.indexOf(old)] = resource;
    this.changed();
  }

  removeDeleted(): void {
    const kept = this.list.filter(({ deleted }) => !deleted);
    if (kept.length === this.list.length) return;
    this.list = kept;
    this.changed();
  }

  withId(id: ObjectId): readonly Resource[] {
    if (!this.currentIds) {
      this.currentIds = new Map();
      for (const resource of this.list) add(this.currentIds, resource.id, resource);
    }
    return this.currentIds.get(keyOf(id)) ?? [];
  }

  /** Objects that have this id now or had it before. */
  withAnyId(id: ObjectId): readonly Resource[] {
    if (!this.anyIds) {
      this.anyIds = new Map();
      for (const resource of this.list) for (const each of resource.ids) add(this.anyIds, each, resource);
    }
    return this.anyIds.get(keyOf(id)) ?? [];
  }
}

function add(index: Map<string, Resource[]> | undefined, id: ObjectId, resource: Resource): void {
  if (!index) return;
  const key = keyOf(id);
  const found = index.get(key);
  if (!found) index.set(key, [resource]);
  else if (found[found.length - 1] !== resource) found.push(resource);
}

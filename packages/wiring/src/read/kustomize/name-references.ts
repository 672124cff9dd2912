import type { MapNode, Node } from '../../text';
import { at, itemsAt, stringAt } from '../access';
import type { Problem } from '../problem';
import { attempt, fault } from './fault';
import { changeField, type FieldSpec } from './field-spec';
import { effectiveNamespace, type Gvk, isClusterScoped, isSelected, nameOfId } from './id';
import { NAME_FIELDS, type NameFields } from './name-fields';
import { isNull, rawText, textNode, withEntry } from './nodes';
import type { Resource } from './resource';

interface Reference {
  readonly target: Partial<Gvk>;
  readonly field: FieldSpec;
}

/** The references that objects of a kind can hold. */
const BY_KIND: ReadonlyMap<string, readonly Reference[]> = byKind(NAME_FIELDS);

function byKind(all: readonly NameFields[]): Map<string, Reference[]> {
  const map = new Map<string, Reference[]>();
  for (const { target, fields } of all) {
    for (const field of fields) {
      const kind = field.kind ?? '';
      map.set(kind, [...(map.get(kind) ?? []), { target, field }]);
    }
  }
  return map;
}

/**
 * Lets references to objects that were renamed or moved follow them. Done once, at the end of the whole build: an object
 * may have been renamed in several layers.
 */
export function updateNameReferences(
  resources: readonly Resource[],
  configured: readonly NameFields[],
  problems: Problem[],
): void {
  const renamed = new Map<string, Resource[]>();
  for (const resource of resources) {
    for (const name of new Set(resource.previous.map((id) => id.name))) {
      const list = renamed.get(name);
      if (list) list.push(resource);
      else renamed.set(name, [resource]);
    }
  }
  if (renamed.size === 0) return;
  const moves = movesOf(resources);
  const added = byKind(configured);
  for (const referrer of resources) {
    const update = new Update(referrer, renamed, moves);
    const { kind } = referrer.originalId;
    for (const reference of [BY_KIND.get(kind), added.get(kind), added.get('')].flatMap((list) => list ?? [])) {
      if (!isSelected(referrer.originalId, reference.field)) continue;
      attempt(problems, referrer.node.span, () => update.apply(reference));
    }
  }
}

/** For each namespace that objects were written in: where those objects are now. */
type Moves = ReadonlyMap<string, ReadonlySet<string>>;

function movesOf(resources: readonly Resource[]): Moves {
  const moves = new Map<string, Set<string>>();
  for (const { id, originalId } of resources) {
    const from = effectiveNamespace(originalId);
    moves.set(from, (moves.get(from) ?? new Set()).add(effectiveNamespace(id)));
  }
  return moves;
}

class Update {
  private readonly bindingNamespaces: ReadonlySet<string>;

  constructor(
    private readonly referrer: Resource,
    private readonly renamed: ReadonlyMap<string, readonly Resource[]>,
    private readonly moves: Moves,
  ) {
    this.bindingNamespaces = subjectNamespaces(referrer.node);
  }

  apply({ target, field }: Reference): void {
    const { referrer } = this;
    const { id } = referrer;
    const set = (node: Node) => this.set(node, target, field);
    const gvk = { group: id.group, version: id.version, kind: id.kind };
    referrer.node = changeField(referrer.node, id, { ...gvk, path: field.path }, { span: referrer.node.span, set });
  }

  private set(node: Node, target: Partial<Gvk>, field: FieldSpec): Node {
    if (isNull(node)) return node;
    if (node.kind === 'list') {
      return {
        ...node,
        items: node.items.map((item) => (item.kind === 'list' ? item : this.set(item, target, field))),
      };
    }
    if (node.kind === 'map') return this.setMap(node, target, field);
    const found = this.select(rawText(node), this.candidates(rawText(node)), target, field, false);
    return found ? this.follow(node, found) : node;
  }

  /** A reference with a name and a namespace: both follow. */
  private setMap(node: MapNode, target: Partial<Gvk>, field: FieldSpec): Node {
    const name = node.entries.get('name')?.value;
    if (!name) throw fault('kustomize-name-reference', 'a reference without a name', node.span);
    const found = this.select(rawText(name), this.inNamespace(node, rawText(name)), target, field, true);
    if (!found) return node;
    const { namespace } = found.id;
    const moved = withEntry(node, 'name', this.follow(name, found));
    if (namespace === '') return moved;
    const old = node.entries.get('namespace')?.value;
    if (rawText(old) === namespace) return moved;
    const place = at(found.node, 'metadata', 'namespace')?.span ?? found.node.span;
    this.referrer.touchedBy('name-reference', place);
    return withEntry(moved, 'namespace', textNode(namespace, place));
  }

  private follow(name: Node, found: Resource): Node {
    if (found.id.name === rawText(name)) return name;
    const place = at(found.node, 'metadata', 'name')?.span ?? found.node.span;
    this.referrer.touchedBy('name-reference', place);
    return textNode(found.id.name, place);
  }

  /** Objects that went by this name and that the referrer can see. */
  private candidates(name: string): readonly Resource[] {
    const all = this.renamed.get(name) ?? [];
    const { id } = this.referrer;
    if (isClusterScoped(id)) return all;
    const own = effectiveNamespace(id);
    return all.filter(({ id: other }) => {
      if (isClusterScoped(other) || effectiveNamespace(other) === own) return true;
      return this.bindingNamespaces.has(other.namespace);
    });
  }

  private inNamespace(node: MapNode, name: string): readonly Resource[] {
    const candidates = this.candidates(name);
    const written = node.entries.get('namespace')?.value;
    if (!written) return candidates;
    const namespace = rawText(written);
    const before = candidates.filter(({ originalId }) => effectiveNamespace(originalId) === namespace);
    // Kustomize looks at all objects here, whatever their name, before it takes the namespaces of now.
    if (before.length > 0 || this.anyOriginallyIn(namespace)) return before;
    return candidates.filter(({ id }) => effectiveNamespace(id) === namespace);
  }

  private anyOriginallyIn(namespace: string): boolean {
    const now = this.moves.get(namespace);
    if (!now || isClusterScoped(this.referrer.id)) return now !== undefined;
    return [effectiveNamespace(this.referrer.id), ...this.bindingNamespaces].some((each) => now.has(each));
  }

  private select(
    name: string,
    from: readonly Resource[],
    target: Partial<Gvk>,
    field: FieldSpec,
    withNamespace: boolean,
  ): Resource | undefined {
    const { referrer } = this;
    let found = from.filter(({ previous }) => previous.some((id) => id.name === name));
    found = found.filter(({ previous }) => previous.some((id) => isSelected(id, target)));
    const role = field.path.endsWith('roleRef/name') ? roleOf(referrer.node) : undefined;
    if (role) found = found.filter(({ previous }) => previous.some((id) => isSelected(id, role)));
    found = found.filter((other) => this.sameNamespace(other));
    if (found.length <= 1) return found[0];
    found = found.filter((other) => sameAffixes(referrer, other, true));
    if (found.length > 1) found = found.filter((other) => sameAffixes(referrer, other, false));
    if (found.length <= 1) return found[0];
    const [first, ...others] = found;
    const alike = (other: Resource) =>
      other.id.name === first.id.name && (!withNamespace || other.id.namespace === first.id.namespace);
    if (others.every(alike)) return first;
    const names = found.map(({ id }) => nameOfId(id)).join(', ');
    throw fault('kustomize-name-reference', `"${name}" may mean several objects: ${names}`, referrer.node.span);
  }

  private sameNamespace({ id }: Resource): boolean {
    const own = this.referrer.id;
    if (isClusterScoped(own) || isClusterScoped(id) || id.kind === 'ServiceAccount') return true;
    return effectiveNamespace(own) === effectiveNamespace(id);
  }
}

/** A RoleBinding sees the namespaces of its subjects too. */
function subjectNamespaces(node: MapNode): ReadonlySet<string> {
  if (stringAt(node, 'kind') !== 'RoleBinding') return new Set();
  const subjects = itemsAt(node, 'subjects').filter((subject) => stringAt(subject, 'kind') === 'ServiceAccount');
  return new Set(subjects.flatMap((subject) => stringAt(subject, 'namespace') ?? []));
}

function roleOf(node: MapNode): Partial<Gvk> | undefined {
  const group = stringAt(node, 'roleRef', 'apiGroup');
  const kind = stringAt(node, 'roleRef', 'kind');
  return group !== undefined && kind !== undefined ? { group, kind } : undefined;
}

/** Whether two objects were given the same prefixes and suffixes, as far as the shorter list goes. */
function sameAffixes(a: Resource, b: Resource, allowNone: boolean): boolean {
  return sameEnding(a.prefixes, b.prefixes, allowNone) && sameEnding(a.suffixes, b.suffixes, allowNone);
}

function sameEnding(a: readonly string[], b: readonly string[], allowNone: boolean): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short.length === 0) return allowNone || long.length === 0;
  return short.every((each, index) => each === long[long.length - short.length + index]);
}

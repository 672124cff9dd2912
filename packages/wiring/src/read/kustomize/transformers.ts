import type { MapNode, Node, ScalarNode, Span } from '../../text';
import { booleanAt, itemsAt, mapAt, scalarAt, stringAt } from '../access';
import { type Configurations, withFields } from './configurations';
import { type Layer, mayLackObjects } from './context';
import { attempt, fault } from './fault';
import { changeField, type FieldSpec } from './field-spec';
import { COMMON_ANNOTATIONS, COMMON_LABELS, NAMESPACES, REPLICAS, TEMPLATE_LABELS } from './field-specs';
import { isClusterScoped, isSelected, keyOf, nameOfId } from './id';
import { isNull, mapNode, numberNode, rawText, stringsOf, textNode, withEntry } from './nodes';
import type { Resource, Via } from './resource';

/** Applies a change to an object and notes what made it, when it changed anything. */
export function transform(resource: Resource, kind: Via['kind'], span: Span, change: (node: MapNode) => MapNode): void {
  const changed = change(resource.node);
  if (changed === resource.node) return;
  resource.node = changed;
  resource.touchedBy(kind, span);
}

/** `namespace`: of every object that is namespaced, and the name of every Namespace. */
export function setNamespace({ kustomization, set, context }: Layer): void {
  const value = scalarAt(kustomization, 'namespace');
  if (!value || rawText(value) === '') return;
  const { span } = value;
  const fields = withFields(NAMESPACES, set.configurations.fields.namespace);
  for (const resource of set.resources) {
    attempt(context.problems, span, () => {
      resource.storePreviousId();
      resource.placedBy = span;
      transform(resource, 'namespace', span, (node) => namespaced(node, resource, value, fields));
    });
  }
  set.changed();
  const seen = new Set<string>();
  for (const { id } of set.resources) {
    const key = keyOf(id);
    if (seen.has(key)) {
      const message = `namespace "${rawText(value)}" makes two objects the same: ${nameOfId(id)}`;
      context.problems.push({ code: 'kustomize-duplicate-object', message, span });
    }
    seen.add(key);
  }
}

function namespaced(object: MapNode, { id }: Resource, value: ScalarNode, fields: readonly FieldSpec[]): MapNode {
  const replace = (node: Node) => sameText(node, value);
  const change = { make: 'text', span: value.span, set: replace } as const;
  let node = object;
  if (!isClusterScoped(id)) node = changeField(node, id, { path: 'metadata/namespace', create: true }, change);
  if (id.kind === 'RoleBinding' || id.kind === 'ClusterRoleBinding') node = defaultSubjects(node, value);
  if (id.kind === 'Namespace' && id.group === '' && id.version === 'v1') {
    node = changeField(node, id, { path: 'metadata/name', create: true }, change);
  }
  for (const field of fields) {
    if (!OWN_WAY.has(field.path)) node = changeField(node, id, field, change);
  }
  return node;
}

/** Fields that are set by rules of their own, whatever is configured. */
const OWN_WAY: ReadonlySet<string> = new Set(['metadata/namespace', 'metadata/name', 'subjects/namespace']);

function sameText(node: Node, value: ScalarNode): Node {
  if (node.kind !== 'scalar')
    throw fault('kustomize-field', `a ${node.kind} where a namespace was expected`, node.span);
  return node.value === value.value ? node : value;
}

/** Subjects that are named `default` get the namespace; others only follow their service account. */
function defaultSubjects(object: MapNode, value: ScalarNode): MapNode {
  const subjects = object.entries.get('subjects')?.value;
  if (subjects?.kind !== 'list') return object;
  const items = subjects.items.map((subject) => {
    if (subject.kind !== 'map' || stringAt(subject, 'name') !== 'default') return subject;
    return stringAt(subject, 'namespace') === value.value ? subject : withEntry(subject, 'namespace', value);
  });
  return items.every((item, index) => item === subjects.items[index])
    ? object
    : withEntry(object, 'subjects', { ...subjects, items });
}

const NEVER_RENAMED: readonly { readonly kind: string; readonly group?: string }[] = [
  { kind: 'CustomResourceDefinition' },
  { group: 'apiregistration.k8s.io', kind: 'APIService' },
  { kind: 'Namespace' },
];

/** `namePrefix` and `nameSuffix`. */
export function addAffixes({ kustomization, set, context }: Layer): void {
  for (const kind of ['prefix', 'suffix'] as const) {
    const field = kind === 'prefix' ? 'namePrefix' : 'nameSuffix';
    const affix = stringAt(kustomization, field);
    const span = scalarAt(kustomization, field)?.span;
    if (!affix || !span) continue;
    for (const resource of set.resources) {
      const { originalId } = resource;
      if (NEVER_RENAMED.some((skipped) => isSelected(originalId, skipped))) continue;
      (kind === 'prefix' ? resource.prefixes : resource.suffixes).push(affix);
      resource.storePreviousId();
      const { name } = resource.id;
      const place = scalarAt(resource.node, 'metadata', 'name')?.span ?? span;
      resource.rename(kind === 'prefix' ? `${affix}${name}` : `${name}${affix}`, place);
      resource.touchedBy(kind, span);
      const make = (text: string) => (kind === 'prefix' ? `${affix}${text}` : `${text}${affix}`);
      attempt(context.problems, span, () => affixFields(resource, set.configurations.fields[field], make, span));
    }
  }
  set.changed();
}

/** Fields that are configured to get the affix too. The name has it already. */
function affixFields(
  resource: Resource,
  fields: readonly FieldSpec[],
  make: (text: string) => string,
  span: Span,
): void {
  const set = (node: Node): Node => {
    if (node.kind !== 'scalar') throw fault('kustomize-field', `a ${node.kind} where a name was expected`, node.span);
    return textNode(make(rawText(node)), node.span);
  };
  for (const field of withFields([{ path: 'metadata/name' }], fields).slice(1)) {
    resource.node = changeField(resource.node, resource.originalId, field, { make: 'text', span, set });
  }
}

/** `labels`, `commonLabels`. */
export function addLabels(layer: Layer): void {
  const { kustomization } = layer;
  for (const entry of itemsAt(kustomization, 'labels')) {
    const pairs = mapAt(entry, 'pairs');
    if (pairs) addPairs(layer, 'labels', pairs, [...fieldsOf(entry), ...labelFields(entry, layer.set.configurations)]);
  }
  const common = mapAt(kustomization, 'commonLabels');
  if (common)
    addPairs(layer, 'labels', common, withFields(COMMON_LABELS, layer.set.configurations.fields.commonLabels));
}

function labelFields(entry: Node, { fields }: Configurations): readonly FieldSpec[] {
  if (booleanAt(entry, 'includeSelectors'))
    return withFields(fields.labels, [...COMMON_LABELS, ...fields.commonLabels]);
  const metadata: FieldSpec = { path: 'metadata/labels', create: true };
  const templates = booleanAt(entry, 'includeTemplates') ? [...TEMPLATE_LABELS, ...fields.templateLabels] : [];
  return withFields(fields.labels, [...templates, metadata]);
}

/** The fields that a `labels` entry names itself. */
function fieldsOf(entry: Node): readonly FieldSpec[] {
  return itemsAt(entry, 'fields').map((field) => ({
    path: stringAt(field, 'path') ?? '',
    group: stringAt(field, 'group'),
    version: stringAt(field, 'version'),
    kind: stringAt(field, 'kind'),
    create: booleanAt(field, 'create'),
  }));
}

/** `commonAnnotations`. */
export function addAnnotations(layer: Layer): void {
  const annotations = mapAt(layer.kustomization, 'commonAnnotations');
  if (annotations)
    addPairs(
      layer,
      'annotations',
      annotations,
      withFields(COMMON_ANNOTATIONS, layer.set.configurations.fields.commonAnnotations),
    );
}

function addPairs({ set, context }: Layer, kind: Via['kind'], pairs: MapNode, fields: readonly FieldSpec[]): void {
  const values = [...stringsOf(pairs)].sort(([a], [b]) => (a < b ? -1 : 1));
  const put = (node: Node): Node => {
    if (node.kind === 'scalar' && !isNull(node))
      throw fault('kustomize-field', `a text where ${kind} were expected`, node.span);
    let map = node.kind === 'map' ? node : mapNode(pairs.span);
    for (const [key, value] of values) {
      if (map.entries.get(key)?.value !== value) map = withEntry(map, key, value, pairs.entries.get(key)?.key);
    }
    return map;
  };
  if (values.length === 0) return;
  for (const resource of set.resources) {
    attempt(context.problems, pairs.span, () => {
      for (const field of fields) {
        const change = { make: 'map', span: pairs.span, set: put } as const;
        transform(resource, kind, pairs.span, (node) => changeField(node, resource.id, field, change));
      }
    });
  }
}

/** `replicas`: by the name of now or of before. */
export function setReplicas({ kustomization, set, context }: Layer): void {
  for (const entry of itemsAt(kustomization, 'replicas')) {
    const name = stringAt(entry, 'name');
    const count = scalarAt(entry, 'count');
    const value = numberNode(typeof count?.value === 'number' ? count.value : 0, count?.span ?? entry.span);
    const replace = (node: Node): Node => {
      if (node.kind === 'scalar') return node.value === value.value ? node : value;
      throw fault('kustomize-field', `a ${node.kind} where the number of replicas was expected`, node.span);
    };
    const fields = withFields(REPLICAS, set.configurations.fields.replicas);
    let found = false;
    for (const resource of set.resources) {
      for (const field of fields) {
        if (!resource.ids.some((id) => id.name === name && isSelected(id, field))) continue;
        found = true;
        attempt(context.problems, entry.span, () => {
          const change = { make: 'text', span: entry.span, set: replace } as const;
          transform(resource, 'replicas', entry.span, (node) => changeField(node, resource.id, field, change));
        });
      }
    }
    if (!found && !mayLackObjects(context)) {
      const message = `replicas names "${name}", and no workload that can be scaled has that name`;
      context.problems.push({ code: 'kustomize-replicas', message, span: scalarAt(entry, 'name')?.span ?? entry.span });
    }
  }
}

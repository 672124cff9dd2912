import { RE2JS } from 're2js';
import type { Node, Span } from '../../text';
import { at, stringAt } from '../access';
import { fault } from './fault';
import { effectiveNamespace, type Gvk, type ObjectId } from './id';
import { parseLabelSelector } from './label-selector';
import { rawText, stringsOf } from './nodes';
import type { Resource } from './resource';
import type { ResourceSet } from './resource-set';

/** Which objects a patch or a replacement means: anchored regular expressions (RE2) and label selectors. */
export interface TargetSelector {
  /** No part of the identity is given: such a selector rejects nothing. */
  readonly empty: boolean;
  readonly matchesId: (id: ObjectId, namespace: string) => boolean;
  readonly matchesGvk: (gvk: Gvk) => boolean;
  readonly matchesName: (name: string) => boolean;
  readonly matchesNamespace: (namespace: string) => boolean;
  readonly matchesMetadata: (node: Node) => boolean;
  readonly hasMetadata: boolean;
}

/** @throws BuildFault when a regular expression or a selector cannot be read */
export function readTargetSelector(node: Node): TargetSelector {
  const matcher = (key: string) => expression(stringAt(node, key) ?? '', at(node, key)?.span ?? node.span);
  const [group, version, kind] = ['group', 'version', 'kind'].map(matcher);
  const [name, namespace] = ['name', 'namespace'].map(matcher);
  const labels = metadataMatcher(node, 'labelSelector', 'labels');
  const annotations = metadataMatcher(node, 'annotationSelector', 'annotations');
  const matchesGvk = (gvk: Gvk) => group(gvk.group) && version(gvk.version) && kind(gvk.kind);
  return {
    empty: ['group', 'version', 'kind', 'name', 'namespace'].every((key) => !stringAt(node, key)),
    matchesGvk,
    matchesName: name,
    matchesNamespace: namespace,
    matchesId: (id, inNamespace) => matchesGvk(id) && name(id.name) && namespace(inNamespace),
    matchesMetadata: (object) => (labels?.(object) ?? true) && (annotations?.(object) ?? true),
    hasMetadata: labels !== undefined || annotations !== undefined,
  };
}

/** The objects that a target means: by name and namespace of now or of the beginning. */
export function selectTargets(set: ResourceSet, selector: TargetSelector): readonly Resource[] {
  return set.resources.filter((resource) => {
    const { id, originalId, node } = resource;
    return (
      (selector.matchesNamespace(effectiveNamespace(originalId)) ||
        selector.matchesNamespace(effectiveNamespace(id))) &&
      (selector.matchesName(originalId.name) || selector.matchesName(id.name)) &&
      selector.matchesGvk(id) &&
      selector.matchesMetadata(node)
    );
  });
}

/** `^(?:pattern)$`; an empty pattern matches all. */
function expression(pattern: string, span: Span): (text: string) => boolean {
  if (pattern === '') return () => true;
  // Most patterns are plain names.
  if (/^[\w-]+$/.test(pattern)) return (text) => text === pattern;
  const compiled = compile(`^(?:${pattern})$`, span);
  return (text) => compiled.matcher(text).find();
}

/** @throws BuildFault when RE2 cannot read the expression */
export function compile(pattern: string, span: Span): RE2JS {
  try {
    return RE2JS.compile(pattern);
  } catch (error) {
    const reason = error instanceof Error ? error.message : `${error}`;
    throw fault('kustomize-selector', `not a regular expression that RE2 can read: ${reason}`, span);
  }
}

function metadataMatcher(node: Node, key: string, field: string): ((object: Node) => boolean) | undefined {
  const text = stringAt(node, key);
  if (!text) return undefined;
  const matches = parseLabelSelector(text);
  if (!matches) throw fault('kustomize-selector', `cannot read the ${key} "${text}"`, at(node, key)?.span);
  return (object) => {
    const values = stringsOf(at(object, 'metadata', field));
    return matches((label) => (values.has(label) ? rawText(values.get(label)) : undefined));
  };
}

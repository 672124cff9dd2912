import type { MapNode, Node, Span } from '../../text';
import { itemsAt, scalarAt, stringAt } from '../access';
import { withFields } from './configurations';
import type { Layer } from './context';
import { attempt, fault } from './fault';
import { changeField } from './field-spec';
import { IMAGES } from './field-specs';
import { textNode, withEntry } from './nodes';
import { compile } from './selector';
import { transform } from './transformers';

interface ImageChange {
  readonly matches: (image: string) => boolean;
  readonly newName: string;
  readonly newTag: string;
  readonly tagSuffix: string;
  readonly digest: string;
  readonly span: Span;
}

/** `images`, and the older `imageTags`: in containers wherever they are, and in the fields that kustomize knows. */
export function setImages({ kustomization, set, context }: Layer): void {
  for (const entry of [...itemsAt(kustomization, 'images'), ...itemsAt(kustomization, 'imageTags')]) {
    attempt(context.problems, entry.span, () => {
      const change = readChange(entry);
      for (const resource of set.resources) {
        if (resource.id.kind === 'CustomResourceDefinition') continue;
        attempt(context.problems, entry.span, () => {
          transform(resource, 'images', entry.span, (node) => {
            let result: MapNode = everywhere(node, change) as MapNode;
            for (const field of withFields(IMAGES, set.configurations.fields.images)) {
              result = changeField(result, resource.id, field, {
                span: entry.span,
                set: (image) => renamed(image, change),
              });
            }
            return result;
          });
        });
      }
    });
  }
}

function readChange(entry: Node): ImageChange {
  const text = (key: string) => stringAt(entry, key) ?? '';
  const name = text('name');
  const span = scalarAt(entry, 'name')?.span ?? entry.span;
  // The name is part of a regular expression: that is how kustomize matches it.
  const pattern = compile(`^${name}(:[a-zA-Z0-9_.{}-]*)?(@sha256:[a-zA-Z0-9_.{}-]*)?$`, span);
  return {
    matches: (image) => pattern.matcher(image).find(),
    newName: text('newName'),
    newTag: text('newTag'),
    tagSuffix: text('tagSuffix'),
    digest: text('digest'),
    span: entry.span,
  };
}

const CONTAINERS = new Set(['containers', 'initContainers']);

/** In every list of containers, at any depth. */
function everywhere(node: Node, change: ImageChange): Node {
  if (node.kind === 'scalar') return node;
  if (node.kind === 'list') {
    const items = node.items.map((item) => everywhere(item, change));
    return items.every((item, index) => item === node.items[index]) ? node : { ...node, items };
  }
  let map = node;
  for (const [key, { value }] of node.entries) {
    let changed = everywhere(value, change);
    if (CONTAINERS.has(key) && changed.kind === 'list') changed = withImages(changed, change);
    if (changed !== value) map = withEntry(map, key, changed);
  }
  return map;
}

function withImages(list: Node & { readonly kind: 'list' }, change: ImageChange): Node {
  const items = list.items.map((item) => {
    const image = item.kind === 'map' ? item.entries.get('image')?.value : undefined;
    if (item.kind !== 'map' || !image) return item;
    const changed = renamed(image, change);
    return changed === image ? item : withEntry(item, 'image', changed);
  });
  return items.every((item, index) => item === list.items[index]) ? list : { ...list, items };
}

function renamed(node: Node, change: ImageChange): Node {
  if (node.kind !== 'scalar') throw fault('kustomize-field', `a ${node.kind} where an image was expected`, node.span);
  if (typeof node.value !== 'string' || !change.matches(node.value)) return node;
  const old = split(node.value);
  const name = change.newName || old.name;
  let { tag, digest } = old;
  if (change.newTag || change.digest) {
    tag = change.newTag;
    digest = change.digest;
  } else if (change.tagSuffix) {
    tag += change.tagSuffix;
    digest = '';
  }
  const image = `${name}${tag && `:${tag}`}${digest && `@${digest}`}`;
  return image === node.value ? node : textNode(image, change.span);
}

/** A registry's port is no tag: only what follows the first slash is looked at. */
function split(image: string): { readonly name: string; readonly tag: string; readonly digest: string } {
  const slash = Math.max(0, image.indexOf('/'));
  const at = image.indexOf('@', slash);
  const colon = image.indexOf(':', slash);
  if (at === -1 && colon === -1) return { name: image, tag: '', digest: '' };
  if (at !== -1 && (colon === -1 || at < colon))
    return { name: image.slice(0, at), tag: '', digest: image.slice(at + 1) };
  if (at !== -1) return { name: image.slice(0, colon), tag: image.slice(colon + 1, at), digest: image.slice(at + 1) };
  return { name: image.slice(0, colon), tag: image.slice(colon + 1), digest: '' };
}

import { type MapNode, MappedText, type Node, type Span } from '../../text';
import { stringAt } from '../access';
import type { FileTree } from '../file-tree';
import { joinPath } from '../file-tree';
import type { Problem } from '../problem';
import { readYaml } from '../yaml';
import { refused } from './duplicates';
import { isNull } from './nodes';

/** The names that a kustomization file may have, one per directory. */
export const KUSTOMIZATION_FILES: readonly string[] = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/** The kustomization file of a directory; undefined when there is none, or more than one. */
export function kustomizationFile(tree: FileTree, directory: string): string | undefined {
  const found = kustomizationFiles(tree, directory);
  return found.length === 1 ? found[0] : undefined;
}

export function kustomizationFiles(tree: FileTree, directory: string): readonly string[] {
  return KUSTOMIZATION_FILES.map((name) => joinPath(directory, name)).filter((path) => tree.kind(path) === 'file');
}

type Shape = 'text' | 'number' | 'boolean' | 'texts' | readonly [Shape] | { readonly [field: string]: Shape };

const OPTIONS: Shape = {
  labels: 'texts',
  annotations: 'texts',
  disableNameSuffixHash: 'boolean',
  immutable: 'boolean',
};
const IDENTITY = { group: 'text', version: 'text', kind: 'text', name: 'text', namespace: 'text' } as const;
const SELECTOR: Shape = { ...IDENTITY, annotationSelector: 'text', labelSelector: 'text' };
const PATCH: Shape = {
  path: 'text',
  patch: 'text',
  target: SELECTOR,
  options: { allowNameChange: 'boolean', allowKindChange: 'boolean' },
};
const IMAGE: Shape = { name: 'text', newName: 'text', tagSuffix: 'text', newTag: 'text', digest: 'text' };
const FIELD: Shape = { path: 'text', group: 'text', version: 'text', kind: 'text', create: 'boolean' };
const GENERATOR = {
  name: 'text',
  namespace: 'text',
  behavior: 'text',
  literals: ['text'],
  files: ['text'],
  envs: ['text'],
  env: 'text',
  options: OPTIONS,
} as const satisfies Shape;
const FIELD_OPTIONS: Shape = { delimiter: 'text', index: 'number', encoding: 'text', create: 'boolean' };
export const REPLACEMENT: Shape = {
  path: 'text',
  sourceValue: 'text',
  source: { ...IDENTITY, fieldPath: 'text', options: FIELD_OPTIONS },
  targets: [{ select: SELECTOR, reject: [SELECTOR], fieldPaths: ['text'], options: FIELD_OPTIONS }],
};
/** Fields that are named as unsupported are not looked into. */
const ANY: Shape = {};

const KUSTOMIZATION: Readonly<Record<string, Shape>> = {
  apiVersion: 'text',
  kind: 'text',
  metadata: ANY,
  openapi: 'texts',
  namePrefix: 'text',
  nameSuffix: 'text',
  namespace: 'text',
  commonLabels: 'texts',
  labels: [{ pairs: 'texts', includeSelectors: 'boolean', includeTemplates: 'boolean', fields: [FIELD] }],
  commonAnnotations: 'texts',
  patchesStrategicMerge: ['text'],
  patchesJson6902: [PATCH],
  patches: [PATCH],
  images: [IMAGE],
  imageTags: [IMAGE],
  replacements: [REPLACEMENT],
  replicas: [{ name: 'text', count: 'number' }],
  vars: ANY,
  sortOptions: ANY,
  resources: ['text'],
  components: ['text'],
  crds: ['text'],
  bases: ['text'],
  configMapGenerator: [GENERATOR],
  secretGenerator: [{ ...GENERATOR, type: 'text' }],
  helmGlobals: ANY,
  helmCharts: ANY,
  helmChartInflationGenerator: ANY,
  generatorOptions: OPTIONS,
  configurations: ['text'],
  generators: ['text'],
  transformers: ['text'],
  validators: ['text'],
  buildMetadata: ['text'],
};

/** A kustomization file as a tree that has the shape kustomize asks for; what has another shape was left out of it. */
export interface Kustomization {
  readonly node: MapNode;
  readonly component: boolean;
  readonly problems: readonly Problem[];
}

/** Reads a kustomization file; undefined when there is nothing in it to go on with. */
export function readKustomization(
  tree: FileTree,
  file: string,
): Kustomization | { readonly problems: readonly Problem[] } {
  const source = tree.read(file);
  if (!source) return { problems: [{ code: 'kustomization-invalid', message: `${file} is not a text` }] };
  const reading = readYaml(MappedText.whole(source));
  const { documents } = reading;
  const problems = [...reading.problems, ...refused(reading)];
  const span = { source, start: 0, end: 0 };
  const document = documents[0];
  if (problems.length > 0) return { problems };
  const invalid = (message: string, at: Span): Problem => ({ code: 'kustomization-invalid', message, span: at });
  if (!document) return { problems: [invalid(`${file} is empty`, span)] };
  if (document.kind !== 'map')
    return { problems: [invalid(`${file} holds a ${document.kind}, not a map`, document.span)] };
  const found: Problem[] = [];
  if (documents.length > 1) found.push(invalid('a kustomization file holds one document', documents[1].span));
  const node = conform(document, KUSTOMIZATION, '', found);
  const kind = stringAt(node, 'kind') ?? 'Kustomization';
  const component = kind === 'Component';
  const version = `kustomize.config.k8s.io/${component ? 'v1alpha1' : 'v1beta1'}`;
  if (!component && kind !== 'Kustomization') {
    found.push(invalid(`kind is Kustomization or Component, got "${kind}"`, spanOf(node, 'kind')));
  } else if ((stringAt(node, 'apiVersion') || version) !== version) {
    const got = stringAt(node, 'apiVersion');
    found.push(invalid(`the apiVersion of a ${kind} is ${version}, got "${got}"`, spanOf(node, 'apiVersion')));
  }
  const says = [...document.entries].some(
    ([key, { value }]) => key !== 'kind' && key !== 'apiVersion' && !isNull(value),
  );
  if (!says) found.push(invalid(`${file} is empty`, document.span));
  return { node: node.kind === 'map' ? node : document, component, problems: found };
}

function spanOf(node: Node, key: string): Span {
  return (node.kind === 'map' ? node.entries.get(key)?.value.span : undefined) ?? node.span;
}

/** A copy without what does not fit; each such thing is a problem, since kustomize refuses the whole file for it. */
function conform(node: Node, shape: Shape, path: string, problems: Problem[]): Node {
  const wrong = (expected: string): Node => {
    const got = node.kind === 'scalar' ? typeof node.value : node.kind;
    problems.push({ code: 'kustomization-invalid', message: `${path} is ${expected}, got a ${got}`, span: node.span });
    return { ...node, kind: 'map', entries: new Map() };
  };
  if (isNull(node) || shape === ANY) return node;
  if (typeof shape === 'string' && shape !== 'texts') {
    const expected = shape === 'text' ? 'string' : shape;
    return node.kind === 'scalar' && typeof node.value === expected ? node : wrong(`a ${expected}`);
  }
  if (Array.isArray(shape)) {
    if (node.kind !== 'list') return wrong('a list');
    const [item] = shape as readonly [Shape];
    // An item with a fault would only give rise to more of them.
    const items = node.items.flatMap((each, index) => {
      const before = problems.length;
      const fitted = conform(each, item, `${path}[${index}]`, problems);
      return problems.length === before ? [fitted] : [];
    });
    return { ...node, items };
  }
  if (node.kind !== 'map') return wrong('a map');
  const entries = new Map<string, { key: Span; value: Node }>();
  for (const [name, { key, value }] of node.entries) {
    const inner = path === '' ? name : `${path}.${name}`;
    const field = shape === 'texts' ? 'text' : fieldOf(shape as Readonly<Record<string, Shape>>, name);
    if (!field) {
      problems.push({ code: 'kustomization-invalid', message: `a kustomization has no field "${inner}"`, span: key });
      continue;
    }
    const before = problems.length;
    const fitted = conform(value, field, inner, problems);
    if (problems.length === before || fitted.kind === value.kind) entries.set(name, { key, value: fitted });
  }
  return { ...node, entries };
}

function fieldOf(shape: Readonly<Record<string, Shape>>, name: string): Shape | undefined {
  return Object.hasOwn(shape, name) ? shape[name] : undefined;
}

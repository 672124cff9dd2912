import type { MapNode, Span } from '../../text';
import type { FileTree } from '../file-tree';
import type { Problem } from '../problem';
import type { ResourceSet } from './resource-set';

/** Something in a kustomization that this build does not follow; what it would do to the objects is unknown. */
export interface KustomizeUnsupported {
  readonly kind:
    | 'remote-resource'
    | 'helm-charts'
    | 'generators'
    | 'transformers'
    | 'validators'
    | 'vars'
    | 'crds'
    | 'openapi'
    | 'build-metadata'
    | 'structured-replacement'
    | 'binary-file';
  /** As it is written: a URL, a chart's name, a path. */
  readonly what: string;
  readonly span: Span;
}

/** What one build shares. */
export interface BuildContext {
  readonly tree: FileTree;
  readonly problems: Problem[];
  readonly unsupported: KustomizeUnsupported[];
  /** Files that were read, in order. */
  readonly visited: Set<string>;
}

/** Codes of problems that do not keep any object from the build. */
const HARMLESS: ReadonlySet<string> = new Set([
  'kustomize-patch',
  'kustomize-patch-target',
  'kustomize-patch-kind',
  'kustomize-patch-directive',
  'kustomize-json-patch',
  'kustomize-selector',
  'kustomize-field',
  'kustomize-replicas',
  'kustomize-replacement',
]);

const BRINGS_OBJECTS: ReadonlySet<KustomizeUnsupported['kind']> = new Set([
  'remote-resource',
  'helm-charts',
  'generators',
  'transformers',
]);

/**
 * Whether objects may be missing from the build because something could not be read: then a patch that finds nothing to
 * patch is no fault of its own, and is not reported.
 */
export function mayLackObjects({ problems, unsupported }: BuildContext): boolean {
  return problems.some(({ code }) => !HARMLESS.has(code)) || unsupported.some(({ kind }) => BRINGS_OBJECTS.has(kind));
}

/** One kustomization at work on the objects that it has so far. */
export interface Layer {
  readonly context: BuildContext;
  readonly directory: string;
  readonly file: string;
  readonly kustomization: MapNode;
  readonly set: ResourceSet;
}

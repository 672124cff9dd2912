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
    | 'configurations'
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

/** One kustomization at work on the objects that it has so far. */
export interface Layer {
  readonly context: BuildContext;
  readonly directory: string;
  readonly file: string;
  readonly kustomization: MapNode;
  readonly set: ResourceSet;
}

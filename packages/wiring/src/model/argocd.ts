import type { Span } from '../text';
import type { KubeObject, Located } from './kubernetes';

/** An Application of Argo CD, or one that an ApplicationSet makes. What a template leaves open is absent. */
export interface Application {
  readonly object: KubeObject;
  /** How reports name it: `Application argocd/shop`. */
  readonly label: string;
  /** Applications of one scope are read by one Argo CD: they stand in one world, or in none. */
  readonly scope: string;
  readonly project?: Located<string>;
  readonly destination: Destination;
  readonly sources: readonly ApplicationSource[];
  readonly syncOptions: readonly Located<string>[];
  /** Where `syncPolicy.automated` switches it on. */
  readonly prunes?: Span;
  readonly selfHeals?: Span;
  readonly ignored: readonly IgnoredDifference[];
}

export interface Destination {
  readonly server?: Located<string>;
  readonly name?: Located<string>;
  readonly namespace?: Located<string>;
  readonly span: Span;
}

export interface ApplicationSource {
  readonly repository?: Located<string>;
  readonly path?: Located<string>;
  readonly chart?: Located<string>;
  readonly revision?: Located<string>;
  /** The way in which it says that it is built: `helm`, `kustomize`, `directory`, `plugin`. */
  readonly builds: readonly string[];
  /** It changes the names or namespaces of what is built, or adds to it. */
  readonly changesObjects: boolean;
  readonly recurses: boolean;
  /** Another source takes its values from it. */
  readonly isReference: boolean;
  /** A template leaves a part of it open. */
  readonly isOpen: boolean;
  readonly span: Span;
}

export interface IgnoredDifference {
  readonly group: string;
  readonly kind: string;
  readonly name?: string;
  readonly namespace?: string;
  readonly pointers: readonly Located<string>[];
  /** By other means: jq expressions, managers of fields. What those cover is not looked into. */
  readonly isOpen: boolean;
  readonly span: Span;
}

export interface AppProject {
  readonly object: KubeObject;
  readonly scope: string;
  readonly repositories: readonly Located<string>[];
  readonly destinations: readonly Destination[];
  /** Absent: no object without a namespace is allowed. */
  readonly clusterKinds?: readonly GroupKind[];
  readonly clusterKindsSpan?: Span;
}

export interface GroupKind {
  readonly group: string;
  readonly kind: string;
}

/** What one source of an Application brings to a cluster. */
export interface Delivery {
  readonly application: Application;
  readonly source: ApplicationSource;
  /** Where its path leads in the input. */
  readonly directory?: string;
  /** Its path is not there, though the repository is the one that the input is of. */
  readonly absent?: AbsentPath;
  /** Its objects, as far as they are in the input; `undefined` where a chart or a plugin makes them. */
  readonly objects: () => readonly KubeObject[] | undefined;
}

export interface AbsentPath {
  /** The last directory of it that is there. */
  readonly parent: string;
  readonly missing: string;
  /** Its neighbour of a like name. */
  readonly alike?: string;
  /** The path of another Application of the repository, which is there. */
  readonly other?: Located<string>;
}

/** What Argo CD is told, over all worlds. */
export interface GitOps {
  readonly deliveries: readonly Delivery[];
  readonly applications: readonly Application[];
  readonly projects: readonly AppProject[];
  /** ApplicationSets that only a cluster, or another repository, could expand. */
  readonly open: readonly { readonly label: string; readonly what: string; readonly span: Span }[];
}

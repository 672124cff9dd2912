import type { MapNode, Node, ScalarNode, Span } from '../text';
import type { Value } from './value';

export interface Located<T> {
  readonly value: T;
  readonly span: Span;
}

/** One object of a cluster, after the build of its world. */
export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: Located<string>;
  /** Absent: whatever `kubectl -n` or Argo CD's destination says. */
  readonly namespace?: Located<string>;
  readonly node: MapNode;
  /** The namespace that it was written in, before a kustomization set one; the place is where that does so. */
  readonly writtenIn?: Located<string>;
  /** Somebody makes a collector of this object. */
  readonly inline?: InlineCollector;
  /** Made of these values of a chart, in a file of this name. */
  readonly values?: { readonly chart: string; readonly node: Node; readonly file?: string };
  /** The role that whoever makes this service account gives it, where its ARN is no text yet. */
  readonly role?: Value;
}

/** A collector whose configuration stands in an object that a controller or a chart makes pods of. */
export interface InlineCollector {
  readonly kind: 'alloy' | 'prometheus' | 'prometheus-operator' | 'opentelemetry';
  /** The configuration itself, in the form of its kind. */
  readonly node: Node;
  /** What runs the pods. */
  readonly controller: 'Deployment' | 'DaemonSet' | 'StatefulSet';
  /** Who makes them, for reports: `the OpenTelemetry operator`. */
  readonly maker: string;
  /** Settings of a target allocator that is made beside it and discovers for it. */
  readonly allocator?: Node;
  /** Names of the files that a chart mounts where the configuration is. */
  readonly files?: readonly string[];
  /** Rules that a chart mounts there, by the name of their file. */
  readonly rules?: ReadonlyMap<string, Node>;
  /** The maker binds a role to the account that lets it discover. */
  readonly makesAccess: boolean;
}

export interface Workload {
  readonly object: KubeObject;
  readonly pod: PodTemplate;
}

export type LocatedMap = ReadonlyMap<string, Located<string>>;

export interface PodTemplate {
  readonly span: Span;
  readonly labels: LocatedMap;
  readonly annotations: LocatedMap;
  readonly hostNetwork: boolean;
  /** They may go to nodes with a taint, of one kind or another. */
  readonly tolerates: boolean;
  /** Absent: the namespace's account `default`. */
  readonly serviceAccountName?: Located<string>;
  readonly containers: readonly Container[];
  readonly volumes: readonly Volume[];
  readonly security: SecurityContext;
  /** Whether the token of the service account is mounted. Absent: the account says it. */
  readonly mountsToken?: Located<boolean>;
  /** `kubernetes.io/os` of the nodes that the pods go to, when they say it. */
  readonly os?: string;
  readonly osSpan?: Span;
}

/** As whom processes run. What a container says wins over what its pod says. */
export interface SecurityContext {
  readonly runAsUser?: Located<number>;
  readonly runAsGroup?: Located<number>;
  readonly runAsNonRoot?: Located<boolean>;
  /** `supplementalGroups` and `fsGroup`; only pods have them. */
  readonly groups: readonly number[];
  readonly privileged: boolean;
  readonly readOnlyRootFilesystem?: Located<boolean>;
}

export interface Container {
  readonly name: string;
  readonly image?: Located<string>;
  /** `command` and `args`, one after the other. */
  readonly arguments: readonly Located<string>[];
  readonly env: readonly EnvVar[];
  readonly envFrom: readonly EnvFrom[];
  readonly mounts: readonly Mount[];
  readonly ports: readonly ContainerPort[];
  readonly probes: readonly HttpProbe[];
  /** Runs to its end before the others start; a side-car that is declared among them (restartPolicy Always) is none. */
  readonly role: 'main' | 'init' | 'sidecar';
  readonly security: SecurityContext;
  readonly span: Span;
}

export interface ContainerPort {
  readonly number: number;
  readonly name?: string;
  /** `TCP` when nothing is said. */
  readonly protocol: string;
  readonly span: Span;
}

/** A probe by HTTP shows what a port speaks. */
export interface HttpProbe {
  /** A number or the name of a port, as it is written. */
  readonly port: string;
  /** `HTTP` when nothing is said. */
  readonly scheme: string;
  readonly path?: Located<string>;
  readonly span: Span;
}

export interface EnvVar {
  readonly name: Located<string>;
  readonly source: EnvSource;
}

export type EnvSource =
  | { readonly kind: 'value'; readonly value: string; readonly span: Span }
  | (KeyReference & { readonly kind: 'configMap' | 'secret' })
  | { readonly kind: 'unreadable'; readonly span: Span }
  | { readonly kind: 'field'; readonly path: string; readonly span: Span };

export interface KeyReference {
  readonly name: Located<string>;
  readonly key: Located<string>;
  readonly optional: boolean;
}

export interface EnvFrom {
  readonly kind: 'configMap' | 'secret';
  readonly name: Located<string>;
  readonly prefix: string;
  readonly optional: boolean;
}

export interface Mount {
  readonly volume: string;
  readonly path: string;
  readonly subPath?: string;
  readonly readOnly: boolean;
  readonly span: Span;
}

/** A Service that stands before pods. */
export interface Service {
  readonly object: KubeObject;
  readonly labels: LocatedMap;
  readonly annotations: LocatedMap;
  /** Empty: it selects nothing, and somebody else says where it leads. */
  readonly selector: LocatedMap;
  /** `ClusterIP` when nothing is said. */
  readonly type: string;
  readonly ports: readonly ServicePort[];
}

export interface ServicePort {
  readonly name?: string;
  readonly port: number;
  /** A number or the name of a container's port, as it is written; the same as `port` when nothing is said. */
  readonly target: string;
  readonly protocol: string;
  readonly span: Span;
}

export interface Volume {
  readonly name: string;
  /** The field that says what it is: `hostPath`, `emptyDir`, `configMap`; an empty directory when nothing is said. */
  readonly type: string;
  readonly hostPath?: Located<string>;
  /** The kubelet makes the directory of the node when it is not there (`type: DirectoryOrCreate`). */
  readonly isMade: boolean;
  readonly configMaps: readonly ConfigMapSource[];
  readonly span: Span;
}

export interface ConfigMapSource {
  readonly name: Located<string>;
  /** Key to file; absent: every key is a file of its own name. */
  readonly items?: ReadonlyMap<string, string>;
  /** The pod starts without it, too. */
  readonly isOptional?: boolean;
}

export interface ServiceAccount {
  readonly object: KubeObject;
  readonly roleArn?: Located<string>;
  /** The annotation where it has no effect: beside `annotations`, not under it. */
  readonly strayRoleArn?: Located<string>;
  /** Audience of the web identity token, when the annotation changes it. */
  readonly audience?: Located<string>;
  /** `automountServiceAccountToken`, when the account says it. */
  readonly mountsToken?: Located<boolean>;
}

export interface ConfigMap {
  readonly object: KubeObject;
  readonly data: ReadonlyMap<string, ScalarNode>;
  /** Keys whose value is no text: a placeholder without quotes is a map for YAML. */
  readonly unreadable: ReadonlySet<string>;
}

/** ACK's FieldExport: writes a field of a resource into a ConfigMap or Secret that exists. */
export interface FieldExport {
  readonly object: KubeObject;
  readonly from: {
    readonly kind: string;
    readonly group: string;
    readonly groupSpan: Span;
    readonly name: Located<string>;
  };
  readonly path: Located<string>;
  readonly to: {
    readonly kind: string;
    readonly name: Located<string>;
    readonly namespace?: Located<string>;
    readonly key: Located<string>;
  };
}

/** How reports name an object: `Deployment monitoring/grafana-alloy`. */
export function labelOf(object: KubeObject): string {
  return labelBy(object.kind, object.namespace, object.name);
}

/** The same for an object that is only named, and may not be there. */
export function labelBy(kind: string, namespace: Located<string> | undefined, name: Located<string>): string {
  return `${kind} ${namespace ? `${namespace.value}/` : ''}${name.value}`;
}

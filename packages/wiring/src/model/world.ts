import type { Span } from '../text';
import type { NetworkPolicy, RbacBinding, RbacRole } from './access-rules';
import type { AwsFacts } from './aws';
import type { GrafanaFacts } from './grafana';
import type {
  ConfigMap,
  FieldExport,
  KubeObject,
  Located,
  LocatedMap,
  Service,
  ServiceAccount,
  Workload,
} from './kubernetes';
import type { MetricPage } from './metric-page';
import type { RuleFacts } from './rules';
import type { Missing, Value } from './value';

/** Where a world lives. Account and region are symbols when nobody says them. */
export interface Surroundings {
  readonly account: Value;
  readonly region: Value;
  readonly partition: Value;
  readonly cluster?: string;
  /** Where the cluster's name is said. */
  readonly clusterSpan?: Span;
  /** The cluster's OIDC issuer, without `https://`. Absent: nobody says it. */
  readonly issuer?: Located<string>;
}

/** A part of the input that this version does not follow. */
export interface Gap extends Missing {
  readonly span?: Span;
}

/** A key of a ConfigMap that holds a value of the account once that exists. */
export interface BoundKey {
  readonly namespace?: string;
  readonly configMap: string;
  readonly key: string;
  readonly value: Value;
  /** Where it is said. */
  readonly span: Span;
}

/** One cluster's objects after their build, with what the account gives them. Objects are joined only inside one. */
export interface World {
  readonly name: string;
  /** Directories and files of the input that its objects are built of; empty where nobody said which. */
  readonly places: readonly string[];
  readonly surroundings: Surroundings;
  readonly cluster: ClusterIndex;
  /** Every object of the cluster, cut down to what anybody reads of its kind. */
  readonly objects: readonly KubeObject[];
  readonly aws: AwsFacts;
  readonly grafana: GrafanaFacts;
  readonly bound: readonly BoundKey[];
  readonly rules: RuleFacts;
  /** Saved pages of what targets of the world serve. */
  readonly metrics: readonly MetricPage[];
  /** All manifests of the cluster that matter are in the input, so what is not there does not exist. */
  readonly closedManifests: boolean;
  /** The same for roles, policies and log groups. */
  readonly closedTemplates: boolean;
  /** Parts of the input that could not be read as they were meant, and so leave a hole. */
  readonly gaps: readonly Gap[];
}

/** A world that is there, and that is not looked at. */
export interface LeftOut {
  readonly name: string;
  /** Files and directories of its templates. */
  readonly templates: readonly string[];
}

/** Who may read what, and who may speak with whom. */
export interface AccessFacts {
  readonly roles: readonly RbacRole[];
  readonly bindings: readonly RbacBinding[];
  readonly networkPolicies: readonly NetworkPolicy[];
  /** Kinds of policies of other makers that are in the input, as `CiliumNetworkPolicy shop/web`. */
  readonly otherPolicies: readonly string[];
  /** Labels of the namespaces whose objects are in the input. */
  readonly namespaces: ReadonlyMap<string, LocatedMap>;
  /** Namespaces that any object of the input is in, or is. */
  readonly namespaceNames: ReadonlySet<string>;
}

/** The decoded objects of a cluster, to be found by namespace and name. */
export class ClusterIndex {
  readonly workloads: readonly Workload[];
  readonly services: readonly Service[];
  readonly fieldExports: readonly FieldExport[];
  readonly access: AccessFacts;
  /** Objects by which operators run collectors of logs. */
  readonly loggers: readonly KubeObject[];
  private readonly serviceAccounts: ReadonlyMap<string, ServiceAccount>;
  private readonly configMaps: ReadonlyMap<string, ConfigMap>;

  constructor(facts: {
    readonly workloads: readonly Workload[];
    readonly services: readonly Service[];
    readonly fieldExports: readonly FieldExport[];
    readonly serviceAccounts: readonly ServiceAccount[];
    readonly configMaps: readonly ConfigMap[];
    readonly access: AccessFacts;
    readonly loggers?: readonly KubeObject[];
  }) {
    this.loggers = facts.loggers ?? [];
    this.access = facts.access;
    this.workloads = facts.workloads;
    this.services = facts.services;
    this.fieldExports = facts.fieldExports;
    this.serviceAccounts = byKey(facts.serviceAccounts);
    this.configMaps = byKey(facts.configMaps);
  }

  serviceAccount(namespace: Located<string> | undefined, name: string): ServiceAccount | undefined {
    return this.serviceAccounts.get(keyOf(namespace, name));
  }

  configMap(namespace: Located<string> | undefined, name: string): ConfigMap | undefined {
    return this.configMaps.get(keyOf(namespace, name));
  }

  allServiceAccounts(): Iterable<ServiceAccount> {
    return this.serviceAccounts.values();
  }

  allConfigMaps(): Iterable<ConfigMap> {
    return this.configMaps.values();
  }
}

function byKey<T extends { readonly object: KubeObject }>(facts: readonly T[]): ReadonlyMap<string, T> {
  return new Map(facts.map((fact) => [keyOf(fact.object.namespace, fact.object.name.value), fact]));
}

function keyOf(namespace: Located<string> | undefined, name: string): string {
  return `${namespace?.value ?? ''}/${name}`;
}

/** Do two places name the same namespace? Objects that name none go wherever the rest of their world goes. */
export function sameNamespace(a: Located<string> | undefined, b: Located<string> | undefined): boolean {
  return a?.value === b?.value;
}

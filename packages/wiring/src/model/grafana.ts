import type { ScalarNode, Span } from '../text';
import type { KubeObject, Located, LocatedMap } from './kubernetes';
import type { Value } from './value';

/** What stands in Grafana: who runs it, where it reads from, and what it shows. */
export interface GrafanaFacts {
  readonly operated: readonly OperatedGrafana[];
  /** Folders of the operator. */
  readonly folders: readonly GrafanaFolder[];
  readonly dataSources: readonly DataSource[];
  readonly dashboards: readonly Dashboard[];
}

/** A `Grafana` object of the Grafana operator: one that the operator runs, or one that it is told of. */
export interface OperatedGrafana {
  readonly object: KubeObject;
  readonly labels: LocatedMap;
  /** Address of a Grafana that runs elsewhere. Absent: the operator runs it. */
  readonly url?: Value;
}

export interface GrafanaFolder {
  readonly object: KubeObject;
  readonly owner: GrafanaOwner;
}

/** A workspace of Amazon Managed Grafana. */
export interface GrafanaWorkspace {
  readonly label: string;
  readonly id: Value;
  /** Host name without a scheme. */
  readonly endpoint: Value;
  readonly region: Value;
  readonly roleArn?: Value;
  /** `CUSTOMER_MANAGED`: it has the role that it is given, and no other. */
  readonly permissionType?: Value;
  /** Absent: the newest when it was made. */
  readonly version?: Value;
  readonly span: Span;
}

/** Which Grafana somebody puts a dashboard or a data source into. */
export type GrafanaOwner =
  /** Whatever Grafana reads the file or the ConfigMap. */
  | { readonly kind: 'any' }
  | { readonly kind: 'workspace'; readonly id: Value; readonly span: Span }
  /** Those whose labels the operator finds. */
  | {
      readonly kind: 'operator';
      readonly object: KubeObject;
      /** `matchLabels`; absent: by expressions, which are not followed. */
      readonly labels?: LocatedMap;
      readonly crossesNamespaces: boolean;
      readonly span: Span;
    };

export interface DataSource {
  /** How reports call it: `data source "Metrics"`. */
  readonly label: string;
  readonly owner: GrafanaOwner;
  /** Absent: Grafana or the operator chooses one that no file shows. */
  readonly uid?: Value;
  readonly name?: Value;
  /** Id of the plugin. */
  readonly type?: Value;
  /** Whoever makes it takes the plugin that fits the version of Grafana. */
  readonly fitsVersion: boolean;
  readonly url?: Value;
  readonly isDefault: boolean;
  /** Where `jsonData` stands. */
  readonly settingsSpan?: Span;
  /** Scalars of `jsonData`. */
  readonly settings: ReadonlyMap<string, DataSourceSetting>;
  /** Names of settings that are secret. */
  readonly secrets: ReadonlySet<string>;
  /** What the operator writes into the fields before it sends them. */
  readonly valuesFrom: readonly ValueFrom[];
  /** `jsonnet`-like forms and others that are not followed. */
  readonly gap?: string;
  readonly span: Span;
}

export interface DataSourceSetting {
  readonly value: Value;
  readonly key: Span;
}

/** `${<key>}` in a field of a data source becomes the value of a key of a ConfigMap or Secret. */
export interface ValueFrom {
  readonly target: string;
  readonly kind: 'configMap' | 'secret';
  readonly name: Located<string>;
  readonly key: Located<string>;
  readonly namespace?: Located<string>;
}

export interface Dashboard {
  /** How reports call it: `dashboard "Game"`. */
  readonly label: string;
  readonly owner: GrafanaOwner;
  /** Whoever brings it in asks nobody: inputs of an export stay as they are. */
  readonly isProvisioned: boolean;
  readonly uid?: Located<string>;
  readonly title?: string;
  /** Names of the inputs of an export (`__inputs`), and the data source that one is given. */
  readonly inputs: ReadonlyMap<string, DashboardInput>;
  readonly variables: readonly DashboardVariable[];
  readonly panels: readonly Panel[];
  /** Seconds between two refreshes of the page, where it refreshes by itself. */
  readonly refresh?: Located<string>;
  /** Name of the folder of the operator that it is put into. */
  readonly folder?: Located<string>;
  /** Why its panels are not known. */
  readonly gap?: DashboardGap;
  /** The ConfigMap that holds it. */
  readonly configMap?: KubeObject;
  readonly span: Span;
}

export interface DashboardGap {
  readonly what: string;
  readonly span: Span;
  /** It is no JSON, or what it is taken from is not there; else it is only not followed. */
  readonly fault?: 'syntax' | 'config-map' | 'key';
}

export interface DashboardInput {
  /** Plugin that the data source is to have. */
  readonly plugin?: string;
  readonly span: Span;
  /** Name of the data source that takes its place. */
  readonly given?: Located<string>;
}

export interface DashboardVariable {
  readonly name: string;
  /** `query`, `datasource`, `custom`, `constant`, `textbox`, `interval`, `adhoc`. */
  readonly type: string;
  readonly dataSource?: DataSourceRef;
  /** What it asks for; of type `datasource`, the plugin. */
  readonly query?: ScalarNode;
  readonly regex?: Located<string>;
  /** The one value that it has, where it can have no other. */
  readonly constant?: string;
  readonly span: Span;
}

export interface Panel {
  readonly id: string;
  readonly label: string;
  readonly type: string;
  readonly dataSource?: DataSourceRef;
  readonly queries: readonly PanelQuery[];
  /** It stands in Grafana's library, and not in the dashboard. */
  readonly isFromLibrary: boolean;
  readonly span: Span;
}

/** How a panel, a query or a variable names its data source. */
export interface DataSourceRef {
  readonly type?: Located<string>;
  /** UID or name, possibly with a variable in it. */
  readonly uid?: Located<string>;
  readonly span: Span;
}

export interface PanelQuery {
  readonly refId: string;
  readonly dataSource?: DataSourceRef;
  /** PromQL, LogQL and the like. */
  readonly expression?: ScalarNode;
  readonly logs?: LogsQuery;
  /** What a series is called, with labels as `{{pod}}`. */
  readonly legend?: ScalarNode;
  /** It has what CloudWatch is asked by. */
  readonly isForCloudWatch: boolean;
  readonly span: Span;
}

/** A query of CloudWatch Logs Insights. */
export interface LogsQuery {
  readonly language: string;
  readonly text?: ScalarNode;
  readonly groups: readonly { readonly name?: Located<string>; readonly arn?: Located<string>; readonly span: Span }[];
  readonly region?: Located<string>;
}

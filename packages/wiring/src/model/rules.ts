import type { MapNode, MappedText, ScalarNode, Span } from '../text';
import type { KubeObject, Located } from './kubernetes';
import type { PolicyDocument } from './policy';
import type { Missing, Value } from './value';

/** A recording or an alerting rule as Prometheus has it. */
export interface QueryRule {
  readonly kind: 'alert' | 'record';
  readonly name: Located<string>;
  /** Absent: the rule has none. */
  readonly expr?: ScalarNode;
  readonly labels: ReadonlyMap<string, ScalarNode>;
  readonly annotations: ReadonlyMap<string, ScalarNode>;
  /** `for`, as it is written. */
  readonly waits?: Located<string>;
  readonly span: Span;
}

export interface RuleGroup {
  readonly name: Located<string>;
  /** As it is written. */
  readonly interval?: Located<string>;
  readonly rules: readonly QueryRule[];
}

/** Something that keeps a text from being what it should be. */
export interface Defect {
  readonly message: string;
  readonly span: Span;
  readonly help?: string;
}

/** Rules that one object, resource or file holds. */
export interface RuleSet {
  /** How reports call it: `RuleGroupsNamespace ack-system/shop`. */
  readonly label: string;
  readonly owner: RuleOwner;
  readonly groups: readonly RuleGroup[];
  /** Why whoever takes the rules refuses them. */
  readonly defects: readonly Defect[];
  readonly missing: readonly Missing[];
  readonly span: Span;
}

/** Who evaluates the rules: a workspace of AMP, or somebody in a cluster. */
export type RuleOwner =
  | { readonly kind: 'workspace'; readonly workspace: WorkspaceReference; readonly object: Located<string> }
  | { readonly kind: 'cluster'; readonly object: Located<string>; readonly source: KubeObject }
  | {
      readonly kind: 'server';
      readonly object: Located<string>;
      readonly server: KubeObject;
      readonly config: MapNode;
    };

/** How something names the AMP workspace that it belongs to. */
export interface WorkspaceReference {
  /** An id or an ARN. */
  readonly value: Value;
  /** The object of the cluster that is named in the place of an id. */
  readonly object?: string;
  /** Only the ARN will do. */
  readonly isArn?: true;
  readonly span: Span;
}

/** The alert manager of a workspace. */
export interface AlertManager {
  readonly label: string;
  readonly workspace: WorkspaceReference;
  /** Absent: the definition cannot be read. */
  readonly config?: AlertManagerConfig;
  readonly defects: readonly Defect[];
  readonly missing: readonly Missing[];
  readonly span: Span;
}

export interface AlertManagerConfig {
  readonly route: AlertRoute;
  readonly receivers: readonly Receiver[];
  readonly text: MappedText;
}

export interface AlertRoute {
  readonly receiver?: Located<string>;
  readonly matchers: readonly AlertMatcher[];
  readonly continues: boolean;
  readonly routes: readonly AlertRoute[];
  readonly span: Span;
}

export interface AlertMatcher {
  readonly label: string;
  readonly op: '=' | '!=' | '=~' | '!~';
  readonly value: string;
  readonly span: Span;
}

export interface Receiver {
  readonly name: Located<string>;
  readonly topics: readonly TopicTarget[];
  /** Receivers of other kinds by their key: `slack_configs`. */
  readonly others: readonly Located<string>[];
  readonly span: Span;
}

/** An SNS topic that a receiver publishes to. */
export interface TopicTarget {
  readonly arn?: Value;
  readonly region?: Value;
  readonly roleArn?: Value;
  readonly isSigned: boolean;
  /** Settings that AMP refuses. */
  readonly refused: readonly Located<string>[];
  readonly span: Span;
}

/** An SNS topic of the input, with what its policies say. */
export interface Topic {
  readonly label: string;
  readonly name?: Value;
  readonly arn: Value;
  readonly isFifo: boolean;
  readonly policies: readonly PolicyDocument[];
  readonly span: Span;
}

/** What rules and alert managers the input has. */
export interface RuleFacts {
  readonly sets: readonly RuleSet[];
  readonly alertManagers: readonly AlertManager[];
  readonly topics: readonly Topic[];
}

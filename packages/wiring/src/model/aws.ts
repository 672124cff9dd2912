import type { Span } from '../text';
import type { GrafanaWorkspace } from './grafana';
import type { StoredQuery } from './log-query';
import type { PolicyDocument } from './policy';
import type { Value } from './value';

/** What a template or a controller's resource makes in the account. Values may be symbols. */
export interface AwsFacts {
  readonly roles: readonly Role[];
  readonly logGroups: readonly LogGroup[];
  readonly logQueries: readonly StoredQuery[];
  readonly workspaces: readonly PrometheusWorkspace[];
  readonly managedPolicies: readonly ManagedPolicy[];
  readonly podIdentities: readonly PodIdentity[];
  readonly grafanaWorkspaces: readonly GrafanaWorkspace[];
  /** Outputs of stacks by `<stack>.<output>`. */
  readonly outputs: ReadonlyMap<string, Value>;
}

export interface Role {
  /** How a report calls it, `role GrafanaAgentAMPRole`. */
  readonly label: string;
  readonly arn: Value;
  readonly name: Value;
  readonly trust?: PolicyDocument;
  readonly policies: readonly PolicyDocument[];
  /** ARNs of policies that stand elsewhere: AWS's own, or customer managed ones. */
  readonly managedPolicyArns: readonly Value[];
  /** ARN of the policy that is the ceiling of what the others may grant. */
  readonly boundary?: Value;
  readonly span: Span;
}

/** A customer managed policy. */
export interface ManagedPolicy {
  readonly arn: Value;
  readonly document: PolicyDocument;
}

export interface LogGroup {
  readonly label: string;
  readonly name: Value;
  readonly region: Value;
  /** Absent: what is written is kept for ever. */
  readonly retentionDays?: Value;
  /** `STANDARD`, `INFREQUENT_ACCESS`; absent: the first. */
  readonly storageClass?: Value;
  readonly span: Span;
}

/** An AMP workspace, whoever makes it. */
export interface PrometheusWorkspace {
  readonly label: string;
  readonly id: Value;
  readonly region: Value;
  /** Complete: a tag that is not here is not on the workspace. Absent: nobody says which it has. */
  readonly tags?: ReadonlyMap<string, Value>;
  /** Who makes it, as reports say it: `CloudFormation`, `ACK`. */
  readonly maker: string;
  /** It stays when what makes it is deleted. */
  readonly isRetained: boolean;
  readonly span: Span;
}

export interface PodIdentity {
  readonly namespace: Value;
  readonly serviceAccount: Value;
  readonly roleArn: Value;
  readonly cluster: Value;
  readonly span: Span;
}

import type { Span } from '../text';
import type { KubeObject, Located } from './kubernetes';

/** A role of Kubernetes' RBAC; a ClusterRole has no namespace. */
export interface RbacRole {
  readonly object: KubeObject;
  readonly rules: readonly RbacRule[];
  /** Its rules are also those of other roles, found by their labels. */
  readonly aggregated: boolean;
}

export interface RbacRule {
  readonly groups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  /** Not empty: the rule holds for objects of these names only. */
  readonly names: readonly string[];
  readonly span: Span;
}

/** A RoleBinding holds in its namespace, a ClusterRoleBinding in all. */
export interface RbacBinding {
  readonly object: KubeObject;
  readonly role: { readonly kind: string; readonly name: Located<string> };
  readonly subjects: readonly RbacSubject[];
}

export interface RbacSubject {
  readonly kind: string;
  readonly name: Located<string>;
  readonly namespace?: Located<string>;
}

export interface LabelSelector {
  readonly requirements: readonly Requirement[];
}

export interface Requirement {
  readonly key: string;
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
  readonly values: readonly string[];
}

export interface NetworkPolicy {
  readonly object: KubeObject;
  readonly pods: LabelSelector;
  /** Absent: the policy says nothing of traffic in that direction. Empty: it lets nothing pass. */
  readonly ingress?: readonly NetworkRule[];
  readonly egress?: readonly NetworkRule[];
}

export interface NetworkRule {
  /** Empty: everybody. */
  readonly peers: readonly NetworkPeer[];
  /** Empty: every port. */
  readonly ports: readonly NetworkPort[];
  readonly span: Span;
}

export interface NetworkPeer {
  readonly pods?: LabelSelector;
  readonly namespaces?: LabelSelector;
  readonly block?: { readonly cidr: string; readonly except: readonly string[] };
}

export interface NetworkPort {
  /** A number or the name of a container's port; absent: all of the protocol. */
  readonly port?: string;
  readonly endPort?: number;
  readonly protocol: string;
}

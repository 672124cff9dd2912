import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { INamespace } from 'kubernetes-models/v1';
import { checked, DNS_LABEL } from './check';
import { addOwnObject } from './object-overrides';
import type { ObjectOverridesProps } from './object-overrides-props';

/**
 * Levels of the Pod Security Standards.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export enum PodSecurityLevel {
  /** No restriction. Needed where a pod mounts the node's file system, as Fluent Bit does. */
  PRIVILEGED = 'privileged',
  /** Refuses known ways to escape from a container. */
  BASELINE = 'baseline',
  /** Current hardening practice. */
  RESTRICTED = 'restricted',
}

/**
 * Properties of an ObservabilityNamespace.
 */
export interface ObservabilityNamespaceProps extends ObjectOverridesProps {
  /**
   * Name of the namespace.
   */
  readonly name: string;

  /**
   * Level below which pods are refused.
   *
   * `FluentBit` mounts directories of the node (`hostPath`), which `baseline` already refuses: a namespace that it shares
   * can only enforce `PodSecurityLevel.PRIVILEGED`. Warnings and audit records still ask for `restricted`, so that
   * anything else that needs more than that is seen.
   *
   * @default PodSecurityLevel.RESTRICTED
   */
  readonly enforce?: PodSecurityLevel;

  /**
   * Further labels of the namespace.
   *
   * @default - none
   */
  readonly labels?: { [name: string]: string };
}

/**
 * A namespace for collectors, with Pod Security Admission switched on.
 */
export class ObservabilityNamespace extends Construct {
  /**
   * Name of the namespace.
   */
  public readonly name: string;

  /**
   * The rendered object.
   */
  public readonly apiObject: ApiObject;

  constructor(scope: Construct, id: string, props: ObservabilityNamespaceProps) {
    super(scope, id);
    this.name = checked('ObservabilityNamespaceProps.name', props.name, DNS_LABEL);
    this.apiObject = addOwnObject(
      this,
      'namespace',
      {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: {
          name: this.name,
          labels: {
            ...props.labels,
            'pod-security.kubernetes.io/enforce': props.enforce ?? PodSecurityLevel.RESTRICTED,
            'pod-security.kubernetes.io/warn': PodSecurityLevel.RESTRICTED,
            'pod-security.kubernetes.io/audit': PodSecurityLevel.RESTRICTED,
          },
        },
      } satisfies INamespace,
      'ObservabilityNamespaceProps',
      props,
    );
  }
}

import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { ArgoIgnoreDifference } from '../argocd/argo-ignore-difference';
import { checked } from '../core/check';
import { addOwnObject } from '../core/object-overrides';
import { AckDeletionPolicy } from './ack-deletion-policy';
import { ackMetadata, checkedTags } from './ack-object';
import type { AckObjectProps } from './ack-object-props';
import { IAM_NAME, lateInitialized } from './iam';
import type { IamStatement } from './iam-statement';
import { allowDocument, tagList } from './policy-document';
import type { PolicyManifest } from './types';

/**
 * Properties of AckPolicy.
 */
export interface AckPolicyProps extends AckObjectProps {
  /**
   * What is allowed.
   */
  readonly statements: IamStatement[];

  /**
   * Name of the policy in IAM.
   *
   * @default - the name of the object
   */
  readonly policyName?: string;

  /**
   * What the policy is for. It cannot be changed.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * ARN of the policy when it exists already and is to be adopted.
   *
   * @default - it is not adopted
   */
  readonly existingPolicyArn?: string;

  /**
   * Tags of the policy.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };
}

/**
 * A managed policy of IAM, made by AWS Controllers for Kubernetes.
 */
export class AckPolicy extends Construct {
  /**
   * Name of the object.
   */
  public readonly name: string;

  /**
   * Namespace of the object.
   */
  public readonly namespace: string;

  /**
   * What an Argo CD Application that applies the object must leave alone, see `ArgoApplicationProps.ignoreDifferences`: the
   * controller adds what AWS has chosen.
   */
  public readonly ignoreDifferences: ArgoIgnoreDifference[];

  /**
   * The rendered object.
   */
  public readonly apiObject: ApiObject;

  constructor(scope: Construct, id: string, props: AckPolicyProps) {
    super(scope, id);
    const struct = 'AckPolicyProps';
    const { existingPolicyArn } = props;
    const value =
      existingPolicyArn === undefined
        ? undefined
        : checked(`${struct}.existingPolicyArn`, existingPolicyArn, {
            matches: /^arn:aws(-[a-z]+)*:iam::\d{12}:policy\/[\w+=,.@/-]+$/,
            allowed: 'an ARN "arn:<partition>:iam::<12-digit account>:policy/<name>"',
            mend: 'A policy of AWS itself cannot be adopted: name it where it is attached.',
          });
    const chosen = { prop: 'existingPolicyArn', field: 'arn', value };
    const metadata = ackMetadata(struct, props, AckDeletionPolicy.DELETE, { chosen });
    const tags = tagList(checkedTags(`${struct}.tags`, props.tags));
    this.name = metadata.name;
    this.namespace = metadata.namespace;
    this.ignoreDifferences = [lateInitialized('Policy', metadata, ['/spec/path'])];
    this.apiObject = addOwnObject(
      this,
      'policy',
      {
        apiVersion: 'iam.services.k8s.aws/v1alpha1',
        kind: 'Policy',
        metadata,
        spec: {
          name: checked(`${struct}.policyName`, props.policyName ?? props.name, IAM_NAME),
          ...(props.description === undefined ? {} : { description: props.description }),
          policyDocument: allowDocument(`${struct}.statements`, props.statements),
          ...(tags === undefined ? {} : { tags }),
        },
      } satisfies PolicyManifest,
      struct,
      props,
    );
  }
}

import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { ArgoIgnoreDifference } from '../argocd/argo-ignore-difference';
import { checked } from '../core/check';
import { addOwnObject } from '../core/object-overrides';
import { AckDeletionPolicy } from './ack-deletion-policy';
import { ackMetadata, checkedTags } from './ack-object';
import type { AckObjectProps } from './ack-object-props';
import type { AckPolicy } from './ack-policy';
import { IAM_NAME, lateInitialized } from './iam';
import type { IamStatement } from './iam-statement';
import type { IamTrust } from './iam-trust';
import { allowDocument, tagList } from './policy-document';
import type { RoleManifest } from './types';

/**
 * Properties of AckRole.
 */
export interface AckRoleProps extends AckObjectProps {
  /**
   * Who may assume the role.
   */
  readonly trust: IamTrust;

  /**
   * Name of the role in IAM.
   *
   * @default - the name of the object
   */
  readonly roleName?: string;

  /**
   * What the role is for.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * What the role allows by itself.
   *
   * @default - nothing
   */
  readonly statements?: IamStatement[];

  /**
   * Policies that other objects make. The controller waits for them.
   *
   * @default - none
   */
  readonly policies?: AckPolicy[];

  /**
   * Tags of the role.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };
}

/**
 * A role of IAM, made by AWS Controllers for Kubernetes.
 *
 * @example
 * const ingest = new AckPolicy(this, 'ingest', {
 *   name: 'amp-ingest',
 *   namespace: 'ack-system',
 *   statements: [
 *     {
 *       actions: ['aps:RemoteWrite'],
 *       resources: ['arn:aws:aps:ap-northeast-2:111122223333:workspace/*'],
 *       conditions: { StringEquals: { 'aws:ResourceTag/env': 'dev' } },
 *     },
 *   ],
 * });
 * new AckRole(this, 'role', {
 *   name: 'metrics-writer',
 *   namespace: 'ack-system',
 *   trust: IamTrust.podIdentity(),
 *   policies: [ingest],
 * });
 */
export class AckRole extends Construct {
  /**
   * Name of the object.
   */
  public readonly name: string;

  /**
   * Namespace of the object.
   */
  public readonly namespace: string;

  /**
   * Name of the role in IAM.
   */
  public readonly roleName: string;

  /**
   * What an Argo CD Application that applies the object must leave alone, see `ArgoApplicationProps.ignoreDifferences`: the
   * controller adds what AWS has chosen.
   */
  public readonly ignoreDifferences: ArgoIgnoreDifference[];

  /**
   * The rendered object.
   */
  public readonly apiObject: ApiObject;

  constructor(scope: Construct, id: string, props: AckRoleProps) {
    super(scope, id);
    const struct = 'AckRoleProps';
    this.roleName = checked(`${struct}.roleName`, props.roleName ?? props.name, IAM_NAME);
    const metadata = ackMetadata(struct, props, AckDeletionPolicy.DELETE, { known: { name: this.roleName } });
    const tags = tagList(checkedTags(`${struct}.tags`, props.tags));
    this.name = metadata.name;
    this.namespace = metadata.namespace;
    this.ignoreDifferences = [lateInitialized('Role', metadata, ['/spec/maxSessionDuration', '/spec/path'])];
    const policies = props.policies ?? [];
    this.apiObject = addOwnObject(
      this,
      'role',
      {
        apiVersion: 'iam.services.k8s.aws/v1alpha1',
        kind: 'Role',
        metadata,
        spec: {
          name: this.roleName,
          ...(props.description === undefined ? {} : { description: props.description }),
          assumeRolePolicyDocument: props.trust.document,
          ...(policies.length === 0
            ? {}
            : { policyRefs: policies.map(({ name, namespace }) => reference(name, namespace, this.namespace)) }),
          ...(props.statements === undefined
            ? {}
            : { inlinePolicies: { allow: allowDocument(`${struct}.statements`, props.statements) } }),
          ...(tags === undefined ? {} : { tags }),
        },
      } satisfies RoleManifest,
      struct,
      props,
    );
  }
}

function reference(name: string, namespace: string, from: string) {
  return { from: { name, ...(namespace === from ? {} : { namespace }) } };
}

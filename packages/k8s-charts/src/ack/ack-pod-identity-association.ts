import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { checked, DNS_LABEL, invalid } from '../core/check';
import { addOwnObject } from '../core/object-overrides';
import { AckDeletionPolicy } from './ack-deletion-policy';
import { ackMetadata, checkedTags } from './ack-object';
import type { AckObjectProps } from './ack-object-props';
import type { AckRole } from './ack-role';
import type { PodIdentityAssociationManifest } from './types';

/**
 * Properties of AckPodIdentityAssociation.
 */
export interface AckPodIdentityAssociationProps extends AckObjectProps {
  /**
   * Name of the EKS cluster.
   */
  readonly clusterName: string;

  /**
   * Namespace of the service account, not of this object.
   */
  readonly serviceAccountNamespace: string;

  /**
   * Name of the service account.
   */
  readonly serviceAccountName: string;

  /**
   * Role that its pods get, in the same namespace as this object. It trusts `IamTrust.podIdentity()`. The controller waits for it.
   */
  readonly role: AckRole;

  /**
   * Id of the association, `a-…`, when it exists already and is to be adopted.
   *
   * @default - it is not adopted
   */
  readonly existingAssociationId?: string;

  /**
   * Tags of the association.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };
}

/**
 * Joins a service account and a role by EKS Pod Identity, made by AWS Controllers for Kubernetes. Nodes need the EKS Pod Identity
 * Agent; the component itself takes `AwsIdentity.podIdentity()`.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html
 */
export class AckPodIdentityAssociation extends Construct {
  /**
   * The rendered object.
   */
  public readonly apiObject: ApiObject;

  constructor(scope: Construct, id: string, props: AckPodIdentityAssociationProps) {
    super(scope, id);
    const struct = 'AckPodIdentityAssociationProps';
    const { role } = props;
    const clusterName = checked(`${struct}.clusterName`, props.clusterName, {
      matches: /^[0-9A-Za-z][\w-]{0,99}$/,
      allowed: 'at most 100 letters, digits, hyphens and underscores, starting with a letter or digit',
      mend: 'Give the name of the cluster, not its ARN.',
    });
    const { existingAssociationId } = props;
    const value =
      existingAssociationId === undefined
        ? undefined
        : checked(`${struct}.existingAssociationId`, existingAssociationId, {
            matches: /^a-[0-9a-z]+$/,
            allowed: '"a-" and small letters and digits',
            mend: 'Give the id that `aws eks list-pod-identity-associations` shows, not the ARN.',
          });
    const metadata = ackMetadata(struct, props, AckDeletionPolicy.DELETE, {
      known: { clusterName },
      chosen: { prop: 'existingAssociationId', field: 'associationID', value },
    });
    if (role.namespace !== metadata.namespace) {
      throw invalid(
        `${struct}.role`,
        `${role.namespace}/${role.name}`,
        `a role object of namespace "${metadata.namespace}"`,
        'Put both objects into one namespace.',
      );
    }
    const tags = checkedTags(`${struct}.tags`, props.tags);
    this.apiObject = addOwnObject(
      this,
      'association',
      {
        apiVersion: 'eks.services.k8s.aws/v1alpha1',
        kind: 'PodIdentityAssociation',
        metadata,
        spec: {
          clusterName,
          namespace: checked(`${struct}.serviceAccountNamespace`, props.serviceAccountNamespace, DNS_LABEL),
          serviceAccount: checked(`${struct}.serviceAccountName`, props.serviceAccountName, DNS_LABEL),
          roleRef: { from: { name: role.name } },
          ...(tags === undefined ? {} : { tags }),
        },
      } satisfies PodIdentityAssociationManifest,
      struct,
      props,
      ['spec/roleARN', 'spec/targetRoleARN', 'spec/clusterRef'],
    );
  }
}

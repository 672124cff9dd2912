import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { ArgoIgnoreDifference } from '../argocd/argo-ignore-difference';
import { SYNC_OPTIONS_ANNOTATION } from '../argocd/types';
import { AWS_REGION, CONFIG_KEY, checked, DNS_LABEL, DNS_SUBDOMAIN } from '../core/check';
import { EnvironmentValue } from '../core/environment-value';
import { addOwnObject } from '../core/object-overrides';
import type { ObjectOverridesProps } from '../core/object-overrides-props';
import type { AckAdoptionPolicy } from './ack-adoption-policy';
import { AckDeletionPolicy } from './ack-deletion-policy';
import { ackMetadata, checkedTags, KEEP, WORKSPACE_ID } from './ack-object';
import { addFieldExport, addTarget, exportedDifference } from './field-export';
import type { WorkspaceManifest } from './types';

/**
 * A Workspace object of ACK, by which others find the workspace. Its id is looked up at run time, when AWS has made it.
 */
export interface IAckPrometheusWorkspace {
  /**
   * Name of the Workspace object.
   */
  readonly name: string;

  /**
   * Namespace of the Workspace object.
   */
  readonly namespace: string;

  /**
   * Region of the workspace.
   */
  readonly region: string;
}

/**
 * Properties of AckPrometheusWorkspace.
 */
export interface AckPrometheusWorkspaceProps extends ObjectOverridesProps {
  /**
   * Name of the Workspace object, by which `kubectl` knows it.
   */
  readonly name: string;

  /**
   * Namespace of the Workspace object and of the FieldExport.
   */
  readonly namespace: string;

  /**
   * Region in which the workspace is made.
   */
  readonly region: string;

  /**
   * Namespace of the ConfigMap that receives the workspace id: the one in which the collectors run.
   *
   * When it is not the namespace of the Workspace object, the controller must be allowed to write to other namespaces: start it
   * with `--enable-cross-namespace`, or set `Ack.EnableCrossNamespace` of the EKS capability for ACK.
   */
  readonly exportNamespace: string;

  /**
   * Alias of the workspace, by which AWS shows it. At most 100 characters.
   *
   * @default - the name of the object
   */
  readonly alias?: string;

  /**
   * Tags of the workspace. The controller sets them once, when it makes the workspace, and never again. IAM policies that
   * grant by tag (`aws:ResourceTag/…`) therefore depend on the first value.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };

  /**
   * What becomes of the workspace when the object is deleted.
   *
   * @default AckDeletionPolicy.RETAIN
   */
  readonly deletionPolicy?: AckDeletionPolicy;

  /**
   * What is done when the AWS resource exists already. It is found by `existingWorkspaceId`. Its tags are left as they are, so they must be those by which roles are granted.
   *
   * @default - a new one is made
   */
  readonly adoptionPolicy?: AckAdoptionPolicy;

  /**
   * Follow the AWS resource without ever changing it or deleting it.
   *
   * @default false
   */
  readonly readOnly?: boolean;

  /**
   * Id of the workspace when it exists already and is to be adopted.
   *
   * @default - it is not adopted
   */
  readonly existingWorkspaceId?: string;

  /**
   * Name of the ConfigMap that receives the workspace id.
   *
   * @default 'amp-workspace'
   */
  readonly configMapName?: string;

  /**
   * Key in that ConfigMap.
   *
   * @default 'workspaceId'
   */
  readonly configMapKey?: string;
}

/**
 * A workspace of Amazon Managed Service for Prometheus that AWS Controllers for Kubernetes makes, and the hand-over of its id
 * to those who write to it.
 *
 * The id exists only once AWS has made the workspace. A FieldExport copies it from the object's status into a ConfigMap, which
 * is rendered without data because the controller patches but never creates it.
 *
 * The objects are kept by Argo CD when they leave git: a new Workspace object would make a new, empty workspace.
 *
 * @see https://aws-controllers-k8s.github.io/community/docs/user-docs/field-export/
 *
 * @example
 * const workspace = new AckPrometheusWorkspace(this, 'workspace', {
 *   name: 'eks-metrics',
 *   namespace: 'ack-system',
 *   region: 'ap-northeast-2',
 *   exportNamespace: 'monitoring',
 *   // Takes over a workspace that somebody made by hand.
 *   adoptionPolicy: AckAdoptionPolicy.ADOPT,
 *   existingWorkspaceId: 'ws-01234567-89ab-cdef-0123-456789abcdef',
 * });
 * PrometheusRemoteWriteTarget.ampWorkspace({
 *   region: EnvironmentValue.literal('ap-northeast-2'),
 *   workspaceId: workspace.workspaceId,
 * });
 */
export class AckPrometheusWorkspace extends Construct implements IAckPrometheusWorkspace {
  /**
   * Name of the Workspace object.
   */
  public readonly name: string;

  /**
   * Namespace of the Workspace object.
   */
  public readonly namespace: string;

  /**
   * Region of the workspace.
   */
  public readonly region: string;

  /**
   * The id of the workspace, as containers of the export namespace get it.
   */
  public readonly workspaceId: EnvironmentValue;

  /**
   * What an Argo CD Application that applies these objects must leave alone, see `ArgoApplicationProps.ignoreDifferences`.
   */
  public readonly ignoreDifferences: ArgoIgnoreDifference[];

  /**
   * The rendered Workspace.
   */
  public readonly workspaceObject: ApiObject;

  constructor(scope: Construct, id: string, props: AckPrometheusWorkspaceProps) {
    super(scope, id);
    this.name = checked('AckPrometheusWorkspaceProps.name', props.name, DNS_SUBDOMAIN);
    this.namespace = checked('AckPrometheusWorkspaceProps.namespace', props.namespace, DNS_LABEL);
    this.region = checked('AckPrometheusWorkspaceProps.region', props.region, AWS_REGION);
    const target = {
      name: checked('AckPrometheusWorkspaceProps.configMapName', props.configMapName ?? 'amp-workspace', DNS_SUBDOMAIN),
      namespace: checked('AckPrometheusWorkspaceProps.exportNamespace', props.exportNamespace, DNS_LABEL),
      key: checked('AckPrometheusWorkspaceProps.configMapKey', props.configMapKey ?? 'workspaceId', CONFIG_KEY),
    };

    const { existingWorkspaceId } = props;
    const value =
      existingWorkspaceId === undefined
        ? undefined
        : checked('AckPrometheusWorkspaceProps.existingWorkspaceId', existingWorkspaceId, WORKSPACE_ID);
    const chosen = { prop: 'existingWorkspaceId', field: 'workspaceID', value };
    const metadata = ackMetadata('AckPrometheusWorkspaceProps', props, AckDeletionPolicy.RETAIN, { chosen });
    this.workspaceObject = addOwnObject(
      this,
      'workspace',
      {
        apiVersion: 'prometheusservice.services.k8s.aws/v1alpha1',
        kind: 'Workspace',
        metadata: { ...metadata, annotations: { ...metadata.annotations, [SYNC_OPTIONS_ANNOTATION]: KEEP } },
        spec: {
          alias: checkedAlias(props.alias ?? this.name),
          tags: checkedTags('AckPrometheusWorkspaceProps.tags', props.tags),
        },
      } satisfies WorkspaceManifest,
      'AckPrometheusWorkspaceProps',
      props,
    );

    addFieldExport(
      this,
      'workspace-id',
      {
        name: `${this.name}-workspace-id`,
        namespace: this.namespace,
        from: {
          // The status has no endpoint, only the id; collectors build the URL from it.
          path: '.status.workspaceID',
          resource: { group: 'prometheusservice.services.k8s.aws', kind: 'Workspace', name: this.name },
        },
        to: target,
      },
      'AckPrometheusWorkspaceProps',
      {},
    );
    addTarget(this, 'target', target);

    this.workspaceId = EnvironmentValue.configMapKey(target);
    this.ignoreDifferences = [exportedDifference(target)];
  }
}

function checkedAlias(alias: string): string {
  return checked('AckPrometheusWorkspaceProps.alias', alias, {
    matches: /^\S(.{0,98}\S)?$/,
    allowed: '1 to 100 characters without white space at the ends',
    mend: 'Shorten the alias; it need not be unique.',
  });
}

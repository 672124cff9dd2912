import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { IConfigMap } from 'kubernetes-models/v1';
import type { ArgoIgnoreDifference } from '../argocd/argo-ignore-difference';
import { SYNC_OPTIONS_ANNOTATION } from '../argocd/types';
import { AWS_REGION, CONFIG_KEY, checked, DNS_LABEL, DNS_SUBDOMAIN, invalid, isUnresolved } from '../core/check';
import { EnvironmentValue } from '../core/environment-value';
import { addObject } from '../core/manifest';
import type { FieldExportManifest, WorkspaceManifest } from './types';

/**
 * What ACK does with the AWS resource when its object is deleted.
 */
export enum AckDeletionPolicy {
  /** The AWS resource stays. */
  RETAIN = 'retain',
  /** The AWS resource goes, with all data in it. */
  DELETE = 'delete',
}

/**
 * Properties of AckPrometheusWorkspace.
 */
export interface AckPrometheusWorkspaceProps {
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
 */
export class AckPrometheusWorkspace extends Construct {
  /**
   * Name of the Workspace object.
   */
  public readonly name: string;

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
    const namespace = checked('AckPrometheusWorkspaceProps.namespace', props.namespace, DNS_LABEL);
    const target = {
      name: checked('AckPrometheusWorkspaceProps.configMapName', props.configMapName ?? 'amp-workspace', DNS_SUBDOMAIN),
      namespace: checked('AckPrometheusWorkspaceProps.exportNamespace', props.exportNamespace, DNS_LABEL),
      key: checked('AckPrometheusWorkspaceProps.configMapKey', props.configMapKey ?? 'workspaceId', CONFIG_KEY),
    };

    this.workspaceObject = addObject(this, 'workspace', {
      apiVersion: 'prometheusservice.services.k8s.aws/v1alpha1',
      kind: 'Workspace',
      metadata: {
        name: this.name,
        namespace,
        annotations: {
          'services.k8s.aws/region': checked('AckPrometheusWorkspaceProps.region', props.region, AWS_REGION),
          'services.k8s.aws/deletion-policy': props.deletionPolicy ?? AckDeletionPolicy.RETAIN,
          [SYNC_OPTIONS_ANNOTATION]: KEEP,
        },
      },
      spec: { alias: checkedAlias(props.alias ?? this.name), tags: checkedTags(props.tags) },
    } satisfies WorkspaceManifest);

    addObject(this, 'workspace-id', {
      apiVersion: 'services.k8s.aws/v1alpha1',
      kind: 'FieldExport',
      metadata: {
        name: `${this.name}-workspace-id`,
        namespace,
        ...(target.namespace === namespace ? {} : { annotations: { [REQUIRES]: CROSS_NAMESPACE } }),
      },
      spec: {
        // The status has no endpoint, only the id; collectors build the URL from it.
        from: {
          path: '.status.workspaceID',
          resource: { group: 'prometheusservice.services.k8s.aws', kind: 'Workspace', name: this.name },
        },
        to: { kind: 'configmap', ...target },
      },
    } satisfies FieldExportManifest);

    addObject(this, 'target', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        name: target.name,
        namespace: target.namespace,
        annotations: { [SYNC_OPTIONS_ANNOTATION]: KEEP },
      },
    } satisfies IConfigMap);

    this.workspaceId = EnvironmentValue.configMapKey(target);
    const pointer = `/data/${target.key}`;
    this.ignoreDifferences = [
      { kind: 'ConfigMap', name: target.name, namespace: target.namespace, jsonPointers: [pointer] },
    ];
  }
}

/** Not removed when it leaves git, nor when the Application is deleted. */
const KEEP = 'Prune=false,Delete=false';

/** Annotation that tells a reader of the manifest what the cluster must be set up with. */
const REQUIRES = 'eks-sightline.github.io/requires';
const CROSS_NAMESPACE =
  'ACK controller flag --enable-cross-namespace, or Ack.EnableCrossNamespace of the EKS capability for ACK';

function checkedAlias(alias: string): string {
  return checked('AckPrometheusWorkspaceProps.alias', alias, {
    matches: /^\S(.{0,98}\S)?$/,
    allowed: '1 to 100 characters without white space at the ends',
    mend: 'Shorten the alias; it need not be unique.',
  });
}

function checkedTags(tags: { [key: string]: string } | undefined): { [key: string]: string } | undefined {
  const prop = 'AckPrometheusWorkspaceProps.tags';
  for (const [key, value] of Object.entries(tags ?? {})) {
    if (!isUnresolved(key) && (!/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u.test(key) || /^aws:/i.test(key))) {
      throw invalid(
        prop,
        key,
        'keys of 1 to 128 letters, digits, spaces and _ . : / = + - @, not starting with "aws:"',
        'Choose another key.',
      );
    }
    if (!isUnresolved(value) && !/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u.test(value)) {
      throw invalid(
        prop,
        value,
        'values of at most 256 letters, digits, spaces and _ . : / = + - @',
        `Choose another value for "${key}".`,
      );
    }
  }
  return tags;
}

import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { checked, DNS_LABEL, DNS_SUBDOMAIN } from '../core/check';
import { addOwnObject } from '../core/object-overrides';
import { applicationSpec, finalizers, OTHER_PLACES } from './application-spec';
import type { ArgoDestination } from './argo-destination';
import type { ArgoSyncProps } from './argo-sync-props';
import { FOLDER, REPOSITORY } from './checks';
import type { ApplicationManifest } from './types';

/**
 * Properties of ArgoApplication.
 */
export interface ArgoApplicationProps extends ArgoSyncProps {
  /**
   * Name of the Application.
   */
  readonly name: string;

  /**
   * Git repository: `https://…`, `ssh://…` or `git@host:path`.
   */
  readonly repoUrl: string;

  /**
   * Folder in the repository, relative to its root.
   */
  readonly path: string;

  /**
   * Cluster that the objects go to.
   */
  readonly destination: ArgoDestination;

  /**
   * Namespace of the Application itself. The EKS capability reads a single one, chosen when it was made.
   *
   * @default 'argocd'
   */
  readonly namespace?: string;
}

/**
 * An Argo CD Application: a folder of a git repository, applied to one cluster.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/application.yaml
 */
export class ArgoApplication extends Construct {
  /**
   * Name of the Application.
   */
  public readonly name: string;

  /**
   * The rendered object.
   */
  public readonly apiObject: ApiObject;

  constructor(scope: Construct, id: string, props: ArgoApplicationProps) {
    super(scope, id);
    this.name = checked('ArgoApplicationProps.name', props.name, DNS_SUBDOMAIN);
    this.apiObject = addOwnObject(
      this,
      'application',
      {
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'Application',
        metadata: {
          name: this.name,
          namespace: checked('ArgoApplicationProps.namespace', props.namespace ?? 'argocd', DNS_LABEL),
          ...finalizers(props),
        },
        spec: applicationSpec('ArgoApplicationProps', props, {
          repoUrl: checked('ArgoApplicationProps.repoUrl', props.repoUrl, REPOSITORY),
          path: checked('ArgoApplicationProps.path', props.path, FOLDER),
          server: props.destination.server,
          name: props.destination.name,
        }),
      } satisfies ApplicationManifest,
      'ArgoApplicationProps',
      props,
      OTHER_PLACES,
    );
  }
}

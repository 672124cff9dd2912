import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { checked, DNS_LABEL, DNS_SUBDOMAIN, invalid } from '../core/check';
import { addOwnObject } from '../core/object-overrides';
import type { ObjectOverridesProps } from '../core/object-overrides-props';
import type { ArgoDestination } from './argo-destination';
import { REPOSITORY } from './checks';
import type { AppProjectManifest } from './types';

/**
 * A kind of objects.
 */
export interface ArgoKind {
  /**
   * Kind, or `*` for all kinds of the group.
   */
  readonly kind: string;

  /**
   * API group, or `*` for all.
   *
   * @default - the core group
   */
  readonly group?: string;
}

/**
 * A place that Applications of a project may write to.
 */
export interface ArgoProjectDestination {
  /**
   * The cluster.
   */
  readonly cluster: ArgoDestination;

  /**
   * Namespace in the cluster; an asterisk stands for any text.
   */
  readonly namespace: string;
}

/**
 * Properties of ArgoProject.
 */
export interface ArgoProjectProps extends ObjectOverridesProps {
  /**
   * Name of the project, as Applications give it.
   */
  readonly name: string;

  /**
   * Git repositories that Applications may take manifests from.
   */
  readonly sourceRepos: string[];

  /**
   * Clusters and namespaces that Applications may write to.
   */
  readonly destinations: ArgoProjectDestination[];

  /**
   * Kinds without a namespace that Applications may write, such as Namespace and ClusterRole.
   *
   * @default - none
   */
  readonly clusterKinds?: ArgoKind[];

  /**
   * Namespace of the project itself: that of Argo CD.
   *
   * @default 'argocd'
   */
  readonly namespace?: string;

  /**
   * What the project is for.
   *
   * @default - none
   */
  readonly description?: string;
}

/**
 * An Argo CD project: what its Applications may take from where, and write to where.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/projects/
 */
export class ArgoProject extends Construct {
  /**
   * Name of the project, for `ArgoApplicationProps.project`.
   */
  public readonly name: string;

  /**
   * The rendered object.
   */
  public readonly apiObject: ApiObject;

  constructor(scope: Construct, id: string, props: ArgoProjectProps) {
    super(scope, id);
    const struct = 'ArgoProjectProps';
    this.name = checked(`${struct}.name`, props.name, DNS_SUBDOMAIN);
    for (const [prop, list] of Object.entries({ sourceRepos: props.sourceRepos, destinations: props.destinations })) {
      if (list.length === 0) {
        throw invalid(`${struct}.${prop}`, [], 'one or more', 'Without any, no Application of the project can sync.');
      }
    }
    const clusterKinds = props.clusterKinds ?? [];
    this.apiObject = addOwnObject(
      this,
      'project',
      {
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'AppProject',
        metadata: {
          name: this.name,
          namespace: checked(`${struct}.namespace`, props.namespace ?? 'argocd', DNS_LABEL),
        },
        spec: {
          ...(props.description === undefined ? {} : { description: props.description }),
          sourceRepos: props.sourceRepos.map((repo) => checked(`${struct}.sourceRepos`, repo, REPOSITORY)),
          destinations: props.destinations.map(({ cluster, namespace }) => ({
            ...(cluster.server === undefined ? {} : { server: cluster.server }),
            ...(cluster.name === undefined ? {} : { name: cluster.name }),
            namespace: checked('ArgoProjectDestination.namespace', namespace, {
              matches: /^[a-z0-9*]([-a-z0-9*]{0,61}[a-z0-9*])?$/,
              allowed: 'the name of a namespace, in which an asterisk stands for any text',
              mend: 'Name the namespaces that the manifests name.',
            }),
          })),
          ...(clusterKinds.length === 0
            ? {}
            : { clusterResourceWhitelist: clusterKinds.map(({ group = '', kind }) => ({ group, kind })) }),
        },
      } satisfies AppProjectManifest,
      struct,
      props,
      ['spec/destinationServiceAccounts'],
    );
  }
}

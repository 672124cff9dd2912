import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { checked, DNS_LABEL, DNS_SUBDOMAIN, invalid, type Rule } from '../core/check';
import { addOwnObject } from '../core/object-overrides';
import { applicationSpec, finalizers, OTHER_PLACES } from './application-spec';
import type { ArgoGenerator } from './argo-generator';
import type { ArgoSyncProps } from './argo-sync-props';
import { FOLDER, REPOSITORY } from './checks';
import type { ApplicationSetManifest } from './types';

/**
 * Properties of ArgoApplicationSet. Texts that are templates may hold Go template expressions with the generator's parameters,
 * such as `{{.name}}`.
 */
export interface ArgoApplicationSetProps extends ArgoSyncProps {
  /**
   * Name of the ApplicationSet.
   */
  readonly name: string;

  /**
   * What the Applications are made of.
   */
  readonly generator: ArgoGenerator;

  /**
   * Template of the Applications' names. It must differ between them.
   */
  readonly applicationName: string;

  /**
   * Git repository: `https://…`, `ssh://…` or `git@host:path`.
   */
  readonly repoUrl: string;

  /**
   * Template of the folder in the repository, relative to its root.
   */
  readonly path: string;

  /**
   * Template of the cluster's ARN or URL, such as `{{.server}}`.
   *
   * @default - the cluster is named by `clusterName`
   */
  readonly clusterServer?: string;

  /**
   * Template of the cluster's name in Argo CD, such as `{{.name}}`.
   *
   * @default - the cluster is named by `clusterServer`
   */
  readonly clusterName?: string;

  /**
   * Namespace of the ApplicationSet and its Applications. The EKS capability reads a single one, chosen when it was made.
   *
   * @default 'argocd'
   */
  readonly namespace?: string;

  /**
   * Leave the objects in their clusters when an Application goes, because its parameters or the ApplicationSet did.
   *
   * @default true
   */
  readonly preserveObjects?: boolean;
}

/**
 * An Argo CD ApplicationSet: one Application for each set of parameters. A parameter that is missing is an error, not an empty text.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/
 *
 * @example
 * new ArgoEksCluster(this, 'dev', {
 *   name: 'dev',
 *   clusterArn: 'arn:aws:eks:ap-northeast-2:111122223333:cluster/shop-dev',
 *   labels: { overlay: 'dev' },
 * });
 * new ArgoApplicationSet(this, 'observability', {
 *   name: 'observability',
 *   generator: ArgoGenerator.clusters(),
 *   applicationName: 'observability-{{.nameNormalized}}',
 *   repoUrl: 'https://github.com/eks-sightline/sightline.git',
 *   path: 'gitops/overlays/{{index .metadata.labels "overlay"}}',
 *   clusterServer: '{{.server}}',
 * });
 */
export class ArgoApplicationSet extends Construct {
  /**
   * Name of the ApplicationSet.
   */
  public readonly name: string;

  /**
   * The rendered object.
   */
  public readonly apiObject: ApiObject;

  constructor(scope: Construct, id: string, props: ArgoApplicationSetProps) {
    super(scope, id);
    const struct = 'ArgoApplicationSetProps';
    const { generator, clusterServer, clusterName } = props;
    this.name = checked(`${struct}.name`, props.name, DNS_SUBDOMAIN);
    if ((clusterServer === undefined) === (clusterName === undefined)) {
      throw invalid(
        `${struct}.clusterServer`,
        clusterServer,
        'either clusterServer or clusterName',
        'Name the cluster in one way.',
      );
    }
    const preserve = props.preserveObjects ?? true;
    if (preserve && props.cascadeDelete) {
      throw invalid(
        `${struct}.cascadeDelete`,
        true,
        'false while objects are preserved',
        'Set preserveObjects to false.',
      );
    }
    const template = (prop: string, text: string) => generator._checkTemplate(`${struct}.${prop}`, text);
    this.apiObject = addOwnObject(
      this,
      'application-set',
      {
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'ApplicationSet',
        metadata: {
          name: this.name,
          namespace: checked(`${struct}.namespace`, props.namespace ?? 'argocd', DNS_LABEL),
        },
        spec: {
          goTemplate: true,
          goTemplateOptions: ['missingkey=error'],
          generators: [generator._manifest()],
          syncPolicy: { preserveResourcesOnDeletion: preserve },
          template: {
            metadata: {
              name: checked(`${struct}.applicationName`, template('applicationName', props.applicationName), {
                matches: /\{\{.*\}\}/,
                allowed: 'a text with a parameter, such as "eks-{{.name}}"',
                mend: 'Applications of one name would replace each other.',
              }),
              ...finalizers(props),
            },
            spec: applicationSpec(struct, props, {
              repoUrl: checked(`${struct}.repoUrl`, props.repoUrl, REPOSITORY),
              path: checked(`${struct}.path`, template('path', props.path), FOLDER_TEMPLATE),
              server: clusterServer && template('clusterServer', clusterServer),
              name: clusterName && template('clusterName', clusterName),
            }),
          },
        },
      } satisfies ApplicationSetManifest,
      struct,
      props,
      [...OTHER_PLACES.map((path) => `spec/template/${path}`), 'spec/templatePatch'],
    );
  }
}

/** Expressions may hold spaces; what stands around them is part of a path. */
const FOLDER_TEMPLATE: Rule = {
  matches: /^(?!.*(^|\/)\.\.(\/|$))(?!\/)([^\s{]|\{\{[^{}]*\}\})+$/,
  allowed: FOLDER.allowed,
  mend: FOLDER.mend,
};

import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { checked, DNS_LABEL, DNS_SUBDOMAIN, invalid, type Rule } from '../core/check';
import { addObject } from '../core/manifest';
import type { ArgoDestination } from './argo-destination';
import type { ArgoIgnoreDifference } from './argo-ignore-difference';
import type { ApplicationManifest } from './types';

/**
 * Properties of ArgoApplication.
 */
export interface ArgoApplicationProps {
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

  /**
   * Argo CD project.
   *
   * @default 'default'
   */
  readonly project?: string;

  /**
   * Branch, tag or commit.
   *
   * @default 'HEAD'
   */
  readonly targetRevision?: string;

  /**
   * Namespace of objects that name none.
   *
   * @default - none; such objects are refused by Argo CD
   */
  readonly destinationNamespace?: string;

  /**
   * Sync without being asked to.
   *
   * @default true
   */
  readonly automated?: boolean;

  /**
   * With automated sync: remove what is no longer in git. Objects annotated with `Prune=false` stay.
   *
   * @default - true when sync is automated
   */
  readonly prune?: boolean;

  /**
   * With automated sync: undo changes that were made in the cluster.
   *
   * @default - true when sync is automated
   */
  readonly selfHeal?: boolean;

  /**
   * Sync options as `Name=value`. `RespectIgnoreDifferences=true` is added when differences are ignored: without it, a sync
   * would still overwrite those fields.
   *
   * @default - none
   */
  readonly syncOptions?: string[];

  /**
   * Fields that other controllers write.
   *
   * @default - none
   */
  readonly ignoreDifferences?: ArgoIgnoreDifference[];

  /**
   * Remove the objects from the cluster when the Application is deleted, by Argo CD's finalizer.
   *
   * @default false
   */
  readonly cascadeDelete?: boolean;
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
    const differences = props.ignoreDifferences ?? [];
    this.apiObject = addObject(this, 'application', {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: {
        name: this.name,
        namespace: checked('ArgoApplicationProps.namespace', props.namespace ?? 'argocd', DNS_LABEL),
        ...(props.cascadeDelete ? { finalizers: ['resources-finalizer.argocd.argoproj.io'] } : {}),
      },
      spec: {
        project: props.project ?? 'default',
        source: {
          repoURL: checked('ArgoApplicationProps.repoUrl', props.repoUrl, REPOSITORY),
          targetRevision: props.targetRevision ?? 'HEAD',
          path: checked('ArgoApplicationProps.path', props.path, FOLDER),
        },
        destination: {
          server: props.destination.server,
          name: props.destination.name,
          namespace: props.destinationNamespace,
        },
        syncPolicy: syncPolicy(props),
        ignoreDifferences: differences.length === 0 ? undefined : differences.map(ignoreDifference),
      },
    } satisfies ApplicationManifest);
  }
}

function syncPolicy(props: ArgoApplicationProps) {
  const automated = props.automated ?? true;
  for (const option of ['prune', 'selfHeal'] as const) {
    if (!automated && props[option]) {
      throw invalid(
        `ArgoApplicationProps.${option}`,
        true,
        'false while automated is false',
        'Leave it out, or let the Application sync by itself.',
      );
    }
  }
  const options = [...(props.syncOptions ?? [])];
  for (const option of options) {
    checked('ArgoApplicationProps.syncOptions', option, SYNC_OPTION);
  }
  if ((props.ignoreDifferences ?? []).length > 0 && !options.some((option) => option.startsWith(`${RESPECT}=`))) {
    options.push(`${RESPECT}=true`);
  }
  return {
    automated: automated ? { prune: props.prune ?? true, selfHeal: props.selfHeal ?? true } : undefined,
    syncOptions: options.length === 0 ? undefined : options,
  };
}

function ignoreDifference(difference: ArgoIgnoreDifference) {
  const { group, kind, name, namespace, jsonPointers } = difference;
  if (jsonPointers.length === 0) {
    throw invalid(
      'ArgoIgnoreDifference.jsonPointers',
      [],
      'one pointer or more',
      'Name the fields: an item without any is ignored by Argo CD.',
    );
  }
  for (const pointer of jsonPointers) {
    checked('ArgoIgnoreDifference.jsonPointers', pointer, POINTER);
  }
  return { group, kind, name, namespace, jsonPointers };
}

const RESPECT = 'RespectIgnoreDifferences';

const REPOSITORY: Rule = {
  matches: /^((https|ssh):\/\/[^\s/]+\/\S+|git@[^\s:]+:\S+)$/,
  allowed: 'https://…, ssh://… or git@host:path',
  mend: 'Give the URL by which git clones the repository.',
};

const FOLDER: Rule = {
  matches: /^(?!.*(^|\/)\.\.(\/|$))[^\s/][^\s]*$/,
  allowed: 'a path relative to the root of the repository, without ".."',
  mend: 'Write "gitops/overlays/dev", without a slash in front; "." is the root.',
};

const SYNC_OPTION: Rule = {
  matches: /^[A-Za-z]+=[A-Za-z]+$/,
  allowed: 'Name=value, such as "ServerSideApply=true"',
  mend: 'See the sync options of Argo CD for names and values.',
};

const POINTER: Rule = {
  matches: /^(\/([^~/]|~[01])*)+$/,
  allowed: 'a JSON pointer such as "/data/workspaceId"',
  mend: 'Start with a slash; within a key write ~1 for a slash and ~0 for a tilde.',
};

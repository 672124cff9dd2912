import { checked, invalid, type Rule } from '../core/check';
import type { ArgoIgnoreDifference } from './argo-ignore-difference';
import type { ArgoSyncProps } from './argo-sync-props';
import type { ApplicationManifest } from './types';

export interface ApplicationPlaces {
  readonly repoUrl: string;
  readonly path: string;
  readonly server?: string;
  readonly name?: string;
}

export function applicationSpec(
  struct: string,
  props: ArgoSyncProps,
  places: ApplicationPlaces,
): ApplicationManifest['spec'] {
  const differences = props.ignoreDifferences ?? [];
  return {
    project: props.project ?? 'default',
    source: { repoURL: places.repoUrl, targetRevision: props.targetRevision ?? 'HEAD', path: places.path },
    destination: { server: places.server, name: places.name, namespace: props.destinationNamespace },
    syncPolicy: syncPolicy(struct, props),
    ignoreDifferences: differences.length === 0 ? undefined : differences.map(ignoreDifference),
  };
}

/** The finalizer by which Argo CD removes the objects together with their Application. */
export function finalizers(props: ArgoSyncProps): { finalizers?: string[] } {
  return props.cascadeDelete ? { finalizers: ['resources-finalizer.argocd.argoproj.io'] } : {};
}

function syncPolicy(struct: string, props: ArgoSyncProps) {
  const automated = props.automated ?? true;
  for (const option of ['prune', 'selfHeal'] as const) {
    if (!automated && props[option]) {
      throw invalid(
        `${struct}.${option}`,
        true,
        'false while automated is false',
        'Leave it out, or let the Application sync by itself.',
      );
    }
  }
  const options = [...(props.syncOptions ?? [])];
  for (const option of options) {
    checked(`${struct}.syncOptions`, option, SYNC_OPTION);
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

/** Fields by which an Application would take something else, or bring it elsewhere. */
export const OTHER_PLACES = [
  'spec/sources',
  'spec/sourceHydrator',
  'spec/source/chart',
  'spec/source/ref',
  'spec/source/kustomize/namespace',
  'spec/source/helm/namespace',
  'spec/destination',
  'spec/ignoreDifferences',
];

const RESPECT = 'RespectIgnoreDifferences';

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

/**
 * The part of Argo CD's API that this library writes, from `argoproj.io/v1alpha1` of Argo CD 3.5.
 */
export interface ApplicationManifest {
  apiVersion: 'argoproj.io/v1alpha1';
  kind: 'Application';
  metadata: { name: string; namespace: string; finalizers?: string[] };
  spec: {
    project: string;
    source: { repoURL: string; targetRevision: string; path: string };
    destination: { server?: string; name?: string; namespace?: string };
    syncPolicy: { automated?: { prune: boolean; selfHeal: boolean }; syncOptions?: string[] };
    ignoreDifferences?: {
      group?: string;
      kind: string;
      name?: string;
      namespace?: string;
      jsonPointers: string[];
    }[];
  };
}

export interface AppProjectManifest {
  apiVersion: 'argoproj.io/v1alpha1';
  kind: 'AppProject';
  metadata: { name: string; namespace: string };
  spec: {
    description?: string;
    sourceRepos: string[];
    destinations: { server?: string; name?: string; namespace: string }[];
    clusterResourceWhitelist?: { group: string; kind: string }[];
  };
}

export interface ApplicationSetManifest {
  apiVersion: 'argoproj.io/v1alpha1';
  kind: 'ApplicationSet';
  metadata: { name: string; namespace: string };
  spec: {
    goTemplate: true;
    goTemplateOptions: string[];
    generators: object[];
    syncPolicy: { preserveResourcesOnDeletion: boolean };
    template: {
      metadata: { name: string; finalizers?: string[] };
      spec: ApplicationManifest['spec'];
    };
  };
}

/** Annotation of an object: when it is applied, compared with others. */
export const SYNC_WAVE_ANNOTATION = 'argocd.argoproj.io/sync-wave';

/** Annotation of an object with sync options of its own. */
export const SYNC_OPTIONS_ANNOTATION = 'argocd.argoproj.io/sync-options';

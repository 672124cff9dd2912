import { ArgoApplication, ArgoDestination, type KustomizeManifest, KustomizeTree } from '@eks-sightline/k8s-charts';
import { App, Chart } from 'cdk8s';
import { environment, type Overlay, overlays } from '../environment';
import { Installation } from './installation';

export interface GitopsTree {
  /** Path relative to the tree, to content. */
  readonly files: ReadonlyMap<string, string>;
  readonly overlays: readonly { readonly name: string; readonly objects: number }[];
  /** How many Argo CD Applications deliver the overlays. */
  readonly applications: number;
}

/** The tree that Argo CD reads: base and overlays for kustomize, and one Application per overlay. */
export function gitopsTree(): GitopsTree {
  const app = new App();
  const installations = overlays.map((overlay) => ({ overlay, installation: new Installation(app, overlay) }));
  const tree = new KustomizeTree({
    generatedBy: 'apps/tictactoe-infra, see src/environment.ts',
    overlays: installations.map(({ overlay, installation }) => ({
      name: overlay.name,
      manifests: installation.manifests,
    })),
    standalone: installations.map(({ overlay, installation }) => application(app, overlay, installation)),
  });
  return {
    files: new Map(tree.files.map(({ path, text }) => [path, text])),
    overlays: installations.map(({ overlay, installation }) => ({
      name: overlay.name,
      objects: objectsOf(installation).length,
    })),
    applications: installations.length,
  };
}

/** The objects of an installation as they were rendered, before they are split into base and patches. */
export function objectsOf({ manifests }: Installation): unknown[] {
  return manifests.flatMap(({ source }) => Chart.of(source).toJson());
}

function application(app: App, overlay: Overlay, { workspace }: Installation): KustomizeManifest {
  const { gitops, namespaces } = environment;
  const source = new Chart(app, `argocd-${overlay.name}`);
  new ArgoApplication(source, 'application', {
    name: overlay.application,
    namespace: namespaces.argocd,
    project: gitops.project,
    repoUrl: gitops.repository,
    targetRevision: gitops.revision,
    path: `${gitops.folder}/overlays/${overlay.name}`,
    destination: ArgoDestination.eksCluster(overlay.cluster.arn),
    destinationNamespace: namespaces.ack,
    // With ACK as an EKS capability nothing else creates that namespace.
    syncOptions: ['CreateNamespace=true'],
    ignoreDifferences: workspace.ignoreDifferences,
  });
  return { file: `argocd/${overlay.name}.yaml`, source };
}

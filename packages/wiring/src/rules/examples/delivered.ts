import type { Files } from '../example';
import { BUILD } from './build';

/** The built shop, as Argo CD brings it to its cluster. */
export const DELIVERED: Files = {
  ...BUILD,
  'base/store.yaml': BUILD['base/store.yaml'].replace(
    '  annotations:\n',
    '  annotations:\n    argocd.argoproj.io/sync-options: Prune=false\n',
  ),
  'argocd/shop.yaml': `apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: {name: shop, namespace: argocd}
spec:
  sourceRepos:
    - https://github.com/example/shop.git
  destinations:
    - {server: "arn:aws:eks:eu-west-1:111122223333:cluster/*", namespace: "*"}
  clusterResourceWhitelist:
    - {group: "", kind: Namespace}
    - {group: rbac.authorization.k8s.io, kind: "*"}
---
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: shop, namespace: argocd}
spec:
  project: shop
  destination:
    server: arn:aws:eks:eu-west-1:111122223333:cluster/shop-dev
    namespace: observe
  source:
    repoURL: https://github.com/example/shop.git
    path: overlays/dev
    targetRevision: main
  syncPolicy:
    automated: {prune: true, selfHeal: true}
    syncOptions:
      - CreateNamespace=true
`,
};

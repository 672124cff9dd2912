import type { Files } from '../example';

const application = (name: string): string => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: ${name}, namespace: argocd}
spec:
  destination: {server: https://kubernetes.default.svc, namespace: shop}
  project: default
  source:
    repoURL: https://github.com/example/shop.git
    path: overlays/${name}
    targetRevision: main
`;

const overlay = (name: string): Files => ({
  [`overlays/${name}/kustomization.yaml`]: 'resources:\n  - settings.yaml\n',
  [`overlays/${name}/settings.yaml`]: `apiVersion: v1
kind: ConfigMap
metadata: {name: ${name}}
data: {stage: dev}
`,
});

/** Two Applications of Argo CD, each with objects of its own. */
export const APPLICATIONS: Files = {
  'applications.yaml': `${application('observe')}---\n${application('shop')}`,
  ...overlay('observe'),
  ...overlay('shop'),
};

import type { Files } from '../example';

/** A definition of a kind that is as long as those of large operators are. */
const properties = Array.from(
  { length: 2600 },
  (_, index) =>
    `                field${index}:\n                  type: string\n                  description: how far from the wall board number ${index} of the shelf is, in millimetres\n`,
).join('');

export const LONG_DEFINITION: Files = {
  'argocd/shelves.yaml': `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: shelves, namespace: argocd}
spec:
  project: default
  destination: {server: https://kubernetes.default.svc, namespace: shop}
  source:
    repoURL: https://github.com/example/shop.git
    path: definitions/shelves
    targetRevision: main
  syncPolicy:
    syncOptions:
      - ServerSideApply=true
`,
  'definitions/shelves/shelf.yaml': `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: shelves.example.com
spec:
  group: example.com
  names: {kind: Shelf, plural: shelves}
  scope: Namespaced
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              properties:
${properties}`,
};

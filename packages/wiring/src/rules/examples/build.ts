import type { Files } from '../example';
import { METRICS } from './metrics';

const { 'sightline.json': config, ...files } = METRICS;

/** The metrics of the shop, the cluster's objects of which are built by kustomize. */
export const BUILD: Files = {
  ...Object.fromEntries(
    Object.entries(files).map(([name, text]) => [name.includes('.template.') ? name : `base/${name}`, text]),
  ),
  'sightline.json': config.replace(
    '"manifests": ["collector.yaml", "shop.yaml", "store.yaml"]',
    '"manifests": ["overlays/dev"]',
  ),
  'base/kustomization.yaml': `resources:
  - collector.yaml
  - shop.yaml
  - store.yaml
`,
  'overlays/dev/kustomization.yaml': `resources:
  - ../../base
patches:
  - path: replicas.yaml
`,
  'overlays/dev/replicas.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
spec:
  replicas: 2
`,
};

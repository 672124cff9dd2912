import * as path from 'node:path';

const example = path.resolve(__dirname, '..');

/** Where the example keeps what it reads and renders; nothing that it renders is committed. */
export const paths = {
  /** What Grafana shows of both halves. */
  dashboard: path.join(example, 'dashboards/collection.json'),
  /** The cloud assembly: what `cdk deploy` takes. */
  assembly: path.join(example, 'cdk.out'),
  /** What `kubectl apply` takes, a folder per half of the workshop. */
  manifests: path.join(example, 'dist/rendered'),
  /** What `cdk deploy --outputs-file` writes. */
  outputs: path.join(example, 'bindings/eks-workshop.json'),
} as const;

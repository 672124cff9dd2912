import * as path from 'node:path';

const example = path.resolve(__dirname, '..');

/** Where the example keeps what it renders; none of it is committed. */
export const paths = {
  /** The cloud assembly: what `cdk deploy` takes. */
  assembly: path.join(example, 'cdk.out'),
  /** What `kubectl apply` takes, a folder per half of the workshop. */
  manifests: path.join(example, 'dist/rendered'),
  /** What `cdk deploy --outputs-file` writes. */
  outputs: path.join(example, 'bindings/eks-workshop.json'),
} as const;

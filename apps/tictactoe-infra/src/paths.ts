import * as path from 'node:path';

/** Where the app keeps things, all inside its own folder. */
const app = path.resolve(__dirname, '..');

export const paths = {
  /** The cloud assembly: what `cdk deploy` takes. Not committed. */
  assembly: path.join(app, 'cdk.out'),
  /** What was rendered last, before it is mirrored into the committed tree. Not committed. */
  rendered: path.join(app, 'dist/rendered'),
  /** The committed tree: what Argo CD reads and reviewers see. */
  gitops: path.join(app, 'gitops'),
  sightlineConfig: path.join(app, 'sightline.json'),
} as const;

export { isArgoObject } from './application';
export { normalised } from './checkout';
export { type Parts, readGitOps } from './git-ops';

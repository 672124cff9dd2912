export { isArgoObject } from './application';
export { type Parts, readGitOps } from './git-ops';

export { type ScriptFacts, scriptFacts } from './facts';
export type { Release } from './release';
export { isScript, readScript, type Script } from './script';

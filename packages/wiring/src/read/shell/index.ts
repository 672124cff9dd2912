export { type Release, type ScriptFacts, scriptFacts } from './facts';
export { isScript, readScript, type Script } from './script';

export { type BuiltObject, buildKustomization, type KustomizeBuild } from './build';
export type { KustomizeUnsupported } from './context';
export { NO_NAMESPACE } from './id';
export { KUSTOMIZATION_FILES, kustomizationFile, kustomizationFiles } from './kustomization';
export type { Via } from './resource';

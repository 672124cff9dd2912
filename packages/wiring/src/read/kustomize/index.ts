export { type BuiltObject, buildKustomization, type KustomizeBuild } from './build';
export type { KustomizeUnsupported } from './context';
export { KUSTOMIZATION_FILES, kustomizationFile, kustomizationFiles } from './kustomization';
export type { Via } from './resource';

export { ASSUMPTIONS, type AssumptionId, assumptionsOf } from './assumptions';
export type { Claim } from './claim';
export {
  type Collector,
  type CollectorKind,
  type FoundCollectors,
  findCollectors,
  type MountedFile,
} from './collectors/find';
export type { Break, Endpoint, Evidence, Hop, Path, Signal, Status } from './path';
export { traceWorld } from './trace';

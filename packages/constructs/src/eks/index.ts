export { ClusterAccess, type ClusterAccessProps } from './access-entry';
export {
  AddonConflictResolution,
  type AddonOptions,
  ObservabilityAddon,
  ObservabilityAddonName,
  type ObservabilityAddonProps,
} from './addon';
export { AdotAddon, type AdotAddonProps } from './adot-addon';
export { EksCapability, type EksCapabilityProps } from './capability';
export {
  type AckCapabilityOptions,
  type ArgoCdAccess,
  type ArgoCdCapabilityOptions,
  ArgoCdRole,
  EksCapabilityKind,
} from './capability-kind';

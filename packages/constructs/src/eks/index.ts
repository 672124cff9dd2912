export { ClusterAccess, type ClusterAccessProps } from './access-entry';
export { AckControllerRole, type AckControllerRoleProps } from './ack-controller-role';
export {
  type AckLogGroupOptions,
  AckPermissions,
  type AckPodIdentityOptions,
  type AckPrometheusOptions,
  type AckRoleOptions,
} from './ack-permissions';
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

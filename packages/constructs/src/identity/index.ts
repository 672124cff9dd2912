export { ClusterOidcIssuer } from './cluster-oidc-issuer';
export { ClusterOidcProvider, type ClusterOidcProviderProps } from './cluster-oidc-provider';
export { IdentityCenterGroup, type IdentityCenterGroupProps } from './identity-center-group';
export { IdentityCenterUser, type IdentityCenterUserProps } from './identity-center-user';
export {
  type IServiceAccountRole,
  ServiceAccountRole,
  type ServiceAccountRoleAttributes,
  type ServiceAccountRoleProps,
} from './service-account-role';
export { WorkloadIdentity, WorkloadIdentityMode, type WorkloadIdentityProps } from './workload-identity';

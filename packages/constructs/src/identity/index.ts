export { ClusterOidcIssuer } from './cluster-oidc-issuer';
export {
  type IServiceAccountRole,
  ServiceAccountRole,
  type ServiceAccountRoleAttributes,
  type ServiceAccountRoleProps,
} from './service-account-role';

/** How people log in to a Grafana workspace. */
export enum GrafanaAuthenticationProvider {
  /** AWS IAM Identity Center. */
  AWS_SSO = 'AWS_SSO',

  /** A SAML 2.0 identity provider; the workspace asks for its metadata before anybody can log in. */
  SAML = 'SAML',
}

/**
 * AWS data sources that a Grafana workspace can list: those that `AWS::Grafana::Workspace` takes, which are all of the
 * service's own list but IoT TwinMaker.
 */
export enum GrafanaDataSource {
  /** Amazon OpenSearch Service. */
  AMAZON_OPENSEARCH_SERVICE = 'AMAZON_OPENSEARCH_SERVICE',

  /** Amazon Athena. */
  ATHENA = 'ATHENA',

  /** Amazon CloudWatch, its metrics and its logs. */
  CLOUDWATCH = 'CLOUDWATCH',

  /** Amazon Managed Service for Prometheus. */
  PROMETHEUS = 'PROMETHEUS',

  /** Amazon Redshift. */
  REDSHIFT = 'REDSHIFT',

  /** AWS IoT SiteWise. */
  SITEWISE = 'SITEWISE',

  /** Amazon Timestream. */
  TIMESTREAM = 'TIMESTREAM',

  /** AWS X-Ray. */
  XRAY = 'XRAY',
}

/** Who makes the role and the permissions of a Grafana workspace. */
export enum GrafanaPermissionType {
  /** You do: the role that the workspace is given, with what is granted to it. */
  CUSTOMER_MANAGED = 'CUSTOMER_MANAGED',

  /** Amazon Managed Grafana does, but only for workspaces that are made in its console. */
  SERVICE_MANAGED = 'SERVICE_MANAGED',
}

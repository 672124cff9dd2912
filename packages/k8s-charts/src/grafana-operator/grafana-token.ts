import { CONFIG_KEY, checked, DNS_SUBDOMAIN } from '../core/check';

/**
 * A token in AWS Secrets Manager, as the External Secrets operator reads it.
 */
export interface ExternalTokenProps {
  /**
   * Name or ARN of the secret in AWS Secrets Manager.
   */
  readonly secretId: string;

  /**
   * Name of the SecretStore or ClusterSecretStore by which the External Secrets operator reaches Secrets Manager.
   */
  readonly secretStore: string;

  /**
   * Field of the secret, when it is JSON.
   *
   * @default - the whole secret is the token
   */
  readonly property?: string;

  /**
   * The store is a ClusterSecretStore, which all namespaces share.
   *
   * @default false
   */
  readonly clusterStore?: boolean;
}

/**
 * The token by which the Grafana operator speaks to a Grafana. Tokens of Amazon Managed Grafana live for 30 days at most, so
 * somebody has to make a new one in time; the operator does not.
 */
export class GrafanaToken {
  /**
   * A Kubernetes secret that others keep up to date.
   *
   * @param secretName Name of the secret, in the namespace of the Grafana object
   * @param key Key in the secret
   */
  public static secret(secretName: string, key: string): GrafanaToken {
    checked('GrafanaToken.secret', secretName, DNS_SUBDOMAIN);
    checked('GrafanaToken.secret', key, CONFIG_KEY);
    return new GrafanaToken(secretName, key, undefined);
  }

  /**
   * A secret of AWS Secrets Manager, which a rotation keeps up to date. The External Secrets operator copies it into a Kubernetes
   * secret every five minutes.
   */
  public static external(props: ExternalTokenProps): GrafanaToken {
    checked('ExternalTokenProps.secretStore', props.secretStore, DNS_SUBDOMAIN);
    checked('ExternalTokenProps.secretId', props.secretId, {
      matches: /^[A-Za-z0-9/_+=.@:-]{1,2048}$/,
      allowed: 'the name or ARN of a secret',
      mend: 'Give the name of the secret, never the token itself.',
    });
    return new GrafanaToken(undefined, 'token', props);
  }

  /**
   * Name of the Kubernetes secret, when it exists already.
   */
  public readonly secretName?: string;

  /**
   * Key in the Kubernetes secret.
   */
  public readonly key: string;

  /**
   * Where the secret is copied from, when it is.
   */
  public readonly source?: ExternalTokenProps;

  private constructor(secretName: string | undefined, key: string, source: ExternalTokenProps | undefined) {
    this.secretName = secretName;
    this.key = key;
    this.source = source;
  }
}

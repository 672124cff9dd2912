import { Construct } from 'constructs';
import { checked, DNS_LABEL } from '../core/check';
import { addObject } from '../core/manifest';
import { addOwnObject } from '../core/object-overrides';
import type { ObjectOverridesProps } from '../core/object-overrides-props';
import type { GrafanaToken } from './grafana-token';
import type { ExternalSecretManifest, GrafanaManifest } from './types';

/**
 * Properties of ExternalGrafana.
 */
export interface ExternalGrafanaProps extends ObjectOverridesProps {
  /**
   * Name of the Grafana object.
   */
  readonly name: string;

  /**
   * Namespace of the Grafana object and of the secret with the token.
   */
  readonly namespace: string;

  /**
   * URL of the Grafana: `https://` and the endpoint of an Amazon Managed Grafana workspace.
   */
  readonly url: string;

  /**
   * Token of a service account of the Grafana, with the role Admin if it is to have data sources.
   */
  readonly token: GrafanaToken;
}

/**
 * A Grafana that runs elsewhere, such as an Amazon Managed Grafana workspace, made known to the Grafana operator, which then brings
 * folders, data sources and dashboards into it.
 *
 * @see https://grafana.github.io/grafana-operator/docs/
 *
 * @example
 * const grafana = new ExternalGrafana(this, 'grafana', {
 *   name: 'shop',
 *   namespace: 'monitoring',
 *   url: 'https://g-0123456789.grafana-workspace.ap-northeast-2.amazonaws.com',
 *   token: GrafanaToken.external({ secretId: 'grafana/token', secretStore: 'aws', property: 'token' }),
 * });
 * new GrafanaAmpDataSource(this, 'metrics', {
 *   name: 'metrics',
 *   grafana: grafana,
 *   workspace: PrometheusRemoteWriteTarget.ampWorkspace({
 *     region: EnvironmentValue.literal('ap-northeast-2'),
 *     workspaceId: EnvironmentValue.configMapKey({ name: 'amp-workspace', key: 'workspaceId', namespace: 'monitoring' }),
 *   }),
 *   isDefault: true,
 * });
 */
export class ExternalGrafana extends Construct {
  /**
   * Name of the Grafana object.
   */
  public readonly name: string;

  /**
   * Namespace of the Grafana object.
   */
  public readonly namespace: string;

  /**
   * Labels by which folders, data sources and dashboards find it.
   */
  public readonly matchLabels: { [name: string]: string };

  constructor(scope: Construct, id: string, props: ExternalGrafanaProps) {
    super(scope, id);
    const struct = 'ExternalGrafanaProps';
    this.name = checked(`${struct}.name`, props.name, DNS_LABEL);
    this.namespace = checked(`${struct}.namespace`, props.namespace, DNS_LABEL);
    this.matchLabels = { 'eks-sightline.github.io/grafana': this.name };
    const { token } = props;
    const secret = token.secretName ?? `${this.name}-token`;

    if (token.source !== undefined) {
      const { secretId, property, secretStore, clusterStore } = token.source;
      addObject(this, 'token', {
        apiVersion: 'external-secrets.io/v1',
        kind: 'ExternalSecret',
        metadata: { name: secret, namespace: this.namespace },
        spec: {
          // A rotated token is used soon after the old one is gone.
          refreshInterval: '5m',
          secretStoreRef: { name: secretStore, kind: clusterStore ? 'ClusterSecretStore' : 'SecretStore' },
          target: { name: secret, creationPolicy: 'Owner' },
          data: [
            {
              secretKey: token.key,
              remoteRef: { key: secretId, ...(property === undefined ? {} : { property }) },
            },
          ],
        },
      } satisfies ExternalSecretManifest);
    }

    addOwnObject(
      this,
      'grafana',
      {
        apiVersion: 'grafana.integreatly.org/v1beta1',
        kind: 'Grafana',
        metadata: { name: this.name, namespace: this.namespace, labels: this.matchLabels },
        spec: {
          external: {
            url: checked(`${struct}.url`, props.url, {
              matches: /^https:\/\/[^\s/]+$/,
              allowed: '"https://" and a host name, without a slash at the end',
              mend: 'The endpoint of a workspace is a host name: put "https://" in front.',
            }),
            apiKey: { name: secret, key: token.key },
          },
        },
      } satisfies GrafanaManifest,
      struct,
      props,
      ['spec/external/admin'],
    );
  }
}

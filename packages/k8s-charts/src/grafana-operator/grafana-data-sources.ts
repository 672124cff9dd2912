import { Construct } from 'constructs';
import { AWS_REGION, checked } from '../core/check';
import { checkReadableFrom } from '../core/environment';
import { addOwnObject } from '../core/object-overrides';
import type { PrometheusRemoteWriteTarget } from '../metrics/prometheus-remote-write-target';
import { content, TITLE, UID } from './content';
import type { GrafanaContentProps } from './grafana-content-props';
import type { GrafanaDatasourceManifest } from './types';

/**
 * What all data sources have.
 */
export interface GrafanaDataSourceProps extends GrafanaContentProps {
  /**
   * UID of the data source, by which dashboards name it. It cannot be changed.
   *
   * @default - the name of the object
   */
  readonly uid?: string;

  /**
   * Name of the data source, as people see it.
   *
   * @default - the name of the object
   */
  readonly title?: string;

  /**
   * Use it where a panel names no data source.
   *
   * @default false
   */
  readonly isDefault?: boolean;
}

/**
 * Properties of GrafanaAmpDataSource.
 */
export interface GrafanaAmpDataSourceProps extends GrafanaDataSourceProps {
  /**
   * The workspace, as collectors write to it. Its region must be known; its id may be in a ConfigMap of the object's namespace.
   */
  readonly workspace: PrometheusRemoteWriteTarget;

  /**
   * Take the plugin for Prometheus that is part of Grafana, for workspaces of Amazon Managed Grafana before version 12. Later ones
   * sign requests with the plugin for Amazon Managed Service for Prometheus only.
   *
   * @default false
   */
  readonly corePlugin?: boolean;
}

/**
 * A workspace of Amazon Managed Service for Prometheus as a data source, read with the role of the Grafana workspace.
 *
 * The id of a workspace that ACK makes is taken at run time from the ConfigMap into which it is exported.
 */
export class GrafanaAmpDataSource extends Construct {
  /**
   * UID of the data source, as dashboards name it.
   */
  public readonly uid: string;

  constructor(scope: Construct, id: string, props: GrafanaAmpDataSourceProps) {
    super(scope, id);
    const struct = 'GrafanaAmpDataSourceProps';
    const { metadata, selector } = content(struct, props);
    const { region, workspaceId, dnsSuffix } = props.workspace;
    checkReadableFrom(metadata.namespace, `${struct}.workspace.workspaceId`, workspaceId);
    if (region.literalValue === undefined) {
      throw new Error(
        `${struct}.workspace.region: got a key of ConfigMap "${region.source?.name}", allowed: EnvironmentValue.literal. ` +
          'Give the region itself: the data source names it in two places.',
      );
    }
    const { source } = workspaceId;
    const workspace = source === undefined ? workspaceId.literalValue : `\${${source.key}}`;
    this.uid = checked(`${struct}.uid`, props.uid ?? props.name, UID);
    addOwnObject(
      this,
      'data-source',
      {
        apiVersion: 'grafana.integreatly.org/v1beta1',
        kind: 'GrafanaDatasource',
        metadata,
        spec: {
          ...selector,
          uid: this.uid,
          datasource: {
            ...common(struct, props),
            type: props.corePlugin ? 'prometheus' : 'grafana-amazonprometheus-datasource',
            url: `https://aps-workspaces.${region.literalValue}.${dnsSuffix}/workspaces/${workspace}`,
            jsonData: {
              httpMethod: 'POST',
              sigV4Auth: true,
              // What Grafana's form calls "Workspace IAM role".
              sigV4AuthType: 'ec2_iam_role',
              sigV4Region: region.literalValue,
              // With a small v, unlike the others.
              sigv4Service: 'aps',
            },
          },
          ...(source === undefined
            ? {}
            : {
                valuesFrom: [
                  { targetPath: 'url', valueFrom: { configMapKeyRef: { name: source.name, key: source.key } } },
                ],
              }),
        },
      } satisfies GrafanaDatasourceManifest,
      struct,
      props,
      OTHER_ACCESS,
    );
  }
}

/**
 * Properties of GrafanaCloudWatchDataSource.
 */
export interface GrafanaCloudWatchDataSourceProps extends GrafanaDataSourceProps {
  /**
   * Region that is read unless a query names another.
   */
  readonly region: string;
}

/**
 * CloudWatch, its logs included, as a data source, read with the role of the Grafana workspace.
 */
export class GrafanaCloudWatchDataSource extends Construct {
  /**
   * UID of the data source, as dashboards name it.
   */
  public readonly uid: string;

  constructor(scope: Construct, id: string, props: GrafanaCloudWatchDataSourceProps) {
    super(scope, id);
    const struct = 'GrafanaCloudWatchDataSourceProps';
    const { metadata, selector } = content(struct, props);
    this.uid = checked(`${struct}.uid`, props.uid ?? props.name, UID);
    addOwnObject(
      this,
      'data-source',
      {
        apiVersion: 'grafana.integreatly.org/v1beta1',
        kind: 'GrafanaDatasource',
        metadata,
        spec: {
          ...selector,
          uid: this.uid,
          datasource: {
            ...common(struct, props),
            type: 'cloudwatch',
            jsonData: {
              authType: 'ec2_iam_role',
              defaultRegion: checked(`${struct}.region`, props.region, AWS_REGION),
            },
          },
        },
      } satisfies GrafanaDatasourceManifest,
      struct,
      props,
      OTHER_ACCESS,
    );
  }
}

/** Fields by which a data source would ask another place, or as somebody else. */
const OTHER_ACCESS = [
  'valuesFrom',
  'datasource/url',
  'datasource/user',
  'datasource/basicAuth',
  'datasource/secureJsonData',
  ...[
    'assumeRoleArn',
    'endpoint',
    'externalId',
    'profile',
    'sigV4AssumeRoleArn',
    'sigV4ExternalId',
    'sigV4Profile',
  ].map((field) => `datasource/jsonData/${field}`),
].map((field) => `spec/${field}`);

function common(struct: string, props: GrafanaDataSourceProps) {
  return {
    name: checked(`${struct}.title`, props.title ?? props.name, TITLE),
    access: 'proxy',
    isDefault: props.isDefault ?? false,
    // What is changed by hand would be undone.
    editable: false,
  } as const;
}

import { type RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { GrafanaContentProps } from './content-props';
import { GrafanaContentProvider } from './provider';
import type { GrafanaSource } from './source';
import { validateTitle, validateUid } from './uid';

/**
 * Properties of a `GrafanaWorkspaceDataSource`.
 */
export interface GrafanaWorkspaceDataSourceProps extends GrafanaContentProps {
  /**
   * UID of the data source, by which dashboards name it: 1 to 40 letters, digits or any of `- _`. Another one makes
   * another data source.
   */
  readonly uid: string;

  /** What it reads. */
  readonly source: GrafanaSource;

  /**
   * Name of the data source, as people see it; unique in the workspace.
   *
   * @default - its UID
   */
  readonly name?: string;

  /**
   * Whether it is taken where a panel names no data source.
   *
   * @default false
   */
  readonly isDefault?: boolean;

  /**
   * Whether to take over a data source with this UID that somebody else has made, instead of failing. It is then
   * deleted with the stack.
   *
   * @default false
   */
  readonly adoptExisting?: boolean;

  /**
   * What happens to the data source when it leaves the stack.
   *
   * @default RemovalPolicy.DESTROY
   */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * A data source of a Grafana workspace, with a UID that dashboards can rely on, and the grants that it needs.
 *
 * @see https://grafana.com/docs/grafana/latest/developers/http_api/data_source/
 *
 * @example
 * declare const grafana: IGrafanaWorkspace;
 * declare const metrics: IPrometheusWorkspace;
 *
 * new GrafanaWorkspaceDataSource(this, 'MetricsSource', {
 *   workspace: grafana,
 *   uid: 'amp',
 *   name: 'Metrics of tictactoe',
 *   source: GrafanaSource.prometheusWorkspace(metrics),
 *   isDefault: true,
 * });
 */
export class GrafanaWorkspaceDataSource extends Construct {
  /** UID of the data source, known when it has been made. */
  public readonly uid: string;

  constructor(scope: Construct, id: string, props: GrafanaWorkspaceDataSourceProps) {
    super(scope, id);
    const { workspace, uid, name = uid, isDefault = false, adoptExisting = false } = props;
    validateUid(this, uid);
    validateTitle(this, 'name', name);
    const { type, url, jsonData } = props.source._bind(this, workspace);
    const provider = props.provider ?? GrafanaContentProvider._ofStack(this);
    provider._claim(this, workspace, 'uid', 'the UID of a data source', uid);
    const resource = provider._resource(
      this,
      'DataSource',
      workspace,
      {
        ServiceAccount: provider._serviceAccount(workspace),
        Uid: uid,
        // As text: CloudFormation would make strings of booleans and numbers.
        Definition: Stack.of(this).toJsonString({ name, type, url, access: 'proxy', isDefault, jsonData }),
        AdoptExisting: String(adoptExisting),
      },
      props.removalPolicy,
    );
    this.uid = resource.getAttString('Uid');
  }
}

import { Names, type RemovalPolicy } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { GrafanaContentProps } from './content-props';
import { GrafanaContentProvider } from './provider';
import { validateTitle, validateUid } from './uid';

/**
 * Properties of a `GrafanaWorkspaceFolder`.
 */
export interface GrafanaWorkspaceFolderProps extends GrafanaContentProps {
  /** Title of the folder, as people see it; unique where it is. */
  readonly title: string;

  /**
   * UID of the folder, 1 to 40 letters, digits or any of `- _`. Another one makes another folder.
   *
   * @default - made of the construct's path
   */
  readonly uid?: string;

  /**
   * The folder that it is in, for workspaces of Grafana 12 or newer.
   *
   * @default - at the top level
   */
  readonly parent?: GrafanaWorkspaceFolder;

  /**
   * Whether to take over a folder with this UID that somebody else has made, instead of failing. It is then deleted
   * with the stack.
   *
   * @default false
   */
  readonly adoptExisting?: boolean;

  /**
   * What happens to the folder when it leaves the stack. Grafana deletes a folder with all that is in it; so one that
   * holds something else than what the stack made is not deleted, and the deletion fails.
   *
   * @default RemovalPolicy.DESTROY
   */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * A folder of dashboards in a Grafana workspace.
 *
 * @see https://grafana.com/docs/grafana/latest/developers/http_api/folder/
 *
 * @example
 * declare const grafana: IGrafanaWorkspace;
 *
 * const games = new GrafanaWorkspaceFolder(this, 'Games', { workspace: grafana, title: 'Games', uid: 'games' });
 */
export class GrafanaWorkspaceFolder extends Construct {
  /** UID of the folder, known when it has been made. */
  public readonly uid: string;

  constructor(scope: Construct, id: string, props: GrafanaWorkspaceFolderProps) {
    super(scope, id);
    const { workspace, title, parent, adoptExisting = false } = props;
    const uid = props.uid ?? Names.uniqueResourceName(this, { maxLength: 40, separator: '-' }).toLowerCase();
    validateUid(this, uid);
    validateTitle(this, 'title', title);
    const provider = props.provider ?? GrafanaContentProvider._ofStack(this);
    provider._claim(this, workspace, 'uid', 'the UID of a folder', uid);
    const resource = provider._resource(
      this,
      'Folder',
      workspace,
      {
        ServiceAccount: provider._serviceAccount(workspace),
        Uid: uid,
        Title: title,
        ParentUid: parent?.uid,
        AdoptExisting: String(adoptExisting),
      },
      props.removalPolicy,
    );
    this.uid = resource.getAttString('Uid');
  }
}

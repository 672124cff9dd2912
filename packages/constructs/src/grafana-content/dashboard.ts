import { readFileSync } from 'node:fs';
import { type RemovalPolicy, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { Construct } from 'constructs';
import { invalidProp } from '../private/errors';
import type { GrafanaContentProps } from './content-props';
import type { GrafanaWorkspaceFolder } from './folder';
import { GrafanaContentProvider } from './provider';
import { validateUid } from './uid';

/**
 * Properties of a `GrafanaWorkspaceDashboard`.
 */
export interface GrafanaWorkspaceDashboardProps extends GrafanaContentProps {
  /**
   * File with the JSON model of the dashboard, as Grafana exports it or a library renders it; its name ends in `.json`.
   * Relative to the working directory. It becomes an asset, so its size is no matter.
   */
  readonly file: string;

  /**
   * UID of the dashboard, which is a part of its URL: 1 to 40 letters, digits or any of `- _`. Another one makes
   * another dashboard.
   *
   * @default - the one in the file
   */
  readonly uid?: string;

  /**
   * The folder that it is in.
   *
   * @default - at the top level
   */
  readonly folder?: GrafanaWorkspaceFolder;

  /**
   * Whether to take over a dashboard with this UID that somebody else has made, instead of failing. It is then deleted
   * with the stack.
   *
   * @default false
   */
  readonly adoptExisting?: boolean;

  /**
   * What happens to the dashboard when it leaves the stack.
   *
   * @default RemovalPolicy.DESTROY
   */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * A dashboard of a Grafana workspace.
 *
 * What somebody changes in Grafana stays until the file changes; then the file wins. Grafana keeps the former versions.
 *
 * @see https://grafana.com/docs/grafana/latest/developers/http_api/dashboard/
 *
 * @example
 * declare const grafana: IGrafanaWorkspace;
 *
 * const games = new GrafanaWorkspaceFolder(this, 'Games', { workspace: grafana, title: 'Games' });
 * new GrafanaWorkspaceDashboard(this, 'Game', {
 *   workspace: grafana,
 *   folder: games,
 *   file: 'dashboards/tictactoe.json',
 * });
 */
export class GrafanaWorkspaceDashboard extends Construct {
  /** UID of the dashboard, known when it has been made. */
  public readonly uid: string;

  /** Where people find the dashboard: the URL of the workspace, `/d/` and the UID. */
  public readonly url: string;

  constructor(scope: Construct, id: string, props: GrafanaWorkspaceDashboardProps) {
    super(scope, id);
    const { workspace, file, folder, adoptExisting = false } = props;
    const uid = props.uid ?? uidIn(this, file);
    validateModel(this, file);
    validateUid(this, uid);
    const provider = props.provider ?? GrafanaContentProvider._ofStack(this);
    provider._claim(this, workspace, 'uid', 'the UID of a dashboard', uid);
    const asset = new Asset(this, 'Asset', { path: file });
    // Names of assets are hashes of their content. Not this one alone: when a deployment is rolled back, the one before
    // is read.
    const access = provider._policy(
      'Assets',
      new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [asset.bucket.arnForObjects('*.json')] }),
    );
    const resource = provider._resource(
      this,
      'Dashboard',
      workspace,
      {
        ServiceAccount: provider._serviceAccount(workspace),
        Uid: uid,
        Bucket: asset.s3BucketName,
        Key: asset.s3ObjectKey,
        FolderUid: folder?.uid,
        AdoptExisting: String(adoptExisting),
      },
      props.removalPolicy,
      [access],
    );
    this.uid = resource.getAttString('Uid');
    this.url = `${workspace.workspaceUrl}/d/${this.uid}`;
  }
}

function modelIn(scope: Construct, file: string): Record<string, unknown> {
  let model: unknown;
  try {
    model = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw invalidProp(scope, {
      prop: 'file',
      got: file,
      allowed: 'a file of JSON',
      mend: `${(error as Error).message}. The path is relative to the working directory.`,
    });
  }
  return model !== null && typeof model === 'object' ? (model as Record<string, unknown>) : {};
}

function validateModel(scope: Construct, file: string): void {
  const model = modelIn(scope, file);
  if (!file.endsWith('.json')) {
    throw invalidProp(scope, { prop: 'file', got: file, allowed: 'a name that ends in .json', mend: 'Rename it.' });
  }
  if (typeof model.title !== 'string' || model.title === '') {
    throw invalidProp(scope, {
      prop: 'file',
      got: file,
      allowed: 'the JSON model of a dashboard, which has a title',
      mend:
        'dashboard' in model
          ? 'The file holds what the HTTP API answers: give what is inside of its field dashboard.'
          : 'Export it in Grafana by Share, Export.',
    });
  }
}

function uidIn(scope: Construct, file: string): string {
  const { uid } = modelIn(scope, file);
  if (typeof uid !== 'string' || uid === '' || Token.isUnresolved(uid)) {
    throw invalidProp(scope, {
      prop: 'uid',
      got: uid,
      allowed: `given, because ${file} has none`,
      mend: 'With a UID of its own the dashboard keeps its URL.',
    });
  }
  return uid;
}

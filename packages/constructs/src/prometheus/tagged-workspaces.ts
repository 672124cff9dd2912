import { Resource } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { formatArn } from '../private/region';
import { validateTags } from '../private/tags';
import type { IPrometheusAccess } from './access';
import { INGEST_ACTIONS, QUERY_ACTIONS, REMOTE_WRITE_ACTIONS } from './actions';

/**
 * How to recognise a workspace that has no id yet when the templates are synthesized.
 */
export interface PrometheusWorkspaceTagAttributes {
  /**
   * Tags of the workspace, all of which must be on it: `{ 'sightline-overlay': 'dev' }`.
   *
   * Keys must be known at synth. Values are compared literally.
   */
  readonly tags: { [key: string]: string };

  /**
   * Region of the workspace.
   *
   * @default - the region of the stack
   */
  readonly region?: string;

  /**
   * Account of the workspace.
   *
   * @default - the account of the stack
   */
  readonly account?: string;
}

/** The workspaces of one account and region that bear given tags. Made by `PrometheusWorkspace.fromWorkspaceTags`. */
export class TaggedWorkspaces extends Resource implements IPrometheusAccess {
  private readonly tags: Record<string, string>;

  constructor(scope: Construct, id: string, attrs: PrometheusWorkspaceTagAttributes) {
    super(scope, id, { region: attrs.region, account: attrs.account });
    validateTags(this, 'tags', attrs.tags);
    this.tags = attrs.tags;
  }

  public grantRemoteWrite(grantee: iam.IGrantable): iam.Grant {
    return this.grantTagged(grantee, REMOTE_WRITE_ACTIONS);
  }

  public grantIngest(grantee: iam.IGrantable): iam.Grant {
    return this.grantTagged(grantee, INGEST_ACTIONS);
  }

  public grantQuery(grantee: iam.IGrantable): iam.Grant {
    return this.grantTagged(grantee, QUERY_ACTIONS);
  }

  private grantTagged(grantee: iam.IGrantable, actions: string[]): iam.Grant {
    return iam.Grant.addToPrincipal({
      grantee,
      actions,
      resourceArns: [
        formatArn(this, {
          service: 'aps',
          region: this.env.region,
          account: this.env.account,
          resource: 'workspace',
          resourceName: '*',
        }),
      ],
      conditions: {
        StringEquals: Object.fromEntries(
          Object.entries(this.tags).map(([key, value]) => [`aws:ResourceTag/${key}`, value]),
        ),
      },
    });
  }
}

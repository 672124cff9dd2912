import type { Resource } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';

/**
 * The role of a workspace that exists, when only its account is known: what is granted becomes a warning.
 *
 * Without the account, a grant on a resource with a policy of its own would try to name this role in that policy.
 */
export class UnknownRole extends iam.UnknownPrincipal {
  /** Account of the role: that of the workspace. */
  public readonly principalAccount: string;

  constructor(workspace: Resource) {
    super({ resource: workspace });
    this.principalAccount = workspace.env.account;
  }
}

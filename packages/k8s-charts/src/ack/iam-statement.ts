/**
 * A statement of a policy that allows something.
 */
export interface IamStatement {
  /**
   * Actions, such as `aps:RemoteWrite`. Wildcards are refused.
   */
  readonly actions: string[];

  /**
   * ARNs of the resources, or `*` for actions that know no resources.
   */
  readonly resources: string[];

  /**
   * Conditions by operator, with the values by key, such as `StringEquals` with `aws:ResourceTag/env` and `dev`.
   *
   * @default - none
   */
  readonly conditions?: { [operator: string]: { [key: string]: string } };
}

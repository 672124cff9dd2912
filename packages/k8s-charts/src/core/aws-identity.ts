import { checked } from './check';

/**
 * As whom the pods of a component call AWS.
 */
export class AwsIdentity {
  /**
   * IAM roles for service accounts: the service account carries the role's ARN, and the role's trust policy names the
   * service account (`sub`) of this cluster's OIDC issuer.
   *
   * @param roleArn `arn:<partition>:iam::<account>:role/<name>`
   */
  public static role(roleArn: string): AwsIdentity {
    checked('AwsIdentity.role', roleArn, {
      matches: /^arn:aws(-[a-z]+)*:iam::\d{12}:role\/[\w+=,.@/-]+$/,
      allowed: 'an ARN "arn:<partition>:iam::<12-digit account>:role/<name>"',
      mend: 'Give the ARN of the role, not its name and not the ARN of a policy or an instance profile.',
    });
    return new AwsIdentity(roleArn);
  }

  /**
   * EKS Pod Identity: an association outside of the manifests joins service account and role, and the manifests say
   * nothing about it. Needs the EKS Pod Identity Agent on the nodes.
   */
  public static podIdentity(): AwsIdentity {
    return new AwsIdentity(undefined);
  }

  /**
   * ARN of the role, when the service account names it.
   */
  public readonly roleArn?: string;

  private constructor(roleArn: string | undefined) {
    this.roleArn = roleArn;
  }
}

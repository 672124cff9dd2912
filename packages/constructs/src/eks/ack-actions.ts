/*
 * The calls that ACK's controllers make for each kind, read on 2026-11-22 from their sources (folder pkg/resource), and which of
 * them take a resource or a condition, from the service authorization reference:
 *
 * https://github.com/aws-controllers-k8s/prometheusservice-controller (2026-04-22)
 * https://github.com/aws-controllers-k8s/cloudwatchlogs-controller (2026-08-13)
 * https://github.com/aws-controllers-k8s/iam-controller (2026-08-18)
 * https://github.com/aws-controllers-k8s/eks-controller (2026-08-20)
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */

export const WORKSPACE_CREATE = ['aps:CreateWorkspace'];
export const WORKSPACE_TAG = ['aps:TagResource'];
export const WORKSPACE = ['aps:DescribeWorkspace', 'aps:UpdateWorkspaceAlias'];
export const WORKSPACE_DELETE = ['aps:DeleteWorkspace'];

export const ALERT_MANAGER = [
  'aps:CreateAlertManagerDefinition',
  'aps:DescribeAlertManagerDefinition',
  'aps:PutAlertManagerDefinition',
];
export const ALERT_MANAGER_DELETE = ['aps:DeleteAlertManagerDefinition'];

export const LOGGING = [
  'aps:CreateLoggingConfiguration',
  'aps:DescribeLoggingConfiguration',
  'aps:UpdateLoggingConfiguration',
];
export const LOGGING_DELETE = ['aps:DeleteLoggingConfiguration'];

/** What AMP asks of whoever configures logging; none takes a resource. */
export const LOG_DELIVERY = [
  'logs:CreateLogDelivery',
  'logs:DescribeLogGroups',
  'logs:DescribeResourcePolicies',
  'logs:PutResourcePolicy',
];

export const RULES = [
  'aps:CreateRuleGroupsNamespace',
  'aps:DescribeRuleGroupsNamespace',
  'aps:PutRuleGroupsNamespace',
  'aps:TagResource',
];
export const RULES_DELETE = ['aps:DeleteRuleGroupsNamespace'];

export const LOG_GROUP = [
  'logs:CreateLogGroup',
  'logs:DeleteRetentionPolicy',
  'logs:DescribeSubscriptionFilters',
  'logs:ListTagsForResource',
  'logs:PutRetentionPolicy',
  'logs:TagResource',
  'logs:UntagResource',
];
export const LOG_GROUP_DELETE = ['logs:DeleteLogGroup'];
export const LOG_GROUP_LIST = ['logs:DescribeLogGroups'];

export const ROLE = [
  'iam:GetRole',
  'iam:GetRolePolicy',
  'iam:ListAttachedRolePolicies',
  'iam:ListRolePolicies',
  'iam:ListRoleTags',
  'iam:TagRole',
  'iam:UntagRole',
  'iam:UpdateAssumeRolePolicy',
  'iam:UpdateRole',
];

/** What decides on the power of a role; all of them know the condition on its permissions boundary. */
export const ROLE_POWER = [
  'iam:AttachRolePolicy',
  'iam:CreateRole',
  'iam:DeleteRolePolicy',
  'iam:DetachRolePolicy',
  'iam:PutRolePolicy',
];
export const ROLE_BOUNDARY = ['iam:PutRolePermissionsBoundary'];
export const ROLE_DELETE = ['iam:DeleteRole'];

export const POLICY = [
  'iam:CreatePolicy',
  'iam:CreatePolicyVersion',
  'iam:DeletePolicyVersion',
  'iam:GetPolicy',
  'iam:GetPolicyVersion',
  'iam:ListPolicyTags',
  'iam:ListPolicyVersions',
  'iam:TagPolicy',
  'iam:UntagPolicy',
];
export const POLICY_DELETE = ['iam:DeletePolicy'];

export const ASSOCIATION_CREATE = ['eks:CreatePodIdentityAssociation', 'eks:ListPodIdentityAssociations'];
export const ASSOCIATION = [
  'eks:DescribePodIdentityAssociation',
  'eks:TagResource',
  'eks:UntagResource',
  'eks:UpdatePodIdentityAssociation',
];
export const ASSOCIATION_DELETE = ['eks:DeletePodIdentityAssociation'];
export const PASS_ROLE = ['iam:GetRole', 'iam:PassRole'];

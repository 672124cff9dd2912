import { example } from '../example';
import { METRICS } from '../examples/metrics';
import { EXAMPLE_ISSUER } from '../examples/parts';
import { type BreakRules, breakRule } from './break-rule';

/** Whether a pod is who AWS expects, and may do what it does. */
export const identity = {
  'service-account-exists': breakRule({
    id: 'identity/missing-service-account',
    summary: 'a pod runs as a service account that does not exist',
    why: 'the API server refuses to make the pods, so nothing is collected at all',
    help: 'declare the service account in the namespace of the pod',
    example: example(METRICS, {
      file: 'collector.yaml',
      good: 'serviceAccountName: meter',
      bad: 'serviceAccountName: metre',
    }),
  }),
  'service-account-has-role': breakRule({
    id: 'identity/no-role',
    summary: 'a service account that needs AWS names no IAM role',
    why: 'without a role the pod has only the rights of its node, and the first call to AWS is refused',
    help: 'annotate the account with eks.amazonaws.com/role-arn, or make a Pod Identity association',
    example: example(METRICS, {
      file: 'collector.yaml',
      good: 'eks.amazonaws.com/role-arn',
      bad: 'eks.amazonaws.com/rolearn',
    }),
  }),
  'role-exists': breakRule({
    id: 'identity/missing-role',
    summary: 'a service account names a role that does not exist',
    why: 'STS answers AccessDenied to sts:AssumeRoleWithWebIdentity, and nothing is written',
    help: 'name the ARN of the role as its template makes it: account, path and name',
    example: example(METRICS, { file: 'collector.yaml', good: 'role/Meter', bad: 'role/Meters' }),
  }),
  'role-is-not-assumed-twice': breakRule({
    id: 'identity/self-assumed-role',
    summary: 'a collector assumes the role that it already has',
    why: 'a role does not trust itself unless its trust policy says so; STS answers AccessDenied',
    help: 'leave the role out of the collector: the service account gives it',
    example: example(METRICS, {
      file: 'collector.yaml',
      good: '          region = "eu-west-1"\n',
      bad: '          region   = "eu-west-1"\n          role_arn = "arn:aws:iam::111122223333:role/Meter"\n',
    }),
  }),
  'trust-names-provider-of-account': breakRule({
    id: 'identity/foreign-provider',
    summary: 'a role trusts an OIDC provider of another account',
    why: "the cluster's tokens come from a provider of its own account; STS answers AccessDenied",
    help: 'trust the provider of the account that the role is in',
    example: example(METRICS, {
      file: 'role.template.yaml',
      good: 'iam::111122223333:oidc',
      bad: 'iam::444455556666:oidc',
    }),
  }),
  'trust-names-issuer-of-cluster': breakRule({
    id: 'identity/foreign-issuer',
    summary: "a role trusts another cluster's issuer",
    why: 'the token is of another issuer than the one that is trusted; STS answers AccessDenied',
    help: "use the cluster's issuer in the provider's ARN and in every condition key",
    example: example(METRICS, {
      file: 'role.template.yaml',
      good: `oidc-provider/${EXAMPLE_ISSUER}`,
      bad: 'oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF',
    }),
  }),
  'trust-names-subject': breakRule({
    id: 'identity/untrusted-subject',
    summary: 'a role trusts another service account than the one the pod runs as',
    why: 'namespace and name in the subject must be those of the pod; STS answers AccessDenied',
    help: 'make the subject system:serviceaccount:<namespace>:<service account> of the pod',
    example: example(METRICS, { file: 'role.template.yaml', good: 'observe:meter', bad: 'observe:agent' }),
  }),
  'trust-wildcard-works': breakRule({
    id: 'identity/literal-wildcard',
    summary: 'a trust policy has a wildcard where wildcards do not work',
    why: 'StringEquals takes * as a letter, so no subject ever matches; STS answers AccessDenied',
    help: 'use StringLike for patterns',
    example: example(METRICS, { file: 'role.template.yaml', good: 'observe:meter', bad: 'observe:*' }),
  }),
  'trust-checks-subject': breakRule({
    id: 'identity/unchecked-subject',
    summary: 'a trust policy does not check the subject',
    why: 'every pod of the cluster can take the role, not only the collector',
    help: 'demand <issuer>:sub = system:serviceaccount:<namespace>:<service account>',
    example: example(METRICS, {
      file: 'role.template.yaml',
      good: `                ${EXAMPLE_ISSUER}:sub: system:serviceaccount:observe:meter\n`,
      bad: '',
    }),
  }),
  'trust-checks-audience': breakRule({
    id: 'identity/unchecked-audience',
    summary: 'a trust policy does not check the audience',
    why: 'a token that was made for another service is as good as one made for STS',
    help: 'demand <issuer>:aud = sts.amazonaws.com',
    example: example(METRICS, {
      file: 'role.template.yaml',
      good: `                ${EXAMPLE_ISSUER}:aud: sts.amazonaws.com\n`,
      bad: '',
    }),
  }),
  'trust-names-audience': breakRule({
    id: 'identity/wrong-audience',
    summary: 'a trust policy wants another audience than the token has',
    why: 'STS answers AccessDenied',
    help: 'demand sts.amazonaws.com, or annotate the account with eks.amazonaws.com/audience',
    example: example(METRICS, {
      file: 'role.template.yaml',
      good: 'sts.amazonaws.com\n',
      bad: 'pods.eks.amazonaws.com\n',
    }),
  }),
  'trust-allows-web-identity': breakRule({
    id: 'identity/no-web-identity',
    summary: 'a role does not let pods assume it',
    why: "a pod comes with a token of the cluster's OIDC provider; STS answers AccessDenied",
    help: 'allow sts:AssumeRoleWithWebIdentity to the OIDC provider of the cluster',
    example: example(METRICS, {
      file: 'role.template.yaml',
      good: 'sts:AssumeRoleWithWebIdentity',
      bad: 'sts:AssumeRole',
    }),
  }),
  'trust-allows-pod-identity': breakRule({
    id: 'identity/no-pod-identity',
    summary: 'a role does not let EKS Pod Identity assume it',
    why: 'the agent cannot get credentials, so the pod has none',
    help: 'allow pods.eks.amazonaws.com both sts:AssumeRole and sts:TagSession',
    example: example(
      METRICS,
      {
        file: 'role.template.yaml',
        good: '  Meter:\n',
        bad: '  Association:\n    Type: AWS::EKS::PodIdentityAssociation\n    Properties:\n      ClusterName: shop-dev\n      Namespace: observe\n      ServiceAccount: meter\n      RoleArn: arn:aws:iam::111122223333:role/Meter\n  Meter:\n',
      },
      {
        file: 'collector.yaml',
        good: '  annotations:\n    eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:role/Meter\n',
        bad: '',
      },
    ),
  }),
  'policy-grants-action': breakRule({
    id: 'identity/missing-action',
    summary: 'a role is not allowed what the collector does with it',
    why: 'AWS answers AccessDenied to every write',
    help: 'allow the action on the ARN that is written to',
    example: example(METRICS, { file: 'role.template.yaml', good: 'aps:RemoteWrite', bad: 'aps:QueryMetrics' }),
  }),
  'policy-names-resource': breakRule({
    id: 'identity/other-resource',
    summary: 'a role may write, but not there',
    why: 'AWS answers AccessDenied to every write',
    help: 'allow the action on the ARN that is written to',
    example: example(METRICS, {
      file: 'role.template.yaml',
      good: 'workspace/*',
      bad: 'workspace/ws-01234567-89ab-cdef-0123-456789abcdef',
    }),
  }),
  'policy-conditions-hold': breakRule({
    id: 'identity/unmet-condition',
    summary: 'a condition of a policy does not hold',
    why: 'a statement whose condition fails grants nothing; AWS answers AccessDenied',
    help: 'make both sides of the condition agree',
    example: example(METRICS, {
      file: 'role.template.yaml',
      good: 'aws:ResourceTag/stage: dev',
      bad: 'aws:ResourceTag/stage: prod',
    }),
  }),
  'policy-does-not-deny': breakRule({
    id: 'identity/explicit-deny',
    summary: 'a policy denies what the collector does',
    why: 'a deny wins over every allow; AWS answers AccessDenied',
    help: 'narrow the deny',
    example: example(METRICS, {
      file: 'role.template.yaml',
      good: '              - Effect: Allow\n                Action: aps:RemoteWrite\n',
      bad: "              - {Effect: Deny, Action: 'aps:*', Resource: '*'}\n              - Effect: Allow\n                Action: aps:RemoteWrite\n",
    }),
  }),
} satisfies BreakRules;

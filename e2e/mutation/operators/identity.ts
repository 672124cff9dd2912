import { all, type Operator, remove, replace, set, where } from '../operator';
import type { Thing, Yard } from '../yard';

const role = 'AWS::IAM::Role';
const policy = 'AWS::IAM::Policy';
const trust = ['Properties', 'AssumeRolePolicyDocument', 'Statement', '*'];
const grants = ['Properties', 'PolicyDocument', 'Statement', '*'];
const annotation = ['metadata', 'annotations', 'eks.amazonaws.com/role-arn'];

/** Roles and policies of pods; what Grafana reads with is another matter. */
const ofPods = (thing: Thing, yard: Yard) => {
  const text = JSON.stringify(thing.value);
  const roles = yard.of(role).filter((one) => JSON.stringify(one.value).includes(':sub'));
  return thing.kind === role ? text.includes(':sub') : roles.some((one) => text.includes(`"${one.name}"`));
};

/** Renames a key of a map, with its value. */
const renamed = (pattern: readonly string[], key: RegExp, to: (key: string) => string) =>
  set(role, pattern, (map: Record<string, unknown>) => {
    const found = Object.keys(map).find((one) => key.test(one));
    return (
      found && Object.fromEntries(Object.entries(map).map(([one, value]) => [one === found ? to(one) : one, value]))
    );
  });

const operator = (test: string) => [...trust, 'Condition', test];

export const identityOperators: readonly Operator[] = [
  {
    id: 'trust-other-namespace',
    does: 'the trust policy names a service account of another namespace',
    mutations: replace(role, [...operator('StringEquals'), '*'], /^(system:serviceaccount):[^:]+/, '$1:observability'),
  },
  {
    id: 'trust-other-account',
    does: 'the trust policy names another service account',
    mutations: replace(role, [...operator('StringEquals'), '*'], /^(system:serviceaccount:[^:]+):.+$/, '$1:collector'),
  },
  {
    id: 'trust-wildcard-under-equals',
    does: 'the subject has a wildcard, which StringEquals takes literally',
    mutations: replace(role, [...operator('StringEquals'), '*'], /^(system:serviceaccount:[^:]+):.+$/, '$1:*'),
  },
  {
    id: 'trust-subject-form',
    does: 'the subject is not of the form that Kubernetes gives it',
    mutations: replace(role, [...operator('StringEquals'), '*'], /^system:serviceaccount:/, 'serviceaccount:'),
  },
  {
    id: 'trust-other-audience',
    does: 'the trust policy asks for another audience than the webhook gives',
    mutations: replace(role, [...operator('StringEquals'), '*'], /^sts\.amazonaws\.com$/, 'kubernetes.default.svc'),
  },
  {
    id: 'trust-without-audience',
    does: 'the condition on the audience is gone',
    lint: { 'identity/unchecked-audience': 'the condition on the audience is gone' },
    mutations: where(
      ofPods,
      set(role, operator('StringEquals'), (map: Record<string, string>) =>
        Object.fromEntries(Object.entries(map).filter(([key]) => !key.endsWith(':aud'))),
      ),
    ),
  },
  {
    id: 'trust-without-subject',
    does: 'the condition on the subject is gone: every pod may take the role',
    lint: { 'identity/unchecked-subject': 'the condition on the subject is gone' },
    mutations: where(
      ofPods,
      set(role, operator('StringEquals'), (map: Record<string, string>) =>
        Object.fromEntries(Object.entries(map).filter(([key]) => !key.endsWith(':sub'))),
      ),
    ),
  },
  {
    id: 'trust-other-issuer',
    does: 'the provider is that of another cluster',
    mutations: replace(role, [...trust, 'Principal', 'Federated'], /[0-9A-F]{32}$/, 'F00D'.repeat(8)),
  },
  {
    id: 'trust-other-issuer-in-key',
    does: 'the key of the condition on the subject is that of another cluster',
    mutations: renamed(operator('StringEquals'), /:sub$/, (key) => key.replace(/[0-9A-F]{32}/, 'F00D'.repeat(8))),
  },
  {
    id: 'trust-key-misspelt',
    does: 'the key of the condition on the audience is misspelt',
    mutations: renamed(operator('StringEquals'), /:aud$/, (key) => key.replace(':aud', ':audience')),
  },
  {
    id: 'trust-provider-of-another-account',
    does: 'the provider is one of another account',
    mutations: replace(role, [...trust, 'Principal', 'Federated'], /\d{12}/, '444455556666'),
  },
  {
    id: 'trust-other-action',
    does: 'the trust policy allows another way to assume the role',
    mutations: replace(role, [...trust, 'Action'], /^sts:AssumeRoleWithWebIdentity$/, 'sts:AssumeRole'),
  },
  {
    id: 'trust-deny',
    does: 'the trust policy denies',
    mutations: where(ofPods, replace(role, [...trust, 'Effect'], /^Allow$/, 'Deny')),
  },
  {
    id: 'trust-of-pod-identity',
    does: 'the trust policy is one for Pod Identity, without an association',
    mutations: where(
      ofPods,
      set(role, trust, () => ({
        ...{ Action: ['sts:AssumeRole', 'sts:TagSession'], Effect: 'Allow' },
        Principal: { Service: 'pods.eks.amazonaws.com' },
      })),
    ),
  },
  {
    id: 'role-renamed',
    does: 'the role has another name than the service account asks for',
    mutations: where(ofPods, replace(role, ['Properties', 'RoleName'], /$/, '-v2')),
  },
  {
    id: 'annotation-other-role',
    does: 'the service account asks for another role',
    mutations: replace('ServiceAccount', annotation, /role\/.*$/, 'role/Collector'),
  },
  {
    id: 'annotation-other-account',
    does: "the service account asks for another account's role",
    mutations: replace('ServiceAccount', annotation, /\d{12}/, '444455556666'),
  },
  {
    id: 'annotation-no-arn',
    does: "the service account has the role's name instead of its ARN",
    mutations: replace('ServiceAccount', annotation, /^.*role\//, ''),
  },
  {
    id: 'annotation-misspelt',
    does: 'the annotation has another key',
    mutations: set('ServiceAccount', ['metadata', 'annotations'], (map: Record<string, string>) => {
      const { 'eks.amazonaws.com/role-arn': arn, ...rest } = map;
      return arn && { ...rest, 'eks.amazonaws.com/rolearn': arn };
    }),
  },
  {
    id: 'annotation-gone',
    does: 'the service account asks for no role',
    mutations: remove('ServiceAccount', annotation),
  },
  {
    id: 'policy-without-action',
    does: 'an action that the collector needs is not granted',
    mutations: all(
      where(ofPods, replace(policy, [...grants, 'Action'], /RemoteWrite$/, 'QueryMetrics')),
      where(ofPods, replace(policy, [...grants, 'Action', '*'], /PutLogEvents$/, 'GetLogEvents')),
      where(ofPods, replace(policy, [...grants, 'Action', '*'], /CreateLogStream$/, 'DescribeLogStreams')),
    ),
  },
  {
    id: 'policy-other-service',
    does: 'the actions are those of another service',
    mutations: all(
      where(ofPods, replace(policy, [...grants, 'Action'], /^aps:/, 'prometheus:')),
      where(ofPods, replace(policy, [...grants, 'Action', '*'], /^logs:PutLogEvents/, 'cloudwatch:PutLogEvents')),
    ),
  },
  {
    id: 'policy-deny',
    does: 'the policy denies what it should allow',
    mutations: where(ofPods, replace(policy, [...grants, 'Effect'], /^Allow$/, 'Deny')),
  },
  {
    id: 'policy-other-region',
    does: 'the policy names a resource of another region',
    mutations: where(ofPods, replace(policy, [...grants, 'Resource'], /:ap-northeast-2:/, ':us-east-1:')),
  },
  {
    id: 'policy-resource-of-another-account',
    does: 'the policy names a resource of another account',
    mutations: where(ofPods, replace(policy, [...grants, 'Resource'], /:\d{12}:/, ':444455556666:')),
  },
  {
    id: 'policy-other-resource',
    does: 'the policy names another workspace or log group',
    mutations: all(
      where(
        ofPods,
        replace(policy, [...grants, 'Resource'], /workspace\/\*$/, 'workspace/ws-00000000-0000-0000-0000-000000000000'),
      ),
      where(
        ofPods,
        set(policy, [...grants, 'Resource'], (resource: unknown) =>
          typeof resource === 'object' ? 'arn:aws:logs:ap-northeast-2:111122223333:log-group:/eks/other:*' : undefined,
        ),
      ),
    ),
  },
  {
    id: 'policy-group-without-streams',
    does: 'the policy names the log group, but not the streams in it',
    mutations: where(
      ofPods,
      set(policy, [...grants, 'Resource'], (resource: unknown) =>
        typeof resource === 'object' ? 'arn:aws:logs:ap-northeast-2:111122223333:log-group:/eks/tictactoe' : undefined,
      ),
    ),
  },
  {
    id: 'policy-other-tag-value',
    does: 'the condition asks for the tag of another overlay',
    mutations: where(ofPods, replace(policy, [...grants, 'Condition', 'StringEquals', '*'], /^.*$/, 'sandbox')),
  },
  {
    id: 'policy-other-tag-key',
    does: 'the condition asks for a tag that the workspace does not have',
    mutations: where(
      ofPods,
      set(policy, [...grants, 'Condition', 'StringEquals'], (map: Record<string, string>) =>
        Object.fromEntries(
          Object.entries(map).map(([key, value]) => [key.replace('sightline-overlay', 'overlay'), value]),
        ),
      ),
    ),
  },
  {
    id: 'policy-condition-never-true',
    does: 'a condition on the region that no call of the collector meets',
    mutations: where(
      ofPods,
      set(policy, grants, (statement: { Condition?: object }) => ({
        ...statement,
        Condition: { ...statement.Condition, StringLike: { 'aws:RequestedRegion': 'us-*' } },
      })),
    ),
  },
  {
    id: 'policy-of-no-role',
    does: 'the policy is attached to another role',
    mutations: where(
      ofPods,
      set(policy, ['Properties', 'Roles', '*'], () => 'Another'),
    ),
  },
  {
    id: 'policy-gone',
    does: 'the role has no policy',
    mutations: where(ofPods, remove(policy, [])),
  },
  {
    id: 'deny-beside',
    does: 'a further statement denies what the first one allows',
    mutations: where(
      ofPods,
      set(policy, ['Properties', 'PolicyDocument', 'Statement'], (statements: object[]) => [
        ...statements,
        { Action: '*', Effect: 'Deny', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': 'true' } } },
      ]),
    ),
  },
];

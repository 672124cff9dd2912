import type { Chance } from '../cases';
import type { WrittenPolicy } from './policies';

/** A trust policy, and the token that a pod shows to AWS STS. */
export interface TrustCase {
  readonly trust: WrittenPolicy;
  readonly issuer: string;
  readonly namespace: string;
  readonly account: string;
  readonly audience: string;
}

/** The evaluator knows condition keys of few issuers; these stand for those of two clusters. */
const ISSUERS = ['accounts.google.com', 'cognito-identity.amazonaws.com'] as const;
const NAMESPACES = ['monitoring', 'logging'] as const;
const ACCOUNTS = ['grafana-agent', 'fluent-bit', 'Fluent-Bit'] as const;
const AUDIENCES = ['sts.amazonaws.com', 'other'] as const;

export const provider = (issuer: string, account = '111122223333') => `arn:aws:iam::${account}:oidc-provider/${issuer}`;

const ACTIONS = [
  'sts:AssumeRoleWithWebIdentity',
  'sts:AssumeRoleWithWebIdentity',
  'sts:AssumeRoleWithWebIdentity',
  'sts:AssumeRole',
  'sts:AssumeRole*',
  'sts:*',
  'STS:assumerolewithwebidentity',
  'sts:TagSession',
  '*',
];

const SUBJECTS = [
  ...NAMESPACES.flatMap((namespace) => ACCOUNTS.map((account) => `system:serviceaccount:${namespace}:${account}`)),
  'system:serviceaccount:monitoring:*',
  'system:serviceaccount:*:fluent-bit',
  'system:serviceaccount:*',
  'system:serviceaccount:m?nitoring:grafana-agent',
  'system:serviceaccounts:monitoring:grafana-agent',
  '*:grafana-agent',
  '*',
];

const OPERATORS = ['StringEquals', 'StringLike', 'StringNotEquals', 'StringNotLike', 'StringEqualsIgnoreCase'];

export function trustCase(random: Chance): TrustCase {
  return {
    trust: { Version: '2012-10-17', Statement: Array.from({ length: 1 + random.below(2) }, () => statement(random)) },
    issuer: random.pick(ISSUERS),
    namespace: random.pick(NAMESPACES),
    account: random.pick(ACCOUNTS),
    audience: random.pick(AUDIENCES),
  };
}

function statement(random: Chance): WrittenPolicy['Statement'][number] {
  return {
    Effect: random.maybe(0.85) ? 'Allow' : 'Deny',
    Principal: principal(random),
    [random.maybe(0.95) ? 'Action' : 'NotAction']: random.maybe(0.7)
      ? random.pick(ACTIONS)
      : random.some(ACTIONS, 2, 1),
    ...(random.maybe(0.85) && { Condition: conditions(random) }),
  };
}

function principal(random: Chance): unknown {
  const federated = random.maybe(0.9)
    ? ISSUERS.map((issuer) => provider(issuer))
    : [provider(ISSUERS[0], '444455556666')];
  const one = random.pick(federated);
  return random.pick<unknown>([
    { Federated: one },
    { Federated: one },
    { Federated: one },
    { Federated: [one] },
    { Federated: federated },
    { Federated: one, Service: 'pods.eks.amazonaws.com' },
    { Service: 'pods.eks.amazonaws.com' },
    { AWS: 'arn:aws:iam::111122223333:root' },
    { AWS: '111122223333' },
    { AWS: '*' },
    '*',
  ]);
}

function conditions(random: Chance): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  const result: Record<string, Record<string, unknown>> = {};
  const prefix = random.maybe(0.9) ? ISSUERS[0] : ISSUERS[1];
  for (const part of random.pick([['sub'], ['sub', 'aud'], ['sub', 'aud'], ['aud'], []])) {
    const operator = `${random.maybe(0.7) ? random.pick(OPERATORS.slice(0, 2)) : random.pick(OPERATORS)}${random.maybe(0.1) ? 'IfExists' : ''}`;
    const choices = part === 'sub' ? SUBJECTS : [...AUDIENCES, 'sts.amazonaws.com', '*'];
    const values = random.maybe(0.7) ? random.pick(choices) : random.some(choices, 3, 1);
    result[operator] = { ...result[operator], [`${prefix}:${part}`]: values };
  }
  return result;
}

import { join } from 'node:path';
import { succeed } from '../engines/run';
import type { DeployedRole, PolicyDocument } from './cloudformation';

/** A service-account token as STS sees it when a pod exchanges it. */
export interface Token {
  /** With `https://`. */
  readonly issuer: string;
  readonly namespace: string;
  readonly serviceAccount: string;
  /** Undefined for a token without an audience. */
  readonly audience?: string;
}

/** One call that a role makes. */
export interface Call {
  readonly action: string;
  readonly resource: string;
  readonly context?: Readonly<Record<string, string>>;
}

export type Decision = 'Allowed' | 'ImplicitlyDenied' | 'ExplicitlyDenied' | `error: ${string}`;

/**
 * Whether each token may assume the role.
 *
 * The evaluator knows no EKS issuers and ignores their condition keys, so the keys of the issuer that the trust policy names
 * are renamed to those of an issuer that it knows, in policy and token alike; every other issuer's become a third one's.
 */
export function assume(role: DeployedRole, tokens: readonly Token[]): Promise<Decision[]> {
  return simulate(tokens.map((token) => exchange(role, token)));
}

/** What STS is asked when a pod exchanges its token for credentials of the role. */
export function exchange(role: DeployedRole, token: Token): Simulated {
  const trusted = issuerOf(role.trust);
  const [, partition, , , account] = role.arn.split(':');
  const trust = JSON.parse(JSON.stringify(role.trust).replaceAll(`"${trusted}:`, `"${knownIssuer}:`)) as PolicyDocument;
  const issuer = token.issuer.replace(/^https:\/\//, '');
  const prefix = issuer === trusted ? knownIssuer : otherIssuer;
  const subject = `system:serviceaccount:${token.namespace}:${token.serviceAccount}`;
  return {
    principal: `arn:${partition}:iam::${account}:oidc-provider/${issuer}`,
    action: 'sts:AssumeRoleWithWebIdentity',
    resource: role.arn,
    context: { [`${prefix}:sub`]: subject, ...(token.audience ? { [`${prefix}:aud`]: token.audience } : {}) },
    resourcePolicy: trust,
    identityPolicies: [],
  };
}

/** Whether the role may make each call. */
export function permitted(role: DeployedRole, calls: readonly Call[]): Promise<Decision[]> {
  return simulate(calls.map((call) => use(role, call)));
}

/** What a service is asked when the role makes the call. */
export function use(role: DeployedRole, call: Call): Simulated {
  const identityPolicies = role.policies.map((policy, index) => ({ name: `policy-${index}`, policy }));
  return { principal: role.arn, context: {}, ...call, identityPolicies };
}

const knownIssuer = 'accounts.google.com';
const otherIssuer = 'cognito-identity.amazonaws.com';

/** One question to the evaluator. */
export interface Simulated {
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, string | readonly string[]>>;
  readonly identityPolicies: readonly { readonly name: string; readonly policy: PolicyDocument }[];
  readonly resourcePolicy?: PolicyDocument;
}

/** The answers to all questions, by one run of the evaluator. */
export async function simulate(requests: readonly Simulated[]): Promise<Decision[]> {
  const simulations = requests.map(({ principal, action, resource, context, ...policies }) => ({
    request: {
      principal,
      action,
      // What tells no account, such as `*` and objects of Amazon S3, is in the account of whoever asks.
      resource: { resource, accountId: resource.split(':')[4] || (principal.split(':')[4] ?? '') },
      contextVariables: context,
    },
    serviceControlPolicies: [],
    resourceControlPolicies: [],
    ...policies,
  }));
  const evaluator = join(__dirname, 'policy-evaluator.ts');
  const { stdout } = await succeed([join(__dirname, '..', 'node_modules', '.bin', 'tsx'), evaluator], {
    input: JSON.stringify(simulations),
    timeout: 60_000,
  });
  return JSON.parse(stdout) as Decision[];
}

/** The issuer, without `https://`, whose condition keys the trust policy has. */
function issuerOf(trust: PolicyDocument): string {
  const [issuer] =
    /oidc\.eks\.[^":]+/.exec(JSON.stringify(trust.Statement.map((statement) => statement.Condition))) ?? [];
  if (!issuer) {
    throw new Error(`no condition on an EKS issuer in ${JSON.stringify(trust)}`);
  }
  return issuer;
}

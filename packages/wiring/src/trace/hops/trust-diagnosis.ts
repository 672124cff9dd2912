import {
  type Condition,
  describe,
  equal,
  known,
  type Located,
  labelBy,
  labelOf,
  matches,
  type Role,
  type ServiceAccount,
  textOf,
  type Value,
  type Workload,
  type World,
} from '../../model';
import type { Span } from '../../text';
import { type Decision, nearest, type StatementReview } from '../iam';
import type { Break } from '../path';

/** A trust policy, the pod that asks, and what IAM says. */
export interface TrustCase {
  readonly role: Role;
  readonly workload: Workload;
  readonly name: Located<string>;
  readonly account: ServiceAccount | undefined;
  readonly world: World;
  /** Without `https://`. */
  readonly issuer: string;
  readonly subject: Value;
  readonly audience: string;
  readonly decision: Decision;
}

/** Why the role does not trust the pod as it should; `undefined` when it does, or when that cannot be told. */
export function diagnoseTrust(it: TrustCase): Break | undefined {
  const { decision, role } = it;
  if (decision.truth === 'yes') return decision.decisive && unchecked(it, decision.decisive);
  if (decision.truth === 'unknown') return undefined;
  const { decisive } = decision;
  if (decisive) {
    return make(
      it,
      'policy-does-not-deny',
      `${role.trust?.label} denies ${who(it)} explicitly`,
      decisive.statement.span,
    );
  }
  const near = nearest(decision.reviews);
  if (!near || near.action === 'no') {
    const message = `${role.label} does not let anybody call sts:AssumeRoleWithWebIdentity, which ${who(it)} does`;
    return make(it, 'trust-allows-web-identity', message, near?.statement.actions.span ?? role.trust?.span);
  }
  if (near.principal === 'no') return wrongPrincipal(it, near);
  const failed = near.conditions.filter(({ truth }) => truth === 'no').map(({ condition }) => condition);
  const foreign = failed.find(({ key }) => isClaimOf(key) && !isOf(it.issuer, key));
  if (foreign) {
    const other = foreign.key.slice(0, foreign.key.lastIndexOf(':'));
    const message = `${role.label} checks tokens of issuer ${other}, the cluster's issuer is ${it.issuer}`;
    return make(
      it,
      'trust-names-issuer-of-cluster',
      message,
      foreign.keySpan,
      `use the condition key ${it.issuer}:${foreign.key.slice(foreign.key.lastIndexOf(':') + 1)}`,
    );
  }
  const [first] = failed;
  if (!first) return undefined;
  if (first.key.toLowerCase() === `${it.issuer.toLowerCase()}:sub`) return wrongSubject(it, first);
  const span = first.values[0]?.span ?? first.keySpan;
  if (first.key.toLowerCase() === `${it.issuer.toLowerCase()}:aud`) {
    const message = `${role.label} wants audience ${list(first.values)}, the token of ${who(it)} has ${it.audience}`;
    return make(it, 'trust-names-audience', message, span, `write ${it.audience}`);
  }
  return make(
    it,
    'policy-conditions-hold',
    `condition ${first.operator} on ${first.key} of ${role.label} does not hold for ${who(it)}`,
    span,
  );
}

function wrongPrincipal(it: TrustCase, near: StatementReview): Break {
  const { role, world, issuer } = it;
  const members = near.statement.principals?.members ?? [];
  const provider = members.find(({ type }) => type === 'Federated');
  const span = provider?.value.span ?? near.statement.principals?.span ?? near.statement.span;
  const { partition, account } = world.surroundings;
  const expected = `arn:${describe(partition)}:iam::${describe(account)}:oidc-provider/${issuer}`;
  if (!provider) {
    const message = `${role.label} trusts no OIDC provider, and ${who(it)} comes with a token of one`;
    return make(it, 'trust-allows-web-identity', message, span, `trust ${expected}`);
  }
  const sameIssuer = matches(known(`*:oidc-provider/${issuer}`), provider.value, { wildcards: true }) === 'yes';
  if (sameIssuer) {
    const message = `${role.label} trusts ${describe(provider.value)}, a provider of another account; the cluster's account is ${describe(account)}`;
    return make(it, 'trust-names-provider-of-account', message, span, `trust ${expected}`, account.span);
  }
  const message = `${role.label} trusts ${describe(provider.value)}, the cluster's issuer is ${issuer}`;
  return make(it, 'trust-names-issuer-of-cluster', message, span, `trust ${expected}`);
}

function wrongSubject(it: TrustCase, condition: Condition): Break {
  const { role, subject } = it;
  const span = condition.values[0]?.span ?? condition.keySpan;
  const wild = condition.values.find((value) => wouldFit(value, subject));
  if (wild && !/Like/.test(condition.operator)) {
    const message = `${role.label} compares the subject with ${condition.operator}, for which the * in ${describe(wild)} is a letter like any other`;
    return make(it, 'trust-wildcard-works', message, wild.span, 'use StringLike, or name the service account');
  }
  const message = `${role.label} trusts ${list(condition.values)}, the pod is ${describe(subject)}`;
  return make(
    it,
    'trust-names-subject',
    message,
    span,
    `write ${describe(subject)} on this side, or run the pod as the account that is trusted`,
  );
}

/** A trust that asks for no subject lets every pod in, one that asks for no audience takes tokens made for others. */
function unchecked(it: TrustCase, { statement }: StatementReview): Break | undefined {
  const { role, issuer } = it;
  const checks = (claim: string) =>
    statement.conditions.some(
      ({ key, operator }) =>
        key.toLowerCase() === `${issuer}:${claim}`.toLowerCase() && !/Not|Null|IfExists/.test(operator),
    );
  const span: Span | undefined = statement.conditions[0]?.keySpan ?? statement.span;
  if (!checks('sub')) {
    const message = `${role.label} trusts every service account of the cluster, not just ${who(it)}`;
    return make(it, 'trust-checks-subject', message, span, `demand ${issuer}:sub = ${describe(it.subject)}`);
  }
  if (!checks('aud')) {
    const message = `${role.label} does not check the audience of the token of ${who(it)}`;
    return make(it, 'trust-checks-audience', message, span, `demand ${issuer}:aud = ${it.audience}`);
  }
  return undefined;
}

function make(it: TrustCase, claim: Break['claim'], message: string, span?: Span, help?: string, more?: Span): Break {
  const { workload, name, account, world } = it;
  const related: { span?: Span; message: string }[] = [];
  if (account) {
    const { object } = account;
    if (object.namespace)
      related.push({ span: object.namespace.span, message: `the pod's account is ${labelOf(object)}` });
    if (account.roleArn) related.push({ span: account.roleArn.span, message: 'the account takes the role here' });
  }
  related.push({ span: name.span, message: `${labelOf(workload.object)} runs as ${name.value}` });
  const issuer = world.surroundings.issuer;
  if (claim === 'trust-names-issuer-of-cluster' && issuer)
    related.unshift({ span: issuer.span, message: "the cluster's issuer" });
  if (more) related.unshift({ span: more, message: "the cluster's account" });
  return { claim, message, related, ...(span && { span }), ...(help && { help }) };
}

function who({ account, name, workload }: TrustCase): string {
  const { namespace } = workload.object;
  return account ? labelOf(account.object) : labelBy('ServiceAccount', namespace, name);
}

function isClaimOf(key: string): boolean {
  return /:(sub|aud)$/.test(key);
}

function isOf(issuer: string, key: string): boolean {
  return key.toLowerCase().startsWith(`${issuer.toLowerCase()}:`);
}

function list(values: readonly Value[]): string {
  return values.map((value) => textOf(value) ?? describe(value)).join(', ');
}

/** A wildcard that would fit if it were one. */
function wouldFit(pattern: Value, subject: Value): boolean {
  const text = textOf(pattern);
  if (text === undefined || !/[*?]/.test(text)) return false;
  return equal(pattern, subject) === 'no' && matches(pattern, subject, { wildcards: true }) === 'yes';
}

import {
  all,
  any,
  type Condition,
  type ElementList,
  equal,
  known,
  matches,
  not,
  type PolicyDocument,
  type Statement,
  type Truth,
  textOf,
  unknown,
  type Value,
} from '../../model';
import { judgeCondition, substitute } from './conditions';
import type { Request } from './request';

/** How one statement stands to a request, element by element, so that a report can name the one that fails. */
export interface StatementReview {
  readonly policy: PolicyDocument;
  readonly statement: Statement;
  readonly action: Truth;
  readonly resource: Truth;
  readonly principal: Truth;
  readonly conditions: readonly { readonly condition: Condition; readonly truth: Truth }[];
  /** The statement applies to the request. */
  readonly applies: Truth;
}

export interface Decision {
  /** `yes`: allowed. */
  readonly truth: Truth;
  /** The statement that settles it: the Allow, or the Deny that overrides. */
  readonly decisive?: StatementReview;
  readonly reviews: readonly StatementReview[];
}

/** IAM's logic for one set of policies: an explicit deny wins, else one allow is needed. */
export function decide(policies: readonly PolicyDocument[], request: Request): Decision {
  const reviews = policies.flatMap((policy) => policy.statements.map((s) => review(policy, s, request)));
  const denies = reviews.filter((r) => r.statement.effect === 'Deny' && r.applies !== 'no');
  const allows = reviews.filter((r) => r.statement.effect === 'Allow');
  const certain = denies.find((r) => r.applies === 'yes');
  if (certain) return { truth: 'no', decisive: certain, reviews };
  const allowed = any(allows.map((r) => r.applies));
  const decisive = allows.find((r) => r.applies === allowed && allowed !== 'no');
  const truth = all([allowed, denies.length > 0 ? 'unknown' : 'yes']);
  return { truth, reviews, ...(decisive && { decisive }) };
}

function review(policy: PolicyDocument, statement: Statement, request: Request): StatementReview {
  if (statement.unreadable !== undefined) {
    const open = 'unknown' as const;
    return { policy, statement, action: open, resource: open, principal: open, conditions: [], applies: open };
  }
  const action = judgeActions(statement.actions, request);
  const variables = !policy.withoutVariables;
  const resource = judgeResources(statement.resources, request, variables);
  const principal = judgePrincipals(statement, request);
  const conditions = statement.conditions.map((condition) => ({
    condition,
    truth: judgeCondition(condition, request.context, variables),
  }));
  const applies = all([action, resource, principal, ...conditions.map(({ truth }) => truth)]);
  return { policy, statement, action, resource, principal, conditions, applies };
}

function judgeActions({ values, negated }: ElementList, request: Request): Truth {
  const action = known(request.action);
  const found = any(values.map((pattern) => matches(pattern, action, { wildcards: true, ignoreCase: true })));
  return negated ? not(found) : found;
}

function judgeResources(resources: ElementList | undefined, request: Request, variables: boolean): Truth {
  const { resource, context } = request;
  // Trust policies have no resource; an identity policy without one is not valid and grants nothing.
  if (!resource) return 'yes';
  if (!resources) return 'no';
  const options = { wildcards: true, literalForGenerated: 'no' } as const;
  const patterns = resources.values.map((value) => {
    if (!variables) return completed(value);
    // AWS takes variables behind the fifth colon only, and does not say what others are.
    if (/^(?:[^:]*:){0,4}[^:]*\$\{/.test(textOf(value) ?? ''))
      return unknown('policy', `the resource ${textOf(value)}`);
    return completed(substitute(value, context, true));
  });
  const found = any(patterns.map((pattern) => matches(pattern, resource, options)));
  return resources.negated ? not(found) : found;
}

/** IAM fills what an ARN lacks of its six parts with wildcards: `arn:aws:aps` is `arn:aws:aps:*:*:*`. */
function completed(pattern: Value): Value {
  const text = textOf(pattern);
  const parts = text?.startsWith('arn:') ? text.split(':').length : 6;
  return parts < 6 ? known(`${text}${':*'.repeat(6 - parts)}`, pattern.span) : pattern;
}

function judgePrincipals(statement: Statement, request: Request): Truth {
  const { principals } = statement;
  if (!request.principal) return 'yes';
  const { type, value } = request.principal;
  if (!principals) return 'no';
  const found = any(
    principals.members.map((member) => {
      if (member.type === 'AWS' && type !== 'AWS' && mayMeanAll(textOf(member.value), statement)) return 'unknown';
      if (member.type !== type && member.type !== '*') return 'no';
      return any([equal(member.value, known('*')), equal(member.value, value)]);
    }),
  );
  return principals.negated ? not(found) : found;
}

/**
 * AWS calls `{"AWS": "*"}` the same as `"*"`, and a denied account all that is in it; whether that takes in who comes with
 * a token of an issuer, it does not say.
 */
function mayMeanAll(principal: string | undefined, { effect }: Statement): boolean {
  return principal === '*' || (effect === 'Deny' && /^\d{12}$|:root$/.test(principal ?? ''));
}

/** The Allow that comes closest to the request: the one whose author most likely meant it. */
export function nearest(reviews: readonly StatementReview[]): StatementReview | undefined {
  const score = (r: StatementReview): number => {
    const points = { yes: 2, unknown: 1, no: 0 } as const;
    const conditions = r.conditions.filter(({ truth }) => truth === 'no').length;
    return points[r.action] * 8 + points[r.resource] * 4 + points[r.principal] * 4 - conditions;
  };
  let best: StatementReview | undefined;
  for (const candidate of reviews) {
    if (candidate.statement.effect !== 'Allow') continue;
    if (!best || score(candidate) > score(best)) best = candidate;
  }
  return best;
}

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
  type Principals,
  type Statement,
  type Truth,
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
  const resource = judgeResources(statement.resources, request);
  const principal = judgePrincipals(statement.principals, request);
  const conditions = statement.conditions.map((condition) => ({
    condition,
    truth: judgeCondition(condition, request.context),
  }));
  const applies = all([action, resource, principal, ...conditions.map(({ truth }) => truth)]);
  return { policy, statement, action, resource, principal, conditions, applies };
}

function judgeActions({ values, negated }: ElementList, request: Request): Truth {
  const action = known(request.action);
  const found = any(values.map((pattern) => matches(pattern, action, { wildcards: true, ignoreCase: true })));
  return negated ? not(found) : found;
}

function judgeResources(resources: ElementList | undefined, request: Request): Truth {
  const { resource, context } = request;
  // Trust policies have no resource; an identity policy without one is not valid and grants nothing.
  if (!resource) return 'yes';
  if (!resources) return 'no';
  const options = { wildcards: true, literalForGenerated: 'no' } as const;
  const found = any(resources.values.map((pattern) => matches(substitute(pattern, context), resource, options)));
  return resources.negated ? not(found) : found;
}

function judgePrincipals(principals: Principals | undefined, request: Request): Truth {
  if (!request.principal) return 'yes';
  const { type, value } = request.principal;
  if (!principals) return 'no';
  const found = any(
    principals.members.map((member) => {
      if (member.type !== type && member.type !== '*') return 'no';
      return any([equal(member.value, known('*')), equal(member.value, value)]);
    }),
  );
  return principals.negated ? not(found) : found;
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

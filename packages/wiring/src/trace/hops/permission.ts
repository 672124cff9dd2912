import {
  describe,
  equal,
  type Missing,
  missingIn,
  type PolicyDocument,
  type Role,
  textOf,
  type Value,
  type World,
} from '../../model';
import type { Span } from '../../text';
import { type Decision, decide, type KeyValue, managedPolicy, nearest, type StatementReview } from '../iam';
import { type Break, type Hop, HopBuilder } from '../path';

/** One call that must be allowed for the signal to arrive. */
export interface Need {
  readonly action: string;
  /** The forms in which AWS may name the resource of this call; one that is allowed is enough. */
  readonly resources: readonly Value[];
  /** Region of the call. */
  readonly region: Value;
  /** Complete tags of the resource; absent: unknown. */
  readonly tags?: ReadonlyMap<string, Value>;
}

/** What asks for the rights, for the report's other end. */
export interface Caller {
  readonly label: string;
  readonly span: Span;
  /** Where the resource is made, if the input shows it. */
  readonly resource?: { readonly span: Span; readonly label: string };
  /** How the caller comes to the role. */
  readonly identity: readonly { readonly span: Span; readonly message: string }[];
  /** It reads there, and does not write. */
  readonly reads?: boolean;
}

/** Do the role's policies grant every call? */
export function permissionHop(role: Role, needs: readonly Need[], caller: Caller, world: World): Hop {
  const hop = new HopBuilder('permission', role.label, needs.map(({ action }) => action).join(', '));
  const { policies, missing } = policiesOf(role, world);
  const ceiling = boundaryOf(role, world);
  for (const need of needs) {
    const granted = best(need, policies, world);
    if (granted.truth === 'no' && missing.length === 0) return hop.breaks(explain(role, need, granted, caller)).build();
    if (granted.truth !== 'yes') {
      const open = [...missing, ...need.resources.flatMap(missingIn)];
      const fallback: Missing = {
        kind: 'condition',
        what: `whether ${role.label} may call ${need.action}: a condition or resource stays open`,
      };
      hop.lacks(...(open.length > 0 ? unique(open) : [fallback]));
      continue;
    }
    const { decisive } = granted;
    hop.saw(
      `${decisive?.policy.label ?? role.label} allows ${need.action} on ${describe(need.resources[0])}`,
      decisive?.statement.span,
    );
    if (ceiling === 'unknown') {
      hop.lacks({ kind: 'policy', what: `the permissions boundary of ${role.label}`, help: 'give its template' });
    } else if (ceiling) {
      const limited = best(need, [ceiling], world);
      if (limited.truth === 'no') return hop.breaks(explain(role, need, limited, caller)).build();
      if (limited.truth === 'unknown')
        hop.lacks({ kind: 'condition', what: `whether ${ceiling.label} allows ${need.action}` });
    }
  }
  return hop.build();
}

function policiesOf(role: Role, world: World): { policies: readonly PolicyDocument[]; missing: readonly Missing[] } {
  const policies = [...role.policies];
  const missing: Missing[] = [];
  for (const arn of role.managedPolicyArns) {
    const document = find(arn, world);
    if (document) policies.push(document);
    else
      missing.push({
        kind: 'policy',
        what: `policy ${describe(arn)} of ${role.label}`,
        help: 'give the template that makes it',
      });
  }
  return { policies, missing };
}

function boundaryOf(role: Role, world: World): PolicyDocument | 'unknown' | undefined {
  return role.boundary && (find(role.boundary, world) ?? 'unknown');
}

function find(arn: Value, world: World): PolicyDocument | undefined {
  return world.aws.managedPolicies.find((policy) => equal(policy.arn, arn) === 'yes')?.document ?? managedPolicy(arn);
}

/** The best answer over the forms of the resource. */
function best(need: Need, policies: readonly PolicyDocument[], world: World): Decision {
  const decisions = need.resources.map((resource) =>
    decide(policies, { action: need.action, resource, context: (key) => contextOf(need, world, key) }),
  );
  return (
    decisions.find(({ truth }) => truth === 'yes') ?? decisions.find(({ truth }) => truth === 'unknown') ?? decisions[0]
  );
}

function contextOf(need: Need, world: World, key: string): KeyValue {
  const present = (value: Value): KeyValue => ({ kind: 'present', values: [value] });
  const tag = /^(?:aws|aps|logs):resourcetag\/(.+)$/.exec(key)?.[1];
  if (tag !== undefined && need.tags) {
    for (const [name, value] of need.tags) if (name.toLowerCase() === tag) return present(value);
    return { kind: 'absent' };
  }
  if (key === 'aws:requestedregion') return present(need.region);
  if (key === 'aws:principalaccount' || key === 'aws:resourceaccount') return present(world.surroundings.account);
  if (key === 'aws:securetransport') return present({ kind: 'known', value: 'true' });
  return { kind: 'unknown', missing: { kind: 'context', what: `${key} of the request` } };
}

function explain(role: Role, need: Need, decision: Decision, caller: Caller): Break {
  const { action, resources } = need;
  const target = describe(resources[0]);
  const more = tagPlaces(decision, need);
  const base = (claim: Break['claim'], message: string, span?: Span, help?: string): Break => ({
    claim,
    message,
    span: span ?? role.span,
    related: [
      { span: caller.span, message: `${caller.label} calls ${action} here` },
      ...(caller.resource ? [{ span: caller.resource.span, message: `${caller.resource.label} is made here` }] : []),
      ...caller.identity,
      ...more,
    ],
    ...(help && { help }),
  });
  if (decision.decisive) {
    const { statement, policy } = decision.decisive;
    return base('policy-does-not-deny', `${policy.label} denies ${action} on ${target} explicitly`, statement.span);
  }
  const near = nearest(decision.reviews);
  if (!near || near.action === 'no') {
    const message = `${role.label} is not allowed ${action}, which ${caller.label} calls`;
    return base(
      'policy-grants-action',
      message,
      near?.statement.actions.span ?? role.span,
      `allow ${action} on ${target}`,
    );
  }
  if (near.resource === 'no') {
    const named = (near.statement.resources?.values ?? []).map(describe).join(', ');
    const message = `${near.policy.label} allows ${action} on ${named}, ${caller.label} ${caller.reads ? 'reads' : 'writes to'} ${target}`;
    return base(
      'policy-names-resource',
      message,
      near.statement.resources?.values[0]?.span ?? near.statement.span,
      `allow it on ${target}`,
    );
  }
  return base(
    'policy-conditions-hold',
    unmet(near, need, caller),
    failing(near)?.values[0]?.span ?? near.statement.span,
  );
}

/** Where the tags stand that a failing condition asks for. */
function tagPlaces({ reviews }: Decision, { tags }: Need): readonly { span: Span; message: string }[] {
  const condition = nearest(reviews)?.conditions.find(({ truth }) => truth === 'no')?.condition;
  const tag = /resourcetag\/(.+)$/i.exec(condition?.key ?? '')?.[1];
  const value = tag === undefined ? undefined : tags?.get(tag);
  return value?.span ? [{ span: value.span, message: `the tag ${tag} is written here` }] : [];
}

function failing(review: StatementReview) {
  return review.conditions.find(({ truth }) => truth === 'no')?.condition;
}

function unmet(review: StatementReview, need: Need, caller: Caller): string {
  const condition = failing(review);
  if (!condition) return `${review.policy.label} does not allow ${need.action} for ${caller.label}`;
  const wanted = condition.values.map((value) => textOf(value) ?? describe(value)).join(', ');
  const tag = /resourcetag\/(.+)$/i.exec(condition.key)?.[1];
  const got = tag === undefined ? undefined : need.tags?.get(tag);
  const other = caller.resource?.label ?? 'the resource';
  const is =
    tag === undefined
      ? 'which does not hold'
      : got
        ? `and ${other} has ${describe(got)}`
        : `and ${other} has no such tag`;
  return `${review.policy.label} allows ${need.action} only where ${condition.key} is ${wanted}, ${is}`;
}

function unique(missing: readonly Missing[]): readonly Missing[] {
  return missing.filter((item, i) => missing.findIndex(({ what }) => what === item.what) === i);
}

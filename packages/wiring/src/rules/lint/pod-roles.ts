import { type PolicyDocument, type Role, type Statement, textOf, type World } from '../../model';
import type { Spotted } from './lint-rule';

/** Roles that a pod or a workspace of Grafana takes; what else is in a template is not observability's. */
export function observingRoles({ aws }: World): readonly Role[] {
  return aws.roles.filter(({ trust }) => trust?.statements.some(isOurs));
}

function isOurs({ effect, actions, principals }: Statement): boolean {
  if (effect !== 'Allow') return false;
  const isWeb = actions.values.some((action) => textOf(action)?.toLowerCase() === 'sts:assumerolewithwebidentity');
  return isWeb || hasService(principals, 'pods.eks.amazonaws.com') || hasService(principals, 'grafana.amazonaws.com');
}

export function hasService(principals: Statement['principals'], service: string): boolean {
  return principals?.members.some(({ type, value }) => type === 'Service' && textOf(value) === service) ?? false;
}

/** What the role is allowed, with the policy that says so; policies of AWS stand in no file. */
export function allowances(role: Role): readonly { readonly policy: PolicyDocument; readonly statement: Statement }[] {
  return role.policies.flatMap((policy) =>
    policy.statements
      .filter(({ effect, unreadable }) => effect === 'Allow' && unreadable === undefined)
      .map((statement) => ({ policy, statement })),
  );
}

/** Where the roles of observability may do something to every resource there is, without a condition. */
export function unbounded(world: World, action: string): readonly Spotted[] {
  return observingRoles(world).flatMap((role) =>
    allowances(role).flatMap(({ policy, statement: { actions, resources, conditions, span } }) => {
      const isAllowed = actions.values.some((one) => textOf(one)?.toLowerCase() === action.toLowerCase());
      const isAny = resources?.values.some((resource) => textOf(resource) === '*') && !resources.negated;
      if (!isAllowed || !isAny || conditions.length > 0) return [];
      const at = resources?.span ?? span;
      const message = `${policy.label} allows ${action} on * to ${role.label}`;
      return [{ subject: `${role.label} ${action}`, message, ...(at && { span: at }) }];
    }),
  );
}

import {
  describe,
  equal,
  known,
  type Located,
  labelOf,
  missingIn,
  type PodIdentity,
  type Role,
  type ServiceAccount,
  type Truth,
  textOf,
  type Value,
  type Workload,
  type World,
  written,
} from '../../model';
import type { Span } from '../../text';
import { blocked, type Hop, HopBuilder } from '../path';
import { trustHop } from './trust';

/** As whom a pod calls AWS, with the hops that lead there. */
export interface Identity {
  readonly hops: readonly Hop[];
  /** Absent when the chain ends before a role that the input shows. */
  readonly role?: Role;
  /** How the pod comes to it, for reports. */
  readonly places: readonly { readonly span: Span; readonly message: string }[];
}

/** pod → service account → role → trust. */
export function identityOf(workload: Workload, world: World): Identity {
  const { object, pod } = workload;
  const name = pod.serviceAccountName ?? { value: 'default', span: pod.span };
  const who = labelOf(object);
  const account = object.namespace ? `${object.namespace.value}/${name.value}` : name.value;
  const what = `ServiceAccount ${account}`;
  const hop = new HopBuilder('service-account', who, what);
  const found = world.cluster.serviceAccount(object.namespace, name.value);
  const rest = (by: string) => [blocked('role', what, 'IAM role', by), blocked('trust', 'IAM role', what, by)];
  if (!found && name.value !== 'default') {
    missingServiceAccount(hop, workload, name, account, world);
    return { hops: [hop.build(), ...rest('service-account')], places: [] };
  }
  hop.saw(`${who} runs as service account ${account}`, name.span);
  if (found) hop.saw('the account is declared here', found.object.name.span);
  const { hop: roleHop, role } = roleOf(found, workload, name, account, world);
  if (!role) return { hops: [hop.build(), roleHop, rest('role')[1]], places: [] };
  const trust = trustHop(role.role, workload, name, found, world, role.by);
  const places = [
    { span: name.span, message: `${who} runs as ${name.value}` },
    ...(found?.roleArn ? [{ span: found.roleArn.span, message: `${what} takes the role here` }] : []),
  ];
  return { hops: [hop.build(), roleHop, trust], role: role.role, places };
}

function missingServiceAccount(
  hop: HopBuilder,
  workload: Workload,
  name: Located<string>,
  account: string,
  world: World,
): void {
  const what = `ServiceAccount ${account}`;
  if (!world.closedManifests) {
    hop.lacks({ kind: 'object', what, help: 'add its manifest to the input' });
    return;
  }
  const elsewhere = [...world.cluster.allServiceAccounts()].filter(({ object }) => object.name.value === name.value);
  const beside = [...world.cluster.allServiceAccounts()].filter(
    ({ object, roleArn }) => roleArn && object.namespace?.value === workload.object.namespace?.value,
  );
  hop.breaks({
    claim: 'service-account-exists',
    message: `${labelOf(workload.object)} runs as service account ${account}, which does not exist`,
    span: name.span,
    related: [...elsewhere, ...beside].slice(0, 3).map(({ object }) => ({
      span: object.name.span,
      message: `${labelOf(object)} is declared here`,
    })),
    subject: what,
    help: `declare ${what}, or name one that is there`,
  });
}

interface FoundRole {
  readonly role: Role;
  readonly by: 'annotation' | PodIdentity;
}

function roleOf(
  found: ServiceAccount | undefined,
  workload: Workload,
  name: Located<string>,
  account: string,
  world: World,
): { hop: Hop; role?: FoundRole } {
  const annotation = found?.roleArn;
  if (annotation) return byAnnotation(annotation, account, world);
  const made = found?.object.role;
  if (made && made.kind !== 'unknown') return byMaker(made, account, world);
  const association = world.aws.podIdentities.find(
    (identity) => isFor(identity, workload, name.value, world) === 'yes',
  );
  if (association) return byAssociation(association, account, world);
  if (made) return byMaker(made, account, world);
  const hop = new HopBuilder('role', `ServiceAccount ${account}`, 'IAM role');
  if (found?.strayRoleArn) {
    const { strayRoleArn } = found;
    const arn = written(strayRoleArn.value, strayRoleArn.span);
    const role = world.aws.roles.find((one) => equal(one.arn, arn) === 'yes');
    return { hop: stray(hop, strayRoleArn, found, account).build(), ...(role && { role: { role, by: 'annotation' } }) };
  }
  const near = world.aws.roles.find((role) => trustsExactly(role, workload, name.value));
  if (!near && !(world.closedTemplates && world.closedManifests)) {
    hop.lacks({
      kind: 'role',
      what: `the role of ServiceAccount ${account}: it has no annotation eks.amazonaws.com/role-arn, and no Pod Identity association names it`,
      help: 'without either the pod has only the rights of its node',
    });
    return { hop: hop.build() };
  }
  const span = found?.object.name.span ?? name.span;
  hop.breaks({
    claim: 'service-account-has-role',
    message: `ServiceAccount ${account}, as which ${labelOf(workload.object)} runs, names no IAM role`,
    span,
    related: near
      ? [{ span: near.span, message: `${near.label} trusts this account` }]
      : [...nearAssociations(workload, name.value, world), ...withRoles(workload, world)],
    help: `annotate the account with eks.amazonaws.com/role-arn${near ? `: ${textOf(near.arn) ?? `the ARN of ${near.label}`}` : ''}`,
  });
  return { hop: hop.build() };
}

/** It was meant, and it has no effect: whatever else the account may get, it does not get this. */
function stray(
  hop: HopBuilder,
  { value, span }: Located<string>,
  { object }: ServiceAccount,
  account: string,
): HopBuilder {
  return hop.breaks({
    claim: 'service-account-has-role',
    message: `${value} is no annotation of ServiceAccount ${account}: it stands beside "annotations", not under it`,
    span,
    related: [{ span: object.name.span, message: `ServiceAccount ${account} is declared here` }],
    help: 'indent eks.amazonaws.com/role-arn under annotations',
  });
}

/** Associations that were perhaps meant for this account: one of its two names is right, or only the cluster is not. */
function nearAssociations(
  workload: Workload,
  account: string,
  world: World,
): readonly { span: Span; message: string }[] {
  const { namespace } = workload.object;
  return world.aws.podIdentities
    .filter(
      (identity) =>
        equal(identity.serviceAccount, known(account)) === 'yes' ||
        (namespace !== undefined && equal(identity.namespace, known(namespace.value)) === 'yes'),
    )
    .slice(0, 2)
    .map(({ span, namespace: space, serviceAccount, cluster }) => ({
      span,
      message: `this Pod Identity association is for ${describe(space)}/${describe(serviceAccount)} of cluster ${describe(cluster)}`,
    }));
}

/** Accounts beside the pod that have a role: one of them may be the one that was meant. */
function withRoles(workload: Workload, world: World): readonly { span: Span; message: string }[] {
  return [...world.cluster.allServiceAccounts()]
    .filter(({ object, roleArn }) => roleArn && object.namespace?.value === workload.object.namespace?.value)
    .slice(0, 3)
    .map(({ object }) => ({ span: object.name.span, message: `${labelOf(object)} has a role` }));
}

function byAnnotation(annotation: Located<string>, account: string, world: World): { hop: Hop; role?: FoundRole } {
  const hop = new HopBuilder('role', `ServiceAccount ${account}`, annotation.value);
  hop.saw(`ServiceAccount ${account} is annotated with ${annotation.value}`, annotation.span);
  const arn = written(annotation.value, annotation.span);
  const gaps = missingIn(arn);
  if (gaps.length > 0) return { hop: hop.lacks(...gaps).build() };
  const truths = world.aws.roles.map((role) => ({ role, truth: equal(role.arn, arn) }));
  const match = truths.find(({ truth }) => truth === 'yes');
  if (match) {
    hop.saw(`${match.role.label} is made here`, match.role.span);
    return { hop: hop.build(), role: { role: match.role, by: 'annotation' } };
  }
  const [namespace, name] = account.includes('/') ? account.split('/') : [undefined, account];
  const subject = `system:serviceaccount:${namespace}:${name}`;
  const near = world.aws.roles.filter((role) => trusts(role, subject) || sameRoleName(role, annotation.value));
  const open = truths.some(({ truth }) => truth === 'unknown');
  const malformed = !/^arn:[\w-]+:iam::\d{12}:role\/.+/.test(annotation.value);
  const contradicted = near.some((role) => equal(role.arn, arn) === 'no');
  if (!malformed && (open || !(world.closedTemplates || contradicted))) {
    hop.lacks({ kind: 'role', what: annotation.value, help: 'give the template that makes the role' });
    return { hop: hop.build() };
  }
  hop.breaks({
    claim: 'role-exists',
    message: malformed
      ? `the annotation of ServiceAccount ${account} is no ARN of a role: ${annotation.value}`
      : `ServiceAccount ${account} names role ${annotation.value}, which no template of world ${world.name} makes`,
    span: annotation.span,
    related: near.slice(0, 2).map((role) => ({
      span: role.span,
      message: `${textOf(role.arn) ?? role.label} is made here${trusts(role, subject) ? ' and trusts this account' : ''}`,
    })),
    ...(near[0] && textOf(near[0].arn) && { help: `annotate the account with ${textOf(near[0].arn)}` }),
  });
  return { hop: hop.build() };
}

/** Who makes the account gives it a role of its own; the two are one thing. */
function byMaker(arn: Value, account: string, world: World): { hop: Hop; role?: FoundRole } {
  const hop = new HopBuilder('role', `ServiceAccount ${account}`, describe(arn));
  hop.saw(`ServiceAccount ${account} is made with ${describe(arn)}`, arn.span);
  const role = world.aws.roles.find((one) => equal(one.arn, arn) === 'yes');
  if (!role)
    return { hop: hop.lacks({ kind: 'role', what: describe(arn), help: 'give the template that makes it' }).build() };
  hop.saw(`${role.label} is made here`, role.span);
  return { hop: hop.build(), role: { role, by: 'annotation' } };
}

function byAssociation(association: PodIdentity, account: string, world: World): { hop: Hop; role?: FoundRole } {
  const hop = new HopBuilder('role', `ServiceAccount ${account}`, 'IAM role by Pod Identity');
  hop.saw(`a Pod Identity association gives ServiceAccount ${account} its role`, association.span);
  const role = world.aws.roles.find(({ arn }) => equal(arn, association.roleArn) === 'yes');
  if (role) {
    hop.saw(`${role.label} is made here`, role.span);
    return { hop: hop.build(), role: { role, by: association } };
  }
  hop.lacks({
    kind: 'role',
    what: 'the role of the Pod Identity association',
    help: 'give the template that makes it',
  });
  return { hop: hop.build() };
}

function isFor(identity: PodIdentity, workload: Workload, account: string, world: World): Truth {
  const { namespace } = workload.object;
  const cluster = world.surroundings.cluster;
  const truths = [
    namespace ? equal(identity.namespace, known(namespace.value)) : 'unknown',
    equal(identity.serviceAccount, known(account)),
    cluster === undefined || equal(identity.cluster, known(cluster)) !== 'no' ? 'yes' : 'no',
  ] as const;
  if (truths.includes('no')) return 'no';
  return truths.includes('unknown') ? 'unknown' : 'yes';
}

function trustsExactly(role: Role, workload: Workload, account: string): boolean {
  const { namespace } = workload.object;
  return namespace !== undefined && trusts(role, `system:serviceaccount:${namespace.value}:${account}`);
}

/** The role's trust policy names exactly this service account. */
function trusts(role: Role, subject: string): boolean {
  return (role.trust?.statements ?? []).some(({ conditions }) =>
    conditions.some(({ values }) => values.some((value) => equal(value, known(subject)) === 'yes')),
  );
}

function sameRoleName(role: Role, arn: string): boolean {
  return equal(role.name, known(arn.slice(arn.lastIndexOf('/') + 1))) === 'yes';
}

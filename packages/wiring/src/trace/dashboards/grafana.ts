import {
  concat,
  describe,
  equal,
  type GrafanaOwner,
  type GrafanaWorkspace,
  known,
  type Missing,
  type OperatedGrafana,
  type Role,
  type Truth,
  textOf,
  type Value,
  type Workload,
  type World,
} from '../../model';
import type { Span } from '../../text';
import { ASSUMPTIONS } from '../assumptions';
import { identityOf } from '../hops/identity';
import { decide, type KeyValue, nearest, type StatementReview } from '../iam';
import { type Break, blocked, type Hop, HopBuilder } from '../path';
import { isAt, operatedBy, strayed } from './places';

/** The Grafana that shows a panel, and as whom it reads. */
export interface GrafanaPlace {
  readonly label: string;
  /** One of Amazon Managed Grafana. */
  readonly workspace?: GrafanaWorkspace;
  /** One that runs in the cluster. */
  readonly workload?: Workload;
  readonly role?: Role;
  /** From Grafana to its role. */
  readonly hops: readonly Hop[];
  /** How Grafana comes to the role, for reports. */
  readonly identity: readonly { readonly span: Span; readonly message: string }[];
}

const kept = new WeakMap<World, Map<GrafanaOwner, GrafanaPlace>>();

/** Where a data source is read; panels ask again and again. */
export function grafanaOf(owner: GrafanaOwner, world: World): GrafanaPlace {
  const places = kept.get(world) ?? new Map<GrafanaOwner, GrafanaPlace>();
  kept.set(world, places);
  const seen = places.get(owner);
  if (seen) return seen;
  const found = find(owner, world);
  places.set(owner, found);
  return found;
}

function find(owner: GrafanaOwner, world: World): GrafanaPlace {
  const { grafanaWorkspaces } = world.aws;
  switch (owner.kind) {
    case 'workspace': {
      const found = grafanaWorkspaces.find(({ id }) => equal(id, owner.id) === 'yes');
      return found ? managed(found, world) : unknownPlace(`Grafana workspace ${describe(owner.id)}`);
    }
    case 'operator': {
      const stray = strayed(owner, world);
      if (stray) return strayPlace(stray);
      const [first, ...others] = operatedBy(owner, world);
      if (!first) return unknownPlace('the Grafana that the instanceSelector finds');
      if (others.length > 0) return unknownPlace('which of the Grafanas that the instanceSelector finds is meant');
      return operated(first, world);
    }
    case 'any':
      return anyGrafana(world);
  }
}

function operated(grafana: OperatedGrafana, world: World): GrafanaPlace {
  const { object, url } = grafana;
  const label = `Grafana ${object.name.value}`;
  if (!url) return unknownPlace(`as whom ${label} runs: the operator makes its pods`);
  const { grafanaWorkspaces } = world.aws;
  const truths = grafanaWorkspaces.map((workspace) => ({ workspace, truth: isAt(grafana, workspace) }));
  const sure = truths.find(({ truth }) => truth === 'yes');
  if (sure) return managed(sure.workspace, world, url);
  const maybe = truths.filter(({ truth }) => truth === 'unknown');
  // The address exists only when the workspace does; in a world that is closed there is no other workspace that it could be of.
  if (maybe.length === 1 && world.closedTemplates) return managed(maybe[0].workspace, world, url, true);
  return unknownPlace(`the Grafana at ${describe(url)}`);
}

const IMAGE = /(?:^|\/)grafana\/grafana(?:-oss|-enterprise)?(?:[:@]|$)/;

/** Files and ConfigMaps are read by the Grafana of the cluster; without one, by the only one of the account. */
function anyGrafana(world: World): GrafanaPlace {
  const workloads = world.cluster.workloads.filter(({ pod }) =>
    pod.containers.some(({ image }) => IMAGE.test(image?.value ?? '')),
  );
  const [workload, ...others] = workloads;
  const { grafanaWorkspaces } = world.aws;
  if (workload && others.length === 0) return ownGrafana(workload, world);
  if (!workload && grafanaWorkspaces.length === 1) return managed(grafanaWorkspaces[0], world);
  return unknownPlace(workloads.length > 1 ? 'which Grafana of the cluster reads it' : 'the Grafana that reads it');
}

function ownGrafana(workload: Workload, world: World): GrafanaPlace {
  const { hops, role, places } = identityOf(workload, world);
  const label = `Grafana of ${workload.object.kind} ${workload.object.name.value}`;
  return { label, workload, hops, identity: places, ...(role && { role }) };
}

function strayPlace(broken: Break): GrafanaPlace {
  const role = new HopBuilder('role', 'Grafana', 'IAM role').breaks(broken).build();
  return { label: 'Grafana', hops: [role, blocked('trust', 'IAM role', 'Grafana', 'role')], identity: [] };
}

function unknownPlace(what: string): GrafanaPlace {
  const missing: Missing = { kind: 'grafana', what, help: 'add what makes it to the input' };
  const role = new HopBuilder('role', 'Grafana', 'IAM role').lacks(missing).build();
  return { label: 'Grafana', hops: [role, blocked('trust', 'IAM role', 'Grafana', 'role')], identity: [] };
}

function managed(workspace: GrafanaWorkspace, world: World, url?: Value, isAssumed = false): GrafanaPlace {
  const { label, roleArn } = workspace;
  const hop = new HopBuilder('role', label, 'IAM role');
  if (url?.span) hop.saw(`the Grafana operator brings it to ${describe(url)}`, url.span);
  if (isAssumed) hop.saw(`assumed: ${ASSUMPTIONS['grafana-address']}`);
  const none = (built: Hop): GrafanaPlace => ({
    label,
    workspace,
    hops: [built, blocked('trust', 'IAM role', label, 'role')],
    identity: [],
  });
  if (!roleArn) {
    if (workspace.permissionType && textOf(workspace.permissionType) === 'CUSTOMER_MANAGED') {
      const message = `${label} manages its permissions itself, and is given no role`;
      const related = candidates(world);
      return none(
        hop
          .breaks({
            claim: 'grafana-role-exists',
            message,
            span: workspace.permissionType.span ?? workspace.span,
            related,
            help: 'give the workspace a role by RoleArn',
          })
          .build(),
      );
    }
    const what = `the role of ${label}, which has no RoleArn`;
    return none(hop.lacks({ kind: 'role', what, help: 'give the workspace a role by RoleArn' }).build());
  }
  const truths = world.aws.roles.map((role) => ({ role, truth: equal(role.arn, roleArn) }));
  const role = truths.find(({ truth }) => truth === 'yes')?.role;
  if (!role) {
    if (world.closedTemplates && truths.every(({ truth }) => truth === 'no') && textOf(roleArn) !== undefined) {
      const message = `${label} reads with ${describe(roleArn)}, which nothing makes`;
      const related = candidates(world);
      return none(
        hop.breaks({ claim: 'grafana-role-exists', message, span: roleArn.span ?? workspace.span, related }).build(),
      );
    }
    return none(hop.lacks({ kind: 'role', what: `role ${describe(roleArn)} of ${label}` }).build());
  }
  hop
    .saw(`${label} reads with ${role.label}`, roleArn.span ?? workspace.span)
    .saw(`${role.label} is made here`, role.span);
  const identity = [{ span: roleArn.span ?? workspace.span, message: `${label} reads with ${role.label}` }];
  return { label, workspace, role, hops: [hop.build(), trustHop(role, workspace, world)], identity };
}

function candidates(world: World): readonly { readonly span: Span; readonly message: string }[] {
  return world.aws.roles
    .filter((one) => trustsGrafana(one))
    .slice(0, 3)
    .map((one) => ({ span: one.span, message: `${one.label} trusts grafana.amazonaws.com` }));
}

function trustsGrafana({ trust }: Role): boolean {
  return (trust?.statements ?? []).some(({ principals }) =>
    principals?.members.some(({ value }) => textOf(value) === 'grafana.amazonaws.com'),
  );
}

/** Does the role let the service assume it, for this workspace? */
function trustHop(role: Role, workspace: GrafanaWorkspace, world: World): Hop {
  const hop = new HopBuilder('trust', role.label, workspace.label);
  if (!role.trust) return hop.lacks({ kind: 'policy', what: `the trust policy of ${role.label}` }).build();
  const { partition, account } = world.surroundings;
  const arn = concat([
    known('arn:'),
    partition,
    known(':grafana:'),
    workspace.region,
    known(':'),
    account,
    known(':/workspaces/'),
    workspace.id,
  ]);
  const present = (value: Value): KeyValue => ({ kind: 'present', values: [value] });
  const context = (key: string): KeyValue => {
    if (key === 'aws:sourceaccount') return present(account);
    if (key === 'aws:sourcearn') return present(arn);
    return { kind: 'unknown', missing: { kind: 'context', what: `${key} of the request` } };
  };
  const principal = { type: 'Service', value: known('grafana.amazonaws.com') } as const;
  const { truth, decisive, reviews } = decide([role.trust], { action: 'sts:AssumeRole', principal, context });
  if (truth === 'yes') return hop.saw(`${role.label} trusts Grafana`, decisive?.statement.span).build();
  if (truth === 'unknown')
    return hop.lacks({ kind: 'condition', what: `whether ${role.trust.label} lets ${workspace.label} in` }).build();
  const failing = reviews
    .filter(({ principal: isGrafana }) => isGrafana === 'yes')
    .flatMap(({ conditions }) => conditions)
    .find((one) => one.truth === ('no' satisfies Truth))?.condition;
  const why = failing
    ? `only where ${failing.key} is ${failing.values.map(describe).join(', ')}`
    : 'which its trust policy does not name';
  return hop
    .breaks({
      claim: 'trust-allows-grafana',
      message: failing
        ? `${role.label} trusts grafana.amazonaws.com ${why}, and ${workspace.label} is ${describe(failing.key.toLowerCase() === 'aws:sourceaccount' ? account : arn)}`
        : `${workspace.label} reads with ${role.label}, which does not let grafana.amazonaws.com assume it`,
      span: failing?.values[0]?.span ?? faultOf(decisive ?? nearest(reviews)) ?? role.trust.span ?? role.span,
      related: [{ span: workspace.roleArn?.span ?? workspace.span, message: `${workspace.label} names the role here` }],
      help: 'allow sts:AssumeRole to grafana.amazonaws.com, for aws:SourceAccount of the workspace',
    })
    .build();
}

/** The element of a statement for which it does not let Grafana in. */
function faultOf(review: StatementReview | undefined): Span | undefined {
  if (!review) return undefined;
  const { statement, action, principal } = review;
  if (statement.effect === 'Deny') return statement.span;
  if (principal === 'no') return statement.principals?.span ?? statement.span;
  return action === 'no' ? (statement.actions.span ?? statement.span) : statement.span;
}

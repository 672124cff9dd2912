import {
  type AlertManager,
  type Defect,
  describe,
  missingIn,
  type PrometheusWorkspace,
  type QueryRule,
  type World,
} from '../../model';
import { isOf } from '../arrivals';
import { blocked, type Hop, HopBuilder } from '../path';
import { routed, strayRoutes } from './route';
import { noReceiver, receiverHops } from './topic';

/** From the ruler of a workspace to those whom its alerts reach. */
export function alertManagerHops(
  rule: QueryRule,
  workspace: PrometheusWorkspace | undefined,
  world: World,
): readonly Hop[] {
  if (!workspace) {
    const hop = blocked('alert-manager', 'the workspace', 'its alert manager', 'rules');
    return [hop, blocked('route', 'the alert manager', 'a receiver', 'alert-manager'), noReceiver('alert-manager')];
  }
  const manager = world.rules.alertManagers.find((one) => isOf(one.workspace, workspace, world) === 'yes');
  if (!manager) return withoutManager(rule, workspace, world);
  const accepted = managerHop(manager, workspace.label);
  if (!manager.config || accepted.status !== 'proven')
    return [accepted, blocked('route', manager.label, 'a receiver', 'alert-manager'), noReceiver('alert-manager')];
  const route = new HopBuilder('route', rule.name.value, manager.label);
  const { receivers, rests } = routed(rule, manager.config);
  for (const { name } of receivers) route.saw(`it is routed to receiver ${name.value}`, name.span);
  if (rests.length > 0) route.saw(`which of them rests on ${rests.join(', ')}, which the series bring`);
  return [accepted, route.build(), ...receiverHops(receivers, workspace, world)];
}

function withoutManager(rule: QueryRule, workspace: PrometheusWorkspace, world: World): readonly Hop[] {
  const hop = new HopBuilder('alert-manager', workspace.label, 'its alert manager');
  const may = world.rules.alertManagers.some((one) => isOf(one.workspace, workspace, world) === 'unknown');
  // A workspace that ACK makes may have its alert manager from a template only by its id, which no template knows.
  const isClosed =
    workspace.maker === 'ACK' ? world.closedManifests : world.closedTemplates && workspace.maker === 'CloudFormation';
  if (may || !isClosed) hop.lacks({ kind: 'alert-manager', what: `the alert manager of ${workspace.label}` });
  else
    hop.breaks({
      claim: 'alert-manager-exists',
      message: `${workspace.label} has rules with alerts, and no alert manager`,
      span: workspace.span,
      related: [{ span: rule.name.span, message: `alert ${rule.name.value} is made here` }],
    });
  return [hop.build(), blocked('route', workspace.label, 'a receiver', 'alert-manager'), noReceiver('alert-manager')];
}

/** Does the workspace take the definition of its alert manager? */
export function managerHop(manager: AlertManager, workspace: string): Hop {
  const hop = new HopBuilder('alert-manager', workspace, manager.label);
  hop.saw(`${manager.label} is its alert manager`, manager.span);
  const [defect] = manager.defects;
  if (defect) hop.breaks(refused(defect, manager));
  if (manager.config) {
    const [stray] = strayRoutes(manager.config);
    if (stray?.receiver) {
      const names = manager.config.receivers.map(({ name }) => name.value).join(', ');
      hop.breaks({
        claim: 'route-has-receiver',
        message: `a route of ${manager.label} leads to receiver ${stray.receiver.value}, which is not there`,
        span: stray.receiver.span,
        related: manager.config.receivers
          .slice(0, 1)
          .map(({ name }) => ({ span: name.span, message: 'receivers are declared here' })),
        help: names === '' ? 'declare the receiver' : `receivers are ${names}`,
      });
    }
  }
  return hop.lacks(...manager.missing).build();
}

function refused({ message, span, help }: Defect, manager: AlertManager) {
  return {
    claim: 'alert-manager-is-accepted' as const,
    message: `${manager.label} is not taken: ${message}`,
    span,
    related: [],
    ...(help && { help }),
  };
}

/** A definition to which no alert of the input goes is looked at all the same. */
export function managerPath(manager: AlertManager, world: World): readonly Hop[] {
  const { value, object } = manager.workspace;
  const workspace = world.aws.workspaces.find((one) => isOf(manager.workspace, one, world) === 'yes');
  const missing = missingIn(value).map((one) => (object ? { kind: 'object', what: object } : one));
  const own = managerHop(manager, workspace?.label ?? object ?? describe(value));
  const receivers = manager.config
    ? receiverHops(manager.config.receivers, workspace, world)
    : [noReceiver('alert-manager')];
  if (workspace) return [own, ...receivers];
  const hop = new HopBuilder('workspace', manager.label, 'a workspace').lacks(
    ...(missing.length > 0
      ? missing
      : [{ kind: 'workspace', what: `${describe(value)}: nothing in the input makes it` }]),
  );
  return [hop.build(), own, ...receivers];
}

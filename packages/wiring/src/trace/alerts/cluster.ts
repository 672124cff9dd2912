import { type KubeObject, labelOf, type QueryRule, type RuleSet, type World } from '../../model';
import { booleanAt, itemsAt, listAt, mapAt, scalarAt, stringAt } from '../../read/access';
import { located } from '../../read/kubernetes';
import type { MapNode } from '../../text';
import type { Evaluator, Evaluators } from '../arrivals';
import { type Hop, HopBuilder } from '../path';

/** Does a Prometheus of the cluster take the rules of an object? */
export function takenHop(set: RuleSet, { takers, leavers, missing }: Evaluators): Hop {
  const [taker] = takers;
  const hop = new HopBuilder('rules', set.label, taker ? labelOf(taker.object) : 'a Prometheus');
  const [defect] = set.defects;
  if (defect) {
    hop.breaks({
      claim: 'rules-are-accepted',
      message: `${set.label} is not taken: ${defect.message}`,
      span: defect.span,
      related: [],
      ...(defect.help && { help: defect.help }),
    });
  }
  if (taker) return hop.saw(`${labelOf(taker.object)} chooses them`, taker.object.name.span).build();
  const whys = leavers.map(({ choice }) => ({ kind: 'evaluator', what: `who evaluates ${set.label}: ${choice.why}` }));
  const nobody = { kind: 'evaluator', what: `who evaluates ${set.label}: no Prometheus in the input does` };
  return hop.lacks(...(missing.length > 0 ? missing : whys.length > 0 ? whys : [nobody])).build();
}

/** What the operator calls the Service before each Alertmanager. */
const OPERATED = 'alertmanager-operated';
const PORTS: Readonly<Record<string, string>> = {
  web: '9093',
  'http-web': '9093',
  'tcp-mesh': '9094',
  'udp-mesh': '9094',
};

/** The chart kube-prometheus-stack makes a Service of the same name. */
function ofChart({ values, name }: KubeObject): readonly string[] {
  return values?.chart === 'kube-prometheus-stack' ? [name.value] : [];
}

/** From a Prometheus to the Alertmanager that it is told of. Whom that one tells stands in a Secret, which nobody reads. */
export function alertmanagerHop(evaluator: Evaluator, alert: QueryRule, world: World): { hop: Hop; id: string } {
  const { object, spec, config } = evaluator;
  if (config) return configuredHop(object, config, alert, world);
  const who = labelOf(object);
  const told = listAt(spec, 'alerting', 'alertmanagers');
  const [first] = told?.items ?? [];
  const name = stringAt(first, 'name');
  const hop = new HopBuilder('alert-manager', who, name ? `Service ${name}` : 'an Alertmanager');
  const isElsewhere = mapAt(spec, 'additionalAlertManagerConfigs') !== undefined;
  if (!first || name === undefined) {
    if (isElsewhere || !world.closedManifests)
      hop.lacks({ kind: 'alert-manager', what: `whom ${who} sends its alerts` });
    else
      hop.breaks({
        claim: 'alert-manager-exists',
        message: `${who} takes rules with alerts, and is told of no Alertmanager`,
        span: object.name.span,
        related: [{ span: alert.name.span, message: `alert ${alert.name.value} is made here` }],
        help: 'name an Alertmanager in spec.alerting.alertmanagers',
      });
    return { hop: hop.build(), id: 'unknown' };
  }
  const span = scalarAt(first, 'name')?.span ?? first.span;
  const namespace = stringAt(first, 'namespace') ?? object.namespace?.value;
  const port = scalarAt(first, 'port')?.value;
  const place = `${namespace ?? 'default'}/${name}`;
  const manager = world.objects.find((one) => one.kind === 'Alertmanager' && one.namespace?.value === namespace);
  const service = world.cluster.services.find(
    (one) => one.object.name.value === name && one.object.namespace?.value === namespace,
  );
  const isOperated =
    manager !== undefined && [OPERATED, `alertmanager-${manager.name.value}`, ...ofChart(manager)].includes(name);
  const ports = service
    ? service.ports.flatMap((one) => [`${one.port}`, one.target, ...(one.name ? [one.name] : [])])
    : isOperated
      ? [...Object.keys(PORTS), ...Object.values(PORTS)]
      : undefined;
  if (!ports) {
    if (!world.closedManifests) hop.lacks({ kind: 'service', what: `Service ${place}` });
    else {
      const near = world.objects.find(({ kind }) => kind === 'Alertmanager');
      hop.breaks({
        claim: 'alert-manager-exists',
        message: `${who} sends its alerts to Service ${place}, which is not there`,
        span,
        related: near ? [{ span: near.name.span, message: `${labelOf(near)} is made here` }] : [],
        subject: `Service ${place}`,
      });
    }
  } else if (port !== undefined && !ports.includes(`${port}`)) {
    hop.breaks({
      claim: 'alert-manager-exists',
      message: `${who} sends its alerts to port ${port} of Service ${place}, which has none of that name`,
      span: scalarAt(first, 'port')?.span ?? span,
      related: service ? [{ span: service.object.name.span, message: 'the Service is made here' }] : [],
      help: `ports are ${[...new Set(ports)].join(', ')}`,
    });
  } else hop.saw(`${who} sends its alerts to Service ${place}`, span);
  if (manager && booleanAt(manager.node, 'spec', 'paused') === true)
    hop.lacks({ kind: 'alert-manager', what: `whether ${labelOf(manager)}, which is paused, runs` });
  return { hop: hop.build(), id: manager ? labelOf(manager) : `Service ${place}` };
}

/** The same of a Prometheus with a configuration of its own, which names addresses. */
function configuredHop(object: KubeObject, config: MapNode, alert: QueryRule, world: World): { hop: Hop; id: string } {
  const who = labelOf(object);
  const managers = itemsAt(config, 'alerting', 'alertmanagers');
  const hop = new HopBuilder('alert-manager', who, 'an Alertmanager');
  if (managers.length === 0) {
    const isKnown = world.closedManifests && object.values === undefined && !object.inline;
    if (!isKnown) hop.lacks({ kind: 'alert-manager', what: `whom ${who} sends its alerts` });
    else
      hop.breaks({
        claim: 'alert-manager-exists',
        message: `${who} loads rules with alerts, and is told of no Alertmanager`,
        span: object.name.span,
        related: [{ span: alert.name.span, message: `alert ${alert.name.value} is made here` }],
        help: 'name an Alertmanager in alerting.alertmanagers',
      });
    return { hop: hop.build(), id: 'unknown' };
  }
  const targets = managers.flatMap((one) =>
    itemsAt(one, 'static_configs').flatMap((group) =>
      itemsAt(group, 'targets').flatMap((target) => located(target) ?? []),
    ),
  );
  const found = targets.find(({ value }) => {
    const [name, namespace] = value.replace(/:\d+$/, '').split('.');
    return world.cluster.services.some(
      (one) =>
        one.object.name.value === name &&
        one.object.namespace?.value === (namespace ?? object.namespace?.value) &&
        one.ports.some(({ port }) => `${port}` === (/:(\d+)$/.exec(value)?.[1] ?? '80')),
    );
  });
  const what = targets.length > 0 ? targets.map(({ value }) => value).join(', ') : 'what it discovers';
  if (found) hop.saw(`${who} sends its alerts to ${found.value}`, found.span);
  else hop.lacks({ kind: 'alert-manager', what: `whether ${what} is the Alertmanager of ${who}` });
  return { hop: hop.build(), id: found?.value ?? what };
}

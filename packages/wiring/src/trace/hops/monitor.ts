import { type Located, labelOf, type Missing, type Workload, type World } from '../../model';
import { at } from '../../read/access';
import type { Span } from '../../text';
import { type Ignored, isAlike } from '../collectors/monitors/choice';
import type { MonitorOrigin, ScrapePipeline } from '../collectors/scrape-plan';
import { type Break, blocked, type Hop, HopBuilder } from '../path';
import type { Attempt } from '../scrape/attempts';
import { namesOf, selectedServices, selectorOf } from '../scrape/selected';
import { mayWatch, type RbacVerdict } from './rbac';

/** May whoever turns a monitor into a scrape read it where it looks for monitors? */
export function permissionToRead(monitor: MonitorOrigin | undefined, world: World): RbacVerdict {
  if (!monitor?.reader) return { evidence: [] };
  const { account, resource, namespaces } = monitor.reader;
  const { object, chosen } = monitor;
  const reader = { ...account, component: account.who, span: chosen.span };
  const place = namespaces && (object.namespace?.value ?? namespaces.value[0]);
  return mayWatch(reader, resource, place, world);
}

/** The hops before the collector for a monitor by which nothing of the input is scraped. */
export function withoutTargets(
  pipeline: ScrapePipeline,
  monitor: MonitorOrigin,
  attempts: readonly Attempt[],
  who: string,
  world: World,
): readonly Hop[] {
  const label = labelOf(monitor.object);
  const discovery = new HopBuilder('discovery', label, `${who} ${pipeline.component}`);
  discovery.saw(monitor.chosen.text, monitor.chosen.span).lacks(...pipeline.gaps);
  const open = attempts.flatMap(({ discovered, run }) =>
    discovered.truth === 'unknown' ? [discovered.missing] : (run?.open ?? []),
  );
  if (pipeline.gaps.length === 0 && attempts.length === 0) judgeSelection(discovery, pipeline, monitor, world);
  else discovery.lacks(...open);
  const relabelling = new HopBuilder('relabelling', label, `${who} ${pipeline.component}`);
  const isBlocked = attempts.length === 0 || open.length > 0;
  if (!isBlocked) judgeRules(relabelling, pipeline, monitor, attempts, world);
  return [
    discovery.build(),
    isBlocked ? blocked('relabelling', label, who, 'discovery') : relabelling.build(),
    blocked('scrape', who, label, 'relabelling'),
    blocked('network', who, label, 'relabelling'),
  ];
}

/** Nothing of the input has the labels that the monitor wants. */
function judgeSelection(hop: HopBuilder, { sources }: ScrapePipeline, monitor: MonitorOrigin, world: World): void {
  const { object } = monitor;
  const [source] = sources;
  if (!source || (object.kind !== 'PodMonitor' && object.kind !== 'ServiceMonitor')) {
    hop.lacks({ kind: 'object', what: 'workload not in the input' });
    return;
  }
  const what = object.kind === 'PodMonitor' ? 'pods' : 'Service';
  const [service] = object.kind === 'ServiceMonitor' ? selectedServices(monitor, source, world) : [];
  if (service) {
    hop.saw(`it selects ${labelOf(service.object)}`, service.object.name.span);
    hop.lacks({ kind: 'object', what: `the workload behind ${labelOf(service.object)}: not in the input` });
    return;
  }
  const names = namesOf(source);
  const place = names ? `namespace ${names.join(' and ')}` : 'any namespace';
  const near = nearest(monitor, names, world);
  if (!world.closedManifests) {
    hop.lacks({
      kind: 'object',
      what: `workload not in the input: nothing in ${place} that ${labelOf(object)} selects`,
      ...(near && { help: near.message }),
    });
    return;
  }
  hop.breaks({
    claim: 'monitor-selects-something',
    message: `${labelOf(object)} selects no ${what} in ${place}`,
    span: near?.end ?? at(object.node, 'spec', 'selector')?.span ?? object.name.span,
    related: near ? [{ span: near.span, message: near.message }] : [],
  });
}

interface Near {
  readonly span: Span;
  readonly message: string;
  readonly end?: Span;
}

/** What the monitor may have been meant for: the same labels elsewhere, or others that are alike. */
function nearest(monitor: MonitorOrigin, names: readonly string[] | undefined, world: World): Near | undefined {
  const { cluster } = world;
  const all =
    monitor.object.kind === 'PodMonitor'
      ? cluster.workloads.map(({ object, pod }) => ({ object, labels: pod.labels }))
      : cluster.services;
  const { requirements } = selectorOf(monitor);
  const wanted = requirements.filter(({ operator }) => operator === 'In');
  const spec = at(monitor.object.node, 'spec');
  for (const { object, labels } of all) {
    const isHere = !names || names.includes(object.namespace?.value ?? '');
    const off = wanted.filter(({ key, values }) => !values.includes(labels.get(key)?.value ?? ''));
    if (wanted.length > 0 && off.length === 0 && !isHere) {
      const span = object.namespace?.span ?? object.name.span;
      const end = at(spec, 'namespaceSelector')?.span;
      return { span, message: `${labelOf(object)} has these labels`, ...(end && { end }) };
    }
    const [one, ...more] = off;
    const value: Located<string> | undefined = one && labels.get(one.key);
    if (isHere && one && more.length === 0 && value && one.values.some((other) => isAlike(other, value.value))) {
      const end = at(spec, 'selector', 'matchLabels', one.key)?.span;
      const message = `${labelOf(object)} has ${one.key}=${value.value}`;
      return { span: value.span, message, ...(end && { end }) };
    }
  }
  return undefined;
}

/** Everything that the monitor selects is dropped by its rules: by the port that it names, or by rules of its own. */
function judgeRules(
  hop: HopBuilder,
  pipeline: ScrapePipeline,
  monitor: MonitorOrigin,
  attempts: readonly Attempt[],
  world: World,
): void {
  const { object } = monitor;
  const refused = pipeline.sources.flatMap(({ rules }) => rules).find(({ broken }) => broken)?.broken;
  if (refused) {
    hop.breaks(refused);
    return;
  }
  const dropped = attempts.flatMap((attempt) =>
    (attempt.run?.dropped ?? []).map((drop) => ({ attempt, drop, index: attempt.source.rules.indexOf(drop.rule) })),
  );
  const [last] = [...dropped].sort((a, b) => b.index - a.index);
  if (!last) {
    hop.lacks(leftOut(monitor, `nothing behind what it selects has a port`));
    return;
  }
  const { attempt, drop, index } = last;
  const label = labelOf(attempt.workload.object);
  if (index === monitor.port) {
    const isMeant = selectorOf(monitor).requirements.some(({ operator }) => operator === 'In' || operator === 'Exists');
    if (isMeant || world.closedManifests) hop.breaks(wrongPort(pipeline, monitor, attempt));
    else hop.lacks(leftOut(monitor, `${label} has no port ${drop.rule.regex}`));
    return;
  }
  const sources = drop.rule.sources.join(', ');
  const why = `${sources || 'nothing'} is ${JSON.stringify(drop.value)}, and the rule has ${JSON.stringify(drop.rule.regex)}`;
  if (!world.closedManifests) {
    hop.lacks(leftOut(monitor, `a rule drops ${label}: ${why}`));
    return;
  }
  hop.breaks({
    claim: 'target-is-kept',
    message: `${labelOf(object)} drops everything that it selects: ${why}`,
    span: drop.rule.regexSpan ?? drop.rule.span,
    related: [{ span: attempt.workload.object.name.span, message: `${label} is selected` }],
  });
}

function wrongPort({ sources }: ScrapePipeline, { object, port = 0 }: MonitorOrigin, { workload }: Attempt): Break {
  const rule = sources[0]?.rules[port];
  const isService = rule?.sources.some((name) => /_endpoint(?:slice)?_port_name$/.test(name)) ?? false;
  const what = rule?.sources.some((name) => name.endsWith('_number')) ? 'port' : 'a port called';
  const label = labelOf(workload.object);
  const whose = isService ? `the Service before ${label}` : `a container of ${label}`;
  return {
    claim: 'monitor-port-exists',
    message: `${labelOf(object)} scrapes ${what} ${rule?.regex ?? ''}, which ${whose} does not have`,
    span: rule?.regexSpan ?? object.name.span,
    related: endsOf(isService, workload),
  };
}

/** The ports that are there instead. */
function endsOf(isService: boolean, { object, pod }: Workload): Break['related'] {
  const ports = pod.containers.flatMap(({ name, ports: own }) => own.map((port) => ({ name, port })));
  if (isService || ports.length === 0) return [{ span: object.name.span, message: `${labelOf(object)} is selected` }];
  return ports.slice(0, 3).map(({ name, port }) => ({
    span: port.span,
    message: `container ${name} declares port ${port.number}${port.name ? `, called ${port.name}` : ''}`,
  }));
}

function leftOut({ object }: MonitorOrigin, why: string): Missing {
  return { kind: 'left-out', what: `whether ${labelOf(object)} is left out on purpose: ${why}` };
}

/** A monitor that nobody who reads monitors takes. */
export function ignoredHops({ object, choice }: Ignored, who: string, world: World): readonly Hop[] {
  const label = labelOf(object);
  const hop = new HopBuilder('discovery', label, who);
  if (choice.truth === 'unknown') hop.lacks(choice.missing);
  else if (world.closedManifests || choice.isMistyped) {
    hop.breaks({
      claim: 'monitor-is-chosen',
      message: `nobody reads ${label}: ${choice.why}`,
      span: at(object.node, 'metadata', 'labels')?.span ?? object.name.span,
      related: [{ span: choice.span, message: choice.why }],
    });
  } else hop.lacks({ kind: 'left-out', what: `whether ${label} is left out on purpose: ${choice.why}` });
  return [
    hop.build(),
    blocked('relabelling', label, who, 'discovery'),
    blocked('scrape', who, label, 'discovery'),
    blocked('network', who, label, 'discovery'),
  ];
}

import { labelOf, type Missing, type World } from '../../model';
import type { Role, Route } from '../collectors/scrape-plan';
import type { Break, Hop } from '../path';
import { blocked, HopBuilder, notExamined } from '../path';
import type { Attempt, Attempts } from '../scrape/attempts';
import type { RelabelRule } from '../scrape/relabel';
import type { Dropped, ScrapeTarget } from '../scrape/run';
import { samplesOf } from '../scrape/samples';
import { permissionToDiscover, wayToDiscoverer } from './discovery';
import { permissionToRead } from './monitor';

const ANNOTATION = /^__meta_kubernetes_(?:pod|service)_annotation_prometheus_io_/;

const WHAT: Readonly<Record<Role, string>> = {
  pod: 'pods',
  endpoints: 'endpoints',
  endpointslice: 'endpoint slices',
  service: 'Services',
  node: 'nodes',
  static: 'nothing',
};

/** Is the workload seen by the collector, and may the collector look? */
export function discoveryHop(attempt: Attempt, attempts: Attempts, world: World, hasAccount: boolean): Hop {
  const { collector, source, workload, discovered: found } = attempt;
  const who = labelOf(collector.workload.object);
  const hop = new HopBuilder('discovery', labelOf(workload.object), `${who} ${source.component}`);
  hop.saw(
    `${source.component} ${source.role === 'static' ? 'names it' : `discovers ${WHAT[source.role]}`}`,
    source.span,
  );
  const { monitor } = attempt.pipeline;
  if (monitor) hop.saw(monitor.chosen.text, monitor.chosen.span).lacks(...attempt.pipeline.gaps);
  if (found.truth === 'unknown') return hop.lacks(found.missing).build();
  if (found.truth === 'no') {
    const isIdle = attempts.isIdle(source);
    const isEvident = world.closedManifests && attempts.isAlone && (found.isMistyped || (isIdle && found.isDangling));
    if (!isEvident) return hop.lacks(leftOut(attempt, `${source.component} does not see it: ${found.why}`)).build();
    const { object } = workload;
    const which = isIdle ? 'any pod' : `the pods of namespace ${object.namespace?.value}`;
    return hop
      .breaks({
        claim: 'workload-is-discovered',
        message: `${source.component} does not see ${which} that asks to be scraped: ${found.why}`,
        span: found.span,
        related: [
          ...asking(attempt),
          { span: object.namespace?.span ?? object.name.span, message: `${labelOf(object)} runs here` },
        ],
      })
      .build();
  }
  for (const { text, span } of found.evidence) hop.saw(text, span);
  if (!hasAccount) return hop.lacks(...blocked('', '', '', 'service-account').missing).build();
  for (const { evidence, missing, broken } of [
    permissionToRead(monitor, world),
    permissionToDiscover(source, workload, collector, world),
    wayToDiscoverer(source, collector, world),
  ]) {
    for (const { text, span } of evidence) hop.saw(text, span);
    if (missing) hop.lacks(missing);
    if (broken) hop.breaks(broken);
  }
  return hop.build();
}

/** Do the rules keep the target, and its samples on their way to the sink? */
export function relabellingHop(
  { collector, source, pipeline, run }: Attempt,
  target: ScrapeTarget,
  { rules, broken }: Route,
): Hop {
  const who = labelOf(collector.workload.object);
  const hop = new HopBuilder('relabelling', `${who} ${source.component}`, `${who} ${pipeline.component}`);
  const count = source.rules.length;
  const dropped = run?.dropped.length ?? 0;
  const rest = dropped === 0 ? '' : `; ${dropped} other target${dropped === 1 ? '' : 's'} of the pod dropped`;
  hop.saw(count === 0 ? 'no rule stands in between' : `${count} rules keep the target${rest}`, source.rules[0]?.span);
  const carried = labelsOf(target);
  hop.saw(carried === '' ? 'its series carry no label of the target' : `its series carry ${carried}`, pipeline.span);
  const misread = [...source.rules, ...rules].find(({ broken }) => broken)?.broken;
  if (misread) hop.breaks(misread);
  if (broken) hop.breaks(broken);
  const samples = samplesOf(target.labels, rules);
  if (samples.kind === 'open') hop.lacks(samples.missing);
  if (samples.kind === 'dropped') {
    hop.breaks({
      claim: 'samples-reach-store',
      message: `${samples.rule.component} drops every sample: ${described(samples.rule, samples.value)}`,
      span: samples.rule.regexSpan ?? samples.rule.span,
      related: [{ span: pipeline.span, message: `${pipeline.component} scrapes them` }],
    });
  }
  return hop.build();
}

/** What the target gives to each of its series: `namespace="shop", pod=<pod name>`. */
function labelsOf({ labels }: ScrapeTarget): string {
  return [...labels]
    .filter(([name, { value }]) => !name.startsWith('__') && value !== '')
    .map(
      ([name, { value, rests }]) =>
        `${name}=${rests.size === 0 ? JSON.stringify(value) : `<${[...rests].join(', ')}>`}`,
    )
    .sort()
    .join(', ');
}

/** The relabelling of a workload that asks to be scraped and is not. */
export function droppedHop(attempt: Attempt, attempts: Attempts, world: World): Hop {
  const { collector, source, pipeline, workload, run, ask } = attempt;
  const who = labelOf(collector.workload.object);
  const hop = new HopBuilder('relabelling', `${who} ${source.component}`, `${who} ${pipeline.component}`);
  if (run?.open.length) return hop.lacks(...run.open).build();
  const scrape = ask?.label ?? '';
  const drop = run?.dropped.find(({ rule }) => rule.sources.includes(scrape)) ?? run?.dropped[0];
  if (!drop)
    return hop
      .lacks(leftOut(attempt, source.role === 'pod' ? 'its pods have no container' : 'no Service selects its pods'))
      .build();
  const isIdle = attempts.isIdle(source);
  // A rule that asks for more than annotations, such as a namespace, may leave the workload out on purpose.
  const isByAnnotation =
    /^(?:keep|drop)$/.test(drop.rule.action) &&
    drop.rule.sources.includes(scrape) &&
    drop.rule.sources.every((label) => ANNOTATION.test(label));
  const isEvident = attempts.isAlone && (isByAnnotation || (isIdle && world.closedManifests));
  const why = described(drop.rule, drop.value);
  if (!isEvident) return hop.lacks(leftOut(attempt, `${drop.rule.component} drops it: ${why}`)).build();
  const [end] = asking(attempt);
  const place = drop.rule.regexSpan ?? drop.rule.span;
  const label = labelOf(workload.object);
  const broken: Break = isIdle
    ? {
        claim: 'target-is-kept',
        message: `${drop.rule.component} drops every pod that asks to be scraped: ${why}`,
        span: place,
        related: [end],
      }
    : {
        claim: 'target-is-kept',
        message: `${drop.rule.component} drops ${label}, which asks to be scraped: ${why}`,
        span: end.span,
        related: [{ span: place, message: 'the rule that drops it' }],
      };
  return hop.breaks(broken).build();
}

/** A job for nodes whose rules keep none of them. */
export function droppedNodesHop({ source, pipeline }: Attempt, { rule, value }: Dropped, who: string): Hop {
  return new HopBuilder('relabelling', `${who} ${source.component}`, `${who} ${pipeline.component}`)
    .breaks({
      claim: 'target-is-kept',
      message: `${rule.component} drops every node: ${described(rule, value)}`,
      span: rule.regexSpan ?? rule.span,
      related: [{ span: source.span, message: `${source.component} discovers nodes, not pods` }],
      help: 'discover pods, or keep nodes by labels that nodes have',
    })
    .build();
}

function asking({ ask }: Attempt): Break['related'] {
  if (!ask) return [];
  return [{ span: ask.value.span, message: `${ask.who} asks to be scraped by ${ask.key}` }];
}

function leftOut({ workload }: Attempt, why: string): Missing {
  return { kind: 'left-out', what: `whether ${labelOf(workload.object)} is left out on purpose: ${why}` };
}

function described({ action, sources, regex, target }: RelabelRule, value: string): string {
  const label = sources.join(', ') || 'nothing';
  if (action === 'keepequal' || action === 'dropequal')
    return `${label} is ${JSON.stringify(value)}, against ${target}`;
  const wants = action === 'keep' ? 'the rule keeps' : 'the rule drops';
  return `${label} is ${JSON.stringify(value)}, and ${wants} ${JSON.stringify(regex)}`;
}

/** The hops before the collector, where no workload of the input is known to be at their beginning. */
export function unknownSource(who: string, missing: readonly Missing[]): readonly Hop[] {
  const gaps = missing.length > 0 ? missing : [{ kind: 'object', what: 'workload not in the input' }];
  return [
    ['discovery', 'workload', who],
    ['relabelling', who, who],
    ['scrape', who, 'workload'],
    ['network', who, 'workload'],
  ].map(([kind, from, to]) => ({ ...notExamined(kind, from, to), missing: gaps }));
}

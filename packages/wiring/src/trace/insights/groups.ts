import {
  concat,
  describe,
  equal,
  known,
  type LogGroup,
  missingIn,
  textOf,
  type Value,
  type World,
  withPlaceholders,
} from '../../model';
import { nearestName, type Span } from '../../text';
import { type Hop, HopBuilder } from '../path';
import { type Arrival, logArrivals } from './arrivals';
import type { AskedGroup, LogQuery } from './query';

/** The log groups that a question is asked of. */
export interface Asked {
  readonly hop: Hop;
  readonly names: readonly Value[];
  /** Those of them that the input makes. */
  readonly groups: readonly LogGroup[];
}

/** Groups that services of AWS make for themselves, when something is first written. */
const OF_SERVICES = /^(?:\/aws\/|aws-|API-Gateway-Execution-Logs|RDSOSMetrics|sns\/|StepFunctions|\/ecs\/)/;

/** Is each group there, in the region that is asked? */
export function askedGroups(query: LogQuery, groups: readonly AskedGroup[], world: World): Asked {
  const named = groups.map((group) => ({ ...group, name: withPlaceholders(nameOf(group)) }));
  const what = named.map(({ name }) => describe(name)).join(', ');
  const hop = new HopBuilder('log-group', query.owner, what ? `log group ${what}` : 'log group');
  const found: LogGroup[] = [];
  if (named.length === 0) hop.lacks({ kind: 'log-group', what: `the log groups that ${query.owner} is about` });
  for (const group of named) found.push(...judgeGroup(hop, query, group, world));
  return { hop: hop.build(), names: named.map(({ name }) => name), groups: found };
}

/** The name in `arn:aws:logs:eu-west-1:111122223333:log-group:/eks/shop:*`, or the name itself. */
function nameOf({ name, arn }: AskedGroup): Value {
  const value = textOf(name) === '' && arn ? arn : name;
  const parts = value.kind === 'concat' ? value.parts : [value];
  const at = parts.findIndex((part) => textOf(part)?.includes(':log-group:'));
  const text = textOf(parts[at]);
  if (text === undefined) return value;
  const first = known(text.slice(text.indexOf(':log-group:') + ':log-group:'.length));
  const whole = concat([first, ...parts.slice(at + 1)], value.span);
  const [last, ...before] = whole.kind === 'concat' ? [...whole.parts].reverse() : [whole];
  const end = textOf(last);
  if (end === undefined) return whole;
  return concat([...before.reverse(), known(end.replace(/:(?:\*|log-stream:.*)?$/, ''))], value.span);
}

function judgeGroup(hop: HopBuilder, query: LogQuery, asked: AskedGroup, world: World): readonly LogGroup[] {
  const { name } = asked;
  const open = [...missingIn(name), ...missingIn(withPlaceholders(query.region))];
  if (open.length > 0) {
    hop.lacks(...open);
    return [];
  }
  const makers = world.aws.logGroups.map((group) => ({ group, is: equal(group.name, name) }));
  const named = makers.filter(({ is }) => is === 'yes').map(({ group }) => group);
  const here = named.filter(({ region }) => equal(region, query.region) === 'yes');
  const writers = logArrivals(world).all.filter((arrival) => arrival.group && equal(arrival.group, name) === 'yes');
  const writer = writers.find(
    ({ region, sink }) => sink.createsGroup && region && equal(region, query.region) === 'yes',
  );
  if (here.length > 0) {
    hop.saw(`${here[0].label} is made here`, here[0].span);
    return here;
  }
  if (writer) {
    hop.saw(`${writer.sink.component} makes the group, and writes to it`, writer.sink.group?.span ?? writer.sink.span);
    return [];
  }
  const elsewhere = placeElsewhere(named, writers, query);
  if (elsewhere) {
    hop.breaks({
      claim: 'queried-group-is-in-region',
      message: `${query.owner} asks ${describe(query.region)} for log group ${describe(name)}, which is in ${describe(elsewhere.region)}`,
      span: query.regionSpan ?? asked.span ?? query.span,
      related: [
        { span: elsewhere.span, message: 'the group is there' },
        ...(query.region.span ? [{ span: query.region.span, message: 'the region is set here' }] : []),
        ...(query.regionSpan && asked.span ? [{ span: asked.span, message: 'the group is named here' }] : []),
      ],
      help: `ask ${describe(elsewhere.region)}`,
    });
    return [];
  }
  const text = textOf(name);
  const isOpen = makers.some(({ is }) => is === 'unknown') || named.length > 0 || writers.length > 0;
  if (isOpen || !world.closedTemplates || !world.closedManifests || text === undefined || OF_SERVICES.test(text)) {
    hop.lacks({
      kind: 'log-group',
      what: `who makes log group ${describe(name)} in ${describe(query.region)}`,
      help: 'give the template that makes it, or the collector that writes to it',
    });
    return [];
  }
  missingGroup(hop, query, asked, text, world);
  return [];
}

/** Where the group is, when it is for certain in another region only. */
function placeElsewhere(
  named: readonly LogGroup[],
  writers: readonly Arrival[],
  { region }: LogQuery,
): { readonly region: Value; readonly span: Span } | undefined {
  const places = [
    ...named,
    ...writers.flatMap((one) =>
      one.region ? [{ region: one.region, span: one.sink.group?.span ?? one.sink.span }] : [],
    ),
  ];
  return places.every((place) => equal(place.region, region) === 'no') ? places[0] : undefined;
}

function missingGroup(hop: HopBuilder, query: LogQuery, asked: AskedGroup, text: string, world: World): void {
  const made = world.aws.logGroups.flatMap((group) => {
    const name = textOf(group.name);
    return name === undefined ? [] : [{ name, span: group.span, message: `${group.label} is made here` }];
  });
  const written = logArrivals(world).all.flatMap(({ group, sink }) => {
    const name = textOf(group);
    return name === undefined
      ? []
      : [{ name, span: sink.group?.span ?? sink.span, message: `${sink.component} writes to ${name}` }];
  });
  const near = [...made, ...written];
  const meant = nearestName(
    text,
    near.map(({ name }) => name),
  );
  const ends = near.filter(({ name }) => meant === undefined || name === meant).slice(0, 2);
  hop.breaks({
    claim: 'queried-group-exists',
    message: `${query.owner} asks for log group ${text}, which nothing in world ${world.name} makes or writes to`,
    span: asked.span ?? query.span,
    related: ends.map(({ span, message }) => ({ span, message })),
    ...(meant !== undefined && { help: `is ${meant} meant?` }),
  });
}

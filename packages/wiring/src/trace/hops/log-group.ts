import {
  describe,
  equal,
  type LogGroup,
  labelOf,
  matches,
  missingIn,
  textOf,
  type Value,
  type World,
} from '../../model';
import type { Collector } from '../collectors/find';
import { type LogSink, pluginOf } from '../collectors/logs-plan';
import { originsOf, type Setting } from '../collectors/metrics-plan';
import { type Break, type Hop, HopBuilder } from '../path';
import { judgeEgress } from './egress';

export interface GroupTarget {
  readonly hop: Hop;
  readonly region?: Value;
  readonly name?: Value;
  /** Who makes the group, when the input shows it. */
  readonly group?: LogGroup;
}

/** Names that CloudWatch takes (API reference, CreateLogGroup). */
const GROUP_NAME = /^[.\-_/#A-Za-z0-9]{1,512}$/;

/** Does the group exist where the output writes, or may the output make it? */
export function logGroupHop(sink: LogSink, collector: Collector, world: World): GroupTarget {
  const who = `${labelOf(collector.workload.object)} ${sink.component}`;
  const { group: name, region } = sink;
  const hop = new HopBuilder('log-group', who, name ? `log group ${describe(name.value)}` : 'log group');
  const absent = requireSetting(sink, name, 'log_group_name') ?? requireSetting(sink, region, 'region');
  if (absent || !name || !region) return { hop: absent ? hop.breaks(absent).build() : hop.build() };
  hop.saw(`${sink.component} writes to log group ${describe(name.value)} in ${describe(region.value)}`, name.span);
  if (sink.groupTemplate && name.span !== sink.groupTemplate.span) {
    hop.lacks({ kind: 'record', what: 'the group that log_group_template comes to' });
    return { hop: hop.build(), region: region.value };
  }
  if (sink.endpoint) judgeEndpoint(hop, sink, sink.endpoint, region);
  const open = [...missingIn(name.value), ...missingIn(region.value)];
  if (open.length > 0) return { hop: hop.lacks(...open).build(), region: region.value, name: name.value };
  const literal = textOf(name.value);
  if (literal?.includes('$(') && pluginOf(sink.section) === 'cloudwatch') {
    hop.lacks({ kind: 'record', what: `the group that ${literal} comes to` });
    return { hop: hop.build(), region: region.value };
  }
  if (literal !== undefined && !GROUP_NAME.test(literal)) {
    hop.breaks({
      claim: 'output-is-complete',
      message: `${literal} is no name of a log group`,
      span: name.span,
      related: originsOf(name),
      help: 'names have letters, digits and . - _ / #',
    });
    return { hop: hop.build() };
  }
  const found = findGroup(hop, sink, name, region, world);
  judgeEgress(hop, collector, { span: name.span, what: 'CloudWatch Logs' }, world);
  return { hop: hop.build(), region: region.value, name: name.value, ...(found && { group: found }) };
}

/** Requests are signed for `region`; AWS's own endpoints say theirs in their names. */
function judgeEndpoint(hop: HopBuilder, sink: LogSink, endpoint: Setting, region: Setting): void {
  const host = textOf(endpoint.value)?.replace(/^https?:\/\//, '');
  const [, there] = /^logs(?:-fips)?\.([a-z]{2}(?:-[a-z]+)+-\d)\.(?:amazonaws\.com|api\.aws)/.exec(host ?? '') ?? [];
  const here = textOf(region.value);
  if (there === undefined || here === undefined) {
    hop.lacks({ kind: 'not-examined', what: 'not examined by this version: an endpoint other than the one of AWS' });
  } else if (there !== here) {
    hop.breaks({
      claim: 'endpoint-is-in-region',
      message: `${sink.component} calls ${host}, and signs for ${here}`,
      span: endpoint.span,
      related: [{ span: region.span, message: 'the region is set here' }, ...originsOf(region)],
      help: 'leave the endpoint out: it follows from the region',
    });
  }
}

function requireSetting(sink: LogSink, setting: Setting | undefined, key: string): Break | undefined {
  if (setting?.broken) return setting.broken;
  if (setting && textOf(setting.value) !== '') return undefined;
  if (setting && setting.unset.length > 0) {
    return {
      claim: 'variable-is-set',
      message: `${key} of ${sink.component} needs ${setting.unset.join(', ')}, which the container does not set`,
      span: setting.span,
      related: [],
    };
  }
  return {
    claim: 'output-is-complete',
    message: setting ? `${key} of ${sink.component} is empty` : `${sink.component} has no ${key}`,
    span: setting?.span ?? sink.span,
    related: setting ? originsOf(setting) : [],
    help: `give ${key} a value`,
  };
}

function findGroup(hop: HopBuilder, sink: LogSink, name: Setting, region: Setting, world: World): LogGroup | undefined {
  const truths = world.aws.logGroups.map((group) => ({ group, truth: equal(group.name, name.value) }));
  const named = truths.filter(({ truth }) => truth === 'yes').map(({ group }) => group);
  const here = named.find((group) => equal(group.region, region.value) === 'yes');
  if (here) {
    hop.saw(`${here.label} is made here`, here.span);
    return here;
  }
  const elsewhere = named.find((group) => equal(group.region, region.value) === 'no');
  if (sink.createsGroup) {
    hop.saw(`${sink.component} makes the group itself (auto_create_group)`, sink.span);
    return undefined;
  }
  if (elsewhere) {
    hop.breaks({
      claim: 'log-group-is-in-region',
      message: `${sink.component} writes to ${describe(region.value)}, ${elsewhere.label} is in ${describe(elsewhere.region)}`,
      span: region.span,
      related: [...originsOf(region), { span: elsewhere.span, message: 'the group is made here' }],
      help: `write to ${describe(elsewhere.region)}`,
    });
    return undefined;
  }
  if (named.length > 0 || truths.some(({ truth }) => truth === 'unknown') || !world.closedTemplates) {
    hop.lacks({
      kind: 'log-group',
      what: `who makes log group ${describe(name.value)}`,
      help: 'give the template that makes it, or switch auto_create_group on',
    });
    return undefined;
  }
  const near = world.aws.logGroups.slice(0, 2);
  hop.breaks({
    claim: 'log-group-exists',
    message: `${sink.component} writes to log group ${describe(name.value)}, which no template of world ${world.name} makes, and auto_create_group is off`,
    span: name.span,
    related: [
      ...originsOf(name),
      ...near.map((group) => ({ span: group.span, message: `${group.label} is made here` })),
    ],
    help:
      near[0] && matches(near[0].name, name.value) === 'no'
        ? `write to ${describe(near[0].name)}, or make the group`
        : 'make the group',
  });
  return undefined;
}

import {
  concat,
  describe,
  equal,
  known,
  missingIn,
  type PrometheusWorkspace,
  type Receiver,
  type Topic,
  type TopicTarget,
  textOf,
  type Value,
  type World,
} from '../../model';
import type { Span } from '../../text';
import { matchValue } from '../hops/url';
import { decide, nearest, type RequestContext, type StatementReview } from '../iam';
import { blocked, type Hop, HopBuilder } from '../path';

const ARN = /^arn:([\w-]+):sns:([^:]*):([^:]*):(.*)$/;
const SERVICE = known('aps.amazonaws.com');

/** Do the receivers of an alert send it somewhere that takes it? */
export function receiverHops(
  receivers: readonly Receiver[],
  workspace: PrometheusWorkspace | undefined,
  world: World,
): readonly Hop[] {
  const hop = new HopBuilder(
    'receiver',
    'the alert manager',
    receivers.map(({ name }) => name.value).join(', ') || 'nobody',
  );
  for (const receiver of receivers) {
    const { name, topics, others } = receiver;
    if (topics.length + others.length === 0) hop.saw(`receiver ${name.value} sends to nobody, on purpose`, name.span);
    for (const { value, span } of others) {
      hop.saw(`receiver ${name.value} has ${value}`, span);
      hop.lacks({ kind: 'not-examined', what: `not examined by this version: ${value} of receiver ${name.value}` });
    }
    for (const topic of topics) judgeTopic(hop, receiver, topic, workspace, world);
  }
  return [hop.build()];
}

function judgeTopic(
  hop: HopBuilder,
  { name }: Receiver,
  target: TopicTarget,
  workspace: PrometheusWorkspace | undefined,
  world: World,
): void {
  const { arn, region, roleArn, span } = target;
  if (!arn) return;
  const who = `receiver ${name.value}`;
  const topic = world.rules.topics.find((one) => equal(one.arn, arn) === 'yes');
  const [, of, account] = matchValue(arn, ARN) ?? [];
  const literal = textOf(arn);
  if (literal !== undefined && !ARN.test(literal)) {
    hop.breaks({
      claim: 'topic-exists',
      message: `${literal}, which ${who} names, is no ARN of an SNS topic`,
      span,
      related: [],
    });
    return;
  }
  if (region && of && equal(region, of) === 'no') {
    hop.breaks({
      claim: 'topic-is-in-region',
      message: `${who} signs for ${describe(region)}, its topic is in ${describe(of)}`,
      span: region.span ?? span,
      related: [{ span, message: 'the topic is named here' }],
      help: `write ${describe(of)}`,
    });
    return;
  }
  if (!topic) {
    missingTopic(hop, who, { arn, of, account, span }, world);
    return;
  }
  hop.saw(`${topic.label} has this ARN`, topic.span);
  if (topic.isFifo) {
    const message = `${who} sends to ${topic.label}, a FIFO topic, and alerts go only to standard ones`;
    hop.breaks({
      claim: 'topic-exists',
      message,
      span,
      related: [{ span: topic.span, message: 'the topic is made here' }],
    });
    return;
  }
  if (roleArn) {
    hop.lacks({
      kind: 'not-examined',
      what: `not examined by this version: ${describe(roleArn)}, as which ${who} sends`,
    });
    return;
  }
  mayPublish(hop, who, topic, workspace, world, span);
}

interface Named {
  readonly arn: Value;
  readonly of?: Value;
  readonly account?: Value;
  readonly span: TopicTarget['span'];
}

function missingTopic(hop: HopBuilder, who: string, { arn, of, account, span }: Named, world: World): void {
  const open = missingIn(arn);
  if (open.length > 0) {
    hop.lacks(...open);
    return;
  }
  const { surroundings, rules, closedTemplates } = world;
  const isOwn =
    account && of && equal(account, surroundings.account) === 'yes' && equal(of, surroundings.region) === 'yes';
  // Topics are seldom made where their readers are; that one is missing is certain only where others are made.
  const near = rules.topics.find((one) => textOf(one.arn) !== undefined && isOwn);
  const may = rules.topics.some((one) => equal(one.arn, arn) === 'unknown');
  if (!closedTemplates || !near || may) {
    hop.lacks({ kind: 'topic', what: `topic ${describe(arn)}: nothing in the input makes it` });
    return;
  }
  hop.breaks({
    claim: 'topic-exists',
    message: `${who} sends to ${describe(arn)}, which nothing makes`,
    span,
    related: [{ span: near.span, message: `${near.label} is made here` }],
    help: `name ${describe(near.arn)}, or make the topic`,
  });
}

/** What a topic lets the service do is in its policy; without one only its own account may publish. */
function mayPublish(
  hop: HopBuilder,
  who: string,
  topic: Topic,
  workspace: PrometheusWorkspace | undefined,
  world: World,
  span: TopicTarget['span'],
): void {
  const made = { span: topic.span, message: `${topic.label} is made here` };
  if (topic.policies.length === 0) {
    if (!world.closedTemplates) hop.lacks({ kind: 'policy', what: `the policy of ${topic.label}` });
    else
      hop.breaks({
        claim: 'topic-admits-alerts',
        message: `${topic.label}, to which ${who} sends, has no policy that lets aps.amazonaws.com publish`,
        span,
        related: [made],
      });
    return;
  }
  const context = contextOf(workspace, world);
  const found = decide(topic.policies, {
    action: 'sns:Publish',
    resource: topic.arn,
    principal: { type: 'Service', value: SERVICE },
    context,
  });
  if (found.truth === 'yes')
    hop.saw(`the policy of ${topic.label} lets aps.amazonaws.com publish`, found.decisive?.statement.span);
  else if (found.truth === 'unknown')
    hop.lacks({ kind: 'policy', what: `whether the policy of ${topic.label} lets aps.amazonaws.com publish` });
  else {
    const close = found.decisive ?? nearest(found.reviews);
    const at = (close && cause(close)) ?? topic.policies[0].span ?? topic.span;
    hop.breaks({
      claim: 'topic-admits-alerts',
      message: `the policy of ${topic.label}, to which ${who} sends, does not let aps.amazonaws.com publish for ${workspace?.label ?? 'the workspace'}`,
      span: at,
      related: [{ span, message: `${who} names the topic` }, made],
    });
  }
}

/** The part of a statement that keeps the service out. */
function cause({ statement, principal, action, resource, conditions }: StatementReview): Span | undefined {
  const { span, principals, actions, resources } = statement;
  if (principal === 'no') return principals?.members[0]?.value.span ?? principals?.span ?? span;
  if (action === 'no') return actions.values[0]?.span ?? actions.span ?? span;
  if (resource === 'no') return resources?.values[0]?.span ?? resources?.span ?? span;
  const failed = conditions.find(({ truth }) => truth === 'no')?.condition;
  return failed ? (failed.values[0]?.span ?? failed.keySpan ?? span) : span;
}

function contextOf(workspace: PrometheusWorkspace | undefined, world: World): RequestContext {
  const { account, partition } = world.surroundings;
  return (key) => {
    if (key === 'aws:sourceaccount') return { kind: 'present', values: [account] };
    if (key === 'aws:sourcearn' && workspace) {
      const parts = [known('arn:'), partition, known(':aps:'), workspace.region, known(':'), account];
      return { kind: 'present', values: [concat([...parts, known(':workspace/'), workspace.id])] };
    }
    return { kind: 'unknown', missing: { kind: 'condition', what: `the condition key ${key}` } };
  };
}

export function noReceiver(by: string): Hop {
  return blocked('receiver', 'the alert manager', 'whom it reaches', by);
}

import { type Change, example } from '../example';
import { ALERTS } from '../examples/alerts';
import { type BreakRules, breakRule } from './break-rule';

const inRules = (good: string, bad: string): Change => ({ file: 'rules.yaml', good, bad });
const inTemplate = (good: string, bad: string): Change => ({ file: 'role.template.yaml', good, bad });

/** Whether rules find what they ask for, and their alerts somebody. */
export const alerts = {
  'rules-are-accepted': breakRule({
    id: 'alerts/refused-rules',
    summary: 'rules are not in the form that a ruler takes',
    why: 'none of the rules beside it is loaded either, and no alert of theirs ever fires',
    help: 'write groups, each with a name and rules; each rule has record or alert, and expr',
    example: example(ALERTS, inRules('for: 10m', 'for: ten minutes')),
  }),
  'rules-have-workspace': breakRule({
    id: 'alerts/missing-workspace',
    summary: 'rules are for a workspace that is not there, or that is named by its id where its ARN is needed',
    why: 'nobody evaluates them',
    help: 'name the workspace that collectors write to',
    example: example(ALERTS, inRules('workspaceRef: {from: {name: shop}}', 'workspaceRef: {from: {name: shops}}')),
  }),
  'rule-expression-is-readable': breakRule({
    id: 'alerts/unparsable-expression',
    summary: 'the expression of a rule is no PromQL',
    why: 'the ruler refuses the whole file',
    help: 'mend the expression; promtool check rules says the same',
    example: example(ALERTS, inRules('[5m]', '[5 m]')),
  }),
  'rule-metric-arrives': breakRule({
    id: 'alerts/missing-metric',
    summary: 'a rule asks for a metric that never arrives in its workspace',
    why: 'it finds nothing, so that the alert never fires, however bad things are',
    help: 'ask for a metric that a target serves and that no rule drops',
    example: example(
      ALERTS,
      inRules('nginx_up', 'nginx_is_up'),
      inRules(' or up{job="prometheus.scrape.pods"} == 0', ''),
    ),
  }),
  'rule-label-arrives': breakRule({
    id: 'alerts/missing-label',
    summary: 'a rule asks for a label that its series do not have',
    why: 'it finds nothing, so that the alert never fires',
    help: 'ask for labels that the target or the metric has',
    example: example(ALERTS, inRules('{method="card"}', '{kind="card"}')),
  }),
  'rule-value-arrives': breakRule({
    id: 'alerts/missing-value',
    summary: 'a rule asks for a value that a label of its series never has',
    why: 'it finds nothing, so that the alert never fires',
    help: 'ask for a value that the label has',
    example: example(
      ALERTS,
      inRules('nginx_up == 0 or up{job="prometheus.scrape.pods"} == 0', 'up{job="prometheus.scrape.nodes"} == 0'),
    ),
  }),
  'alert-manager-exists': breakRule({
    id: 'alerts/missing-alert-manager',
    summary: 'a workspace has rules with alerts, and no alert manager',
    why: 'alerts fire and reach nobody',
    help: 'give the workspace a definition of its alert manager',
    example: example(ALERTS, inRules('kind: AlertManagerDefinition', 'kind: LoggingConfiguration')),
  }),
  'alert-manager-is-accepted': breakRule({
    id: 'alerts/refused-alert-manager',
    summary: 'the definition of an alert manager is not in the form that a workspace takes',
    why: 'the workspace keeps what it had, or has no alert manager at all',
    help: 'write alertmanager_config with a route and receivers of SNS or PagerDuty',
    example: example(ALERTS, inRules('alertmanager_config: |', 'config: |')),
  }),
  'route-has-receiver': breakRule({
    id: 'alerts/missing-receiver',
    summary: 'a route leads to a receiver that is not there',
    why: 'the whole definition is refused',
    help: 'declare the receiver, or name one that is there',
    example: example(ALERTS, inRules('- name: pager', '- name: pagers')),
  }),
  'topic-exists': breakRule({
    id: 'alerts/missing-topic',
    summary: 'a receiver sends to a topic that nothing makes, or that takes no alerts',
    why: 'alerts are sent and lost',
    help: 'name the ARN of a standard SNS topic that is made',
    example: example(ALERTS, inTemplate('TopicName: pages', 'TopicName: alarms')),
  }),
  'topic-is-in-region': breakRule({
    id: 'alerts/topic-in-other-region',
    summary: 'a receiver signs for another region than that of its topic',
    why: 'SNS refuses the signature, and alerts are lost',
    help: 'write the region of the topic in sigv4',
    example: example(ALERTS, inRules('sigv4: {region: eu-west-1}', 'sigv4: {region: us-east-1}')),
  }),
  'topic-admits-alerts': breakRule({
    id: 'alerts/closed-topic',
    summary: 'the policy of a topic does not let the workspace publish',
    why: 'SNS refuses, and alerts are lost; only a log of the workspace says so',
    help: 'allow sns:Publish and sns:GetTopicAttributes to the service aps.amazonaws.com',
    example: example(ALERTS, inTemplate('Service: aps.amazonaws.com', 'Service: prometheus.amazonaws.com')),
  }),
} satisfies BreakRules;

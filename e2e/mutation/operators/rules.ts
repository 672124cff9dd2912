import { all, type Operator, remove, replace, set } from '../operator';

/** Rules and what becomes of alerts: in the account, and as objects of the Prometheus operator. */
const namespace = 'AWS::APS::RuleGroupsNamespace';
const data = ['Properties', 'Data'];
const rule = ['spec', 'groups', '*', 'rules', '*'];
const workspace = 'AWS::APS::Workspace';
const definition = ['Properties', 'AlertManagerDefinition'];
const receivers = (expression: RegExp, to: string) => replace(workspace, definition, expression, to);
const topicPolicy = 'AWS::SNS::TopicPolicy';
const statement = ['Properties', 'PolicyDocument', 'Statement', '*'];

/** A change of an expression, wherever rules are written. */
const expression = (from: RegExp, to: string) =>
  all(
    replace(namespace, data, new RegExp(`(?<=expr: [^\\n]*)${from.source}`), to),
    replace('PrometheusRule', [...rule, 'expr'], from, to),
  );
/** A change of a line of a rule, wherever rules are written. */
const line = (key: string, from: RegExp, to: string) =>
  all(
    replace(namespace, data, new RegExp(`(?<=${key}: )${from.source}`), to),
    replace('PrometheusRule', [...rule, key], from, to),
  );

export const ruleOperators: readonly Operator[] = [
  {
    id: 'rule-metric-misspelt',
    does: 'a rule reads a metric that nobody exposes',
    mutations: all(
      expression(/nginx_up/, 'nginx_upp'),
      expression(/nginx_http_requests_total/, 'nginx_requests_total'),
    ),
  },
  {
    id: 'rule-label-misspelt',
    does: 'a rule asks for a label that no series has',
    mutations: all(expression(/namespace=/, 'kubernetes_namespace='), expression(/cluster=/, 'eks_cluster=')),
  },
  {
    id: 'rule-label-value',
    does: 'a rule asks for a value that no series has, so that it never fires',
    mutations: all(
      expression(/namespace="(\w+)"/, 'namespace="$1-prod"'),
      expression(/cluster="(\w+)"/, 'cluster="$1-prod"'),
    ),
  },
  {
    id: 'rule-syntax',
    does: 'an expression does not parse',
    mutations: all(expression(/\[5m\]/, '[5 m'), expression(/== 0/, '= 0'), expression(/"\}/, '}')),
  },
  {
    id: 'rule-recorded-name',
    does: 'a rule records another name than an alert reads',
    mutations: line('record', /(\S+):rate5m/, '$1:rate1m'),
  },
  {
    id: 'rule-reads-unrecorded',
    does: 'an alert reads a name that no rule records',
    mutations: expression(/(shop|namespace):nginx_http_requests:rate5m/, '$1:nginx_http_requests:rate10m'),
  },
  {
    id: 'rule-refused',
    does: 'what stands there is no rule',
    mutations: all(
      replace(namespace, data, /expr: nginx_up/, 'expression: nginx_up'),
      line('for', /\d+m/, '5 minutes'),
      replace(namespace, data, /alert: NginxDown/, 'record: NginxDown'),
      replace(namespace, data, /interval: 1m/, 'interval: often'),
      replace(namespace, data, /^groups:/, 'rules:'),
      remove('PrometheusRule', [...rule, 'expr']),
    ),
  },
  {
    id: 'rule-of-another-workspace',
    does: 'rules are for another workspace than collectors write to, or for no ARN',
    mutations: all(
      set(namespace, ['Properties', 'Workspace'], () => ({ 'Fn::GetAtt': ['Metrics', 'WorkspaceId'] })),
      set(
        namespace,
        ['Properties', 'Workspace'],
        () => 'arn:aws:aps:ap-northeast-2:111122223333:workspace/ws-00000000-0000-0000-0000-000000000000',
      ),
    ),
  },
  {
    id: 'rule-not-chosen',
    does: 'no Prometheus takes the rules',
    lint: { 'alerts/unchosen-rules': 'no Prometheus of the input takes the rules' },
    mutations: all(
      replace('PrometheusRule', ['metadata', 'labels', 'release'], /$/, '-2'),
      remove('PrometheusRule', ['metadata', 'labels']),
      replace('Prometheus', ['spec', 'ruleSelector', 'matchLabels', '*'], /$/, '-2'),
      remove('Prometheus', ['spec', 'ruleSelector']),
      remove('Prometheus', ['spec', 'ruleNamespaceSelector']),
      set('Prometheus', ['spec', 'ruleNamespaceSelector'], () => ({ matchLabels: { rules: 'yes' } })),
    ),
  },
  {
    id: 'alert-to-no-receiver',
    does: 'alerts are routed to a receiver that is not there',
    mutations: all(receivers(/receiver: pages/, 'receiver: pager'), receivers(/name: pages/, 'name: page')),
  },
  {
    id: 'alert-definition-refused',
    does: 'the workspace refuses the definition of its alert manager',
    mutations: all(
      receivers(/^alertmanager_config: \|/, 'config: |'),
      receivers(/sigv4:\n +region: [\w-]+/, 'send_resolved: true'),
      receivers(/topic_arn: /, 'api_url: http://example.com\n          topic_arn: '),
      receivers(/route:\n +receiver: pages\n/, 'route:\n'),
    ),
  },
  {
    id: 'alert-without-manager',
    does: 'alerts fire and nobody takes them',
    mutations: all(
      remove(workspace, definition),
      remove('Prometheus', ['spec', 'alerting']),
      remove('Alertmanager', []),
      replace('Prometheus', ['spec', 'alerting', 'alertmanagers', '*', 'name'], /$/, '-2'),
      set('Prometheus', ['spec', 'alerting', 'alertmanagers', '*', 'namespace'], () => 'default'),
      set('Prometheus', ['spec', 'alerting', 'alertmanagers', '*', 'port'], () => 'http'),
    ),
  },
  {
    id: 'alert-other-topic',
    does: 'alerts are sent to a topic that nobody makes, or signed for another region',
    mutations: all(
      receivers(/shop-pages/, 'shop-page'),
      receivers(/sns:ap-northeast-2/, 'sns:us-east-1'),
      receivers(/region: ap-northeast-2/, 'region: us-east-1'),
      receivers(/:111122223333:/, ':444455556666:'),
      replace('AWS::SNS::Topic', ['Properties', 'TopicName'], /$/, '-2'),
      remove('AWS::SNS::Topic', []),
    ),
  },
  {
    id: 'alert-topic-refuses',
    does: 'the topic does not let the workspace publish',
    mutations: all(
      remove(topicPolicy, []),
      replace(topicPolicy, [...statement, 'Principal', 'Service'], /^aps/, 'prometheus'),
      replace(topicPolicy, [...statement, 'Action', '*'], /^sns:Publish$/, 'sns:Subscribe'),
      replace(topicPolicy, [...statement, 'Effect'], /^Allow$/, 'Deny'),
      replace(topicPolicy, [...statement, 'Condition', 'StringEquals', '*'], /^\d+$/, '444455556666'),
      set(
        topicPolicy,
        [...statement, 'Condition', 'ArnEquals', '*'],
        () => 'arn:aws:aps:us-east-1:111122223333:workspace/*',
      ),
    ),
  },
];

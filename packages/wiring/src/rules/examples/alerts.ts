import type { Files } from '../example';
import { METRICS } from './metrics';

/** The shop of METRICS, with a saved page of what it serves, and rules whose alerts reach a topic. */
export const ALERTS: Files = {
  ...METRICS,
  'sightline.json': METRICS['sightline.json']
    .replace('"store.yaml"', '"store.yaml", "rules.yaml"')
    .replace('"manifests"', '"metrics": [{"file": "web.prom", "workload": "shop/Deployment/web"}], "manifests"'),
  'web.prom': `# TYPE nginx_up gauge
nginx_up 1
# TYPE nginx_http_requests_total counter
nginx_http_requests_total 42
# TYPE orders_total counter
orders_total{method="card",zone="eu"} 3
`,
  'rules.yaml': `apiVersion: prometheusservice.services.k8s.aws/v1alpha1
kind: RuleGroupsNamespace
metadata: {name: shop, namespace: observe}
spec:
  name: shop
  workspaceRef: {from: {name: shop}}
  configuration: |
    groups:
      - name: shop
        interval: 1m
        rules:
          - record: shop:orders:rate5m
            expr: sum by (zone) (rate(orders_total{method="card"}[5m]))
          - alert: NobodyOrders
            expr: shop:orders:rate5m == 0
            for: 10m
            labels: {severity: page}
            annotations: {summary: "nobody orders in {{ $labels.zone }}"}
          - alert: WebDown
            expr: nginx_up == 0 or up{job="prometheus.scrape.pods"} == 0
            for: 5m
            labels: {severity: page}
---
apiVersion: prometheusservice.services.k8s.aws/v1alpha1
kind: AlertManagerDefinition
metadata: {name: shop, namespace: observe}
spec:
  workspaceRef: {from: {name: shop}}
  configuration: |
    alertmanager_config: |
      route:
        receiver: mail
        routes:
          - receiver: pager
            matchers: [severity="page"]
      receivers:
        - name: mail
        - name: pager
          sns_configs:
            - topic_arn: arn:aws:sns:eu-west-1:111122223333:pages
              sigv4: {region: eu-west-1}
`,
  'role.template.yaml': `${METRICS['role.template.yaml']}  Pages:
    Type: AWS::SNS::Topic
    Properties: {TopicName: pages}
  PagesPolicy:
    Type: AWS::SNS::TopicPolicy
    Properties:
      Topics: [!Ref Pages]
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal: {Service: aps.amazonaws.com}
            Action: [sns:Publish, sns:GetTopicAttributes]
            Resource: !Ref Pages
            Condition:
              StringEquals: {aws:SourceAccount: "111122223333"}
`,
};

import type { Files } from '../example';
import { METRICS } from './metrics';

/** The shop with a page of its metrics, and Grafana behind its store: a workspace of Amazon Managed Grafana, and what the operator brings into it. */
export const DASHBOARDS: Files = {
  ...METRICS,
  'sightline.json': METRICS['sightline.json']
    .replace('"store.yaml"]', '"store.yaml", "grafana.yaml"]')
    .replace('"account"', '"metrics": [{"file": "web.prom", "workload": "shop/Deployment/web"}],\n      "account"'),
  'web.prom': `# HELP nginx_http_requests_total Total http requests
# TYPE nginx_http_requests_total counter
nginx_http_requests_total 4
# HELP nginx_up Status of the last metric scrape
# TYPE nginx_up gauge
nginx_up 1
`,
  'grafana.yaml': `apiVersion: grafana.integreatly.org/v1beta1
kind: Grafana
metadata:
  name: managed
  namespace: observe
  labels: {grafana: managed}
spec:
  external:
    url: https://g-0123456789.grafana-workspace.eu-west-1.amazonaws.com
    apiKey: {name: grafana-token, key: token}
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: grafana-token, namespace: observe}
spec:
  refreshInterval: 5m
  secretStoreRef: {name: aws, kind: ClusterSecretStore}
  target: {name: grafana-token}
  data:
    - {secretKey: token, remoteRef: {key: grafana/token}}
---
apiVersion: grafana.integreatly.org/v1beta1
kind: GrafanaDatasource
metadata: {name: shop, namespace: observe}
spec:
  instanceSelector: {matchLabels: {grafana: managed}}
  uid: shop
  datasource:
    name: Metrics of the shop
    type: grafana-amazonprometheus-datasource
    access: proxy
    isDefault: true
    url: https://aps-workspaces.eu-west-1.amazonaws.com/workspaces/\${id}
    jsonData:
      httpMethod: POST
      sigV4Auth: true
      sigV4AuthType: ec2_iam_role
      sigV4Region: eu-west-1
      sigv4Service: aps
  valuesFrom:
    - targetPath: url
      valueFrom:
        configMapKeyRef: {name: workspace, key: id}
---
apiVersion: grafana.integreatly.org/v1beta1
kind: GrafanaDashboard
metadata: {name: shop, namespace: observe}
spec:
  instanceSelector: {matchLabels: {grafana: managed}}
  json: |
    {
      "uid": "shop",
      "title": "Shop",
      "schemaVersion": 39,
      "refresh": "1m",
      "panels": [
        {
          "id": 1,
          "title": "Requests",
          "type": "timeseries",
          "datasource": {"type": "grafana-amazonprometheus-datasource", "uid": "shop"},
          "targets": [
            {"refId": "A", "expr": "sum by (instance) (rate(nginx_http_requests_total[$__rate_interval]))"}
          ]
        }
      ]
    }
`,
  'role.template.yaml': `${METRICS['role.template.yaml']}  GrafanaRole:
    Type: AWS::IAM::Role
    Properties:
      RoleName: Grafana
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Action: sts:AssumeRole
            Principal:
              Service: grafana.amazonaws.com
            Condition:
              StringEquals:
                aws:SourceAccount: "111122223333"
      Policies:
        - PolicyName: query
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - Effect: Allow
                Action: [aps:QueryMetrics, aps:GetLabels, aps:GetSeries, aps:GetMetricMetadata]
                Resource: arn:aws:aps:eu-west-1:111122223333:workspace/*
  Grafana:
    Type: AWS::Grafana::Workspace
    Properties:
      AccountAccessType: CURRENT_ACCOUNT
      AuthenticationProviders: [AWS_SSO]
      PermissionType: CUSTOMER_MANAGED
      GrafanaVersion: "12.4"
      RoleArn: !GetAtt GrafanaRole.Arn
`,
};

import { type Change, example } from '../example';
import { DASHBOARDS } from '../examples/dashboards';
import { type BreakRules, breakRule } from './break-rule';

const inGrafana = (good: string, bad: string): Change => ({ file: 'grafana.yaml', good, bad });
const inTemplate = (good: string, bad: string): Change => ({ file: 'role.template.yaml', good, bad });

/** Whether Grafana can show what is in the store. */
export const dashboards = {
  'dashboard-is-readable': breakRule({
    id: 'dashboards/unreadable-dashboard',
    summary: 'what Grafana is given as a dashboard is no JSON',
    why: 'the dashboard is not brought in, or stays as it was before',
    help: 'mend the JSON, or export the dashboard again',
    example: example(DASHBOARDS, inGrafana('"schemaVersion": 39,', '"schemaVersion": 39')),
  }),
  'folder-exists': breakRule({
    id: 'dashboards/missing-folder',
    summary: 'a dashboard is put into a folder that nobody makes',
    why: 'the Grafana operator waits for the folder, and does not bring the dashboard in',
    help: 'name a GrafanaFolder of the same namespace, or add it',
    example: example(DASHBOARDS, inGrafana('  json: |', '  folderRef: shops\n  json: |')),
  }),
  'data-source-exists': breakRule({
    id: 'dashboards/missing-data-source',
    summary: 'a dashboard reads a data source that nobody makes',
    why: 'its panels say "Datasource was not found" and stay empty',
    help: 'name the UID of a data source that is made, or a variable of type datasource',
    example: example(DASHBOARDS, inGrafana('"uid": "shop"}', '"uid": "P0FF1CE"}')),
  }),
  'data-source-fits-panel': breakRule({
    id: 'dashboards/wrong-data-source-type',
    summary: 'a panel asks a data source of another kind than its question is made for',
    why: 'the plugin does not know the question; the panel stays empty',
    help: 'name a data source of the type that the panel was made for',
    example: example(
      DASHBOARDS,
      inGrafana('"grafana-amazonprometheus-datasource", "uid": "shop"}', '"prometheus", "uid": "logs"}'),
      inGrafana(
        'kind: GrafanaDashboard\n',
        `kind: GrafanaDatasource
metadata: {name: logs, namespace: observe}
spec:
  instanceSelector: {matchLabels: {grafana: managed}}
  uid: logs
  datasource:
    name: Logs of the shop
    type: cloudwatch
    access: proxy
    jsonData: {authType: ec2_iam_role, defaultRegion: eu-west-1}
---
apiVersion: grafana.integreatly.org/v1beta1
kind: GrafanaDashboard
`,
      ),
    ),
  }),
  'plugin-signs': breakRule({
    id: 'dashboards/wrong-plugin',
    summary: 'the plugin of a data source cannot sign in this version of Grafana',
    why: 'from version 12 on the plugin prometheus sends requests without a signature, and AMP answers 403',
    help: 'take type grafana-amazonprometheus-datasource',
    example: example(DASHBOARDS, inGrafana('type: grafana-amazonprometheus-datasource', 'type: prometheus')),
  }),
  'data-source-url-is-right': breakRule({
    id: 'dashboards/wrong-query-url',
    summary: 'the URL of a data source is not that of a workspace',
    why: 'Grafana adds /api/v1/query to it; AMP answers 403 or 404 to every panel',
    help: 'write https://aps-workspaces.<region>.amazonaws.com/workspaces/<id>',
    example: example(DASHBOARDS, inGrafana('/workspaces/${id}', '/workspaces/${id}/api/v1/query')),
  }),
  'data-source-is-in-region': breakRule({
    id: 'dashboards/workspace-in-other-region',
    summary: 'a data source reads in a region that the workspace is not in',
    why: 'AMP answers 404 to every panel: ids are known in their region only',
    help: 'read in the region of the workspace',
    example: example(
      DASHBOARDS,
      inGrafana('aps-workspaces.eu-west-1', 'aps-workspaces.us-east-1'),
      inGrafana('sigV4Region: eu-west-1', 'sigV4Region: us-east-1'),
    ),
  }),
  'data-source-signs': breakRule({
    id: 'dashboards/unsigned-query',
    summary: 'a data source does not sign its requests',
    why: 'AMP answers 403, "Missing Authentication Token", to every panel',
    help: 'set jsonData.sigV4Auth to true',
    example: example(DASHBOARDS, inGrafana('sigV4Auth: true', 'sigV4Auth: false')),
  }),
  'data-source-has-credentials': breakRule({
    id: 'dashboards/missing-keys',
    summary: 'a data source signs with keys that it is not given',
    why: 'there is nothing to sign with; every panel shows an error',
    help: 'write sigV4AuthType ec2_iam_role, which is the role of the workspace',
    example: example(DASHBOARDS, inGrafana('sigV4AuthType: ec2_iam_role', 'sigV4AuthType: keys')),
  }),
  'data-source-service-is-right': breakRule({
    id: 'dashboards/wrong-signing-service',
    summary: 'a data source signs for another service than it reads from',
    why: 'AMP answers 403 to every panel',
    help: 'sign for service aps',
    example: example(DASHBOARDS, inGrafana('sigv4Service: aps', 'sigv4Service: es')),
  }),
  'data-source-region-is-right': breakRule({
    id: 'dashboards/wrong-signing-region',
    summary: 'a data source signs for another region than it reads in',
    why: 'AMP answers 403, "Credential should be scoped to a valid region", to every panel',
    help: 'sign for the region in the URL',
    example: example(DASHBOARDS, inGrafana('sigV4Region: eu-west-1', 'sigV4Region: us-east-1')),
  }),
  'grafana-is-found': breakRule({
    id: 'dashboards/unselected-grafana',
    summary: 'an object of the Grafana operator is for a Grafana that there is not',
    why: 'the operator brings it nowhere; its status says NoMatchingInstances',
    help: 'use the labels of a Grafana object, and allowCrossNamespaceImport for one of another namespace',
    example: example(
      DASHBOARDS,
      inGrafana(
        'instanceSelector: {matchLabels: {grafana: managed}}\n  json',
        'instanceSelector: {matchLabels: {grafana: own}}\n  json',
      ),
    ),
  }),
  'grafana-role-exists': breakRule({
    id: 'dashboards/missing-role',
    summary: 'a Grafana workspace reads with a role that nothing makes',
    why: 'the workspace has no credentials; every panel shows an error',
    help: 'name the ARN of a role that is made',
    example: example(
      DASHBOARDS,
      inTemplate('RoleArn: !GetAtt GrafanaRole.Arn', 'RoleArn: arn:aws:iam::111122223333:role/AmazonGrafana'),
    ),
  }),
  'trust-allows-grafana': breakRule({
    id: 'dashboards/untrusted-grafana',
    summary: 'a role does not let Amazon Managed Grafana assume it',
    why: 'the workspace gets no credentials; every panel shows an error',
    help: 'allow sts:AssumeRole to grafana.amazonaws.com, for aws:SourceAccount of the workspace',
    example: example(DASHBOARDS, inTemplate('Service: grafana.amazonaws.com', 'Service: ec2.amazonaws.com')),
  }),
  'panel-query-parses': breakRule({
    id: 'dashboards/unparsable-query',
    summary: 'a panel asks what Prometheus cannot read',
    why: 'the store answers 400, "bad_data", and the panel shows the error',
    help: 'mend the expression',
    example: example(
      DASHBOARDS,
      inGrafana('(rate(nginx_http_requests_total[$__rate_interval]))', 'rate(nginx_http_requests_total[5m])'),
    ),
  }),
  'panel-metric-arrives': breakRule({
    id: 'dashboards/metric-nobody-produces',
    summary: 'a panel asks for a metric that does not arrive in its store',
    why: 'the panel says "No data", for ever',
    help: 'ask for a metric that is scraped and kept, or scrape what produces it',
    example: example(DASHBOARDS, inGrafana('nginx_http_requests_total', 'nginx_http_requests')),
  }),
  'panel-label-arrives': breakRule({
    id: 'dashboards/absent-label',
    summary: 'a panel chooses by a label that the metric does not have when it arrives',
    why: 'nothing fits the selector; the panel says "No data"',
    help: 'choose by a label that arrives, or add the label where the metric is scraped',
    example: example(
      DASHBOARDS,
      inGrafana('nginx_http_requests_total[', 'nginx_http_requests_total{namespace=\\"shop\\"}['),
    ),
  }),
  'panel-value-arrives': breakRule({
    id: 'dashboards/absent-value',
    summary: 'a panel chooses by a value that the label never has',
    why: 'nothing fits the selector; the panel says "No data"',
    help: 'choose by a value that arrives',
    example: example(DASHBOARDS, inGrafana('nginx_http_requests_total[', 'nginx_http_requests_total{job=\\"web\\"}[')),
  }),
} satisfies BreakRules;

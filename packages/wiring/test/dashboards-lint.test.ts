import { DASHBOARDS } from '../src/rules/examples/dashboards';
import { edited, type Files, verifyFiles } from './support/estate';

const rules = (files: Files) => verifyFiles(files, { lint: true }).findings.map(({ rule }) => rule);
const inGrafana = (find: string, replace: string) => edited(DASHBOARDS, [{ file: 'grafana.yaml', find, replace }]);
const beside = (text: string) => inGrafana('kind: GrafanaDashboard\n', `${text}kind: GrafanaDashboard\n`);

const second = (uid: string, selector: string) => `kind: GrafanaDashboard
metadata: {name: till, namespace: observe}
spec:
  instanceSelector: {matchLabels: {grafana: ${selector}}}
  json: '{"uid": "${uid}", "title": "Till", "schemaVersion": 39, "panels": []}'
---
apiVersion: grafana.integreatly.org/v1beta1
`;
const OTHER = `kind: Grafana
metadata: {name: other, namespace: observe, labels: {grafana: other}}
spec: {external: {url: "https://grafana.example.com"}}
---
apiVersion: grafana.integreatly.org/v1beta1
`;

describe('what is right is passed over:', () => {
  it.each([
    ['two dashboards with two UIDs', beside(second('till', 'managed'))],
    ['one UID in two Grafanas', beside(second('shop', 'other') + OTHER)],
    [
      'a legend of a label that stays',
      inGrafana('{"refId": "A",', '{"refId": "A", "legendFormat": "{{instance}} and {{ instance }}",'),
    ],
    [
      'what is no variable',
      inGrafana('nginx_http_requests_total[', 'nginx_http_requests_total{instance!~\\"x$|$\\"}['),
    ],
    ['a refresh of five seconds', inGrafana('"refresh": "1m"', '"refresh": "5s"')],
    ['no refresh', inGrafana('"refresh": "1m"', '"refresh": ""')],
    ['a refresh that is switched off', inGrafana('"refresh": "1m"', '"refresh": false')],
    ['a dashboard that is still to be filled in', beside(second('till', 'managed').replace(/'\{.*\}'/, "'($$model)'"))],
    [
      'a secret without the token, which something fills',
      beside(
        'kind: GrafanaFolder\nmetadata: {name: x, namespace: observe}\n---\napiVersion: v1\nkind: Secret\nmetadata: {name: grafana-token, namespace: observe}\n---\napiVersion: grafana.integreatly.org/v1beta1\n',
      ),
    ],
  ])('%s', (_, files) => {
    expect(rules(files)).toEqual([]);
  });

  it('a dashboard without the label that a pod mounts, or that no side-car looks for', () => {
    const board = `kind: GrafanaFolder
metadata: {name: x, namespace: observe}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: board, namespace: observe}
data:
  till.json: '{"uid": "till", "title": "Till", "schemaVersion": 39, "panels": []}'
---
apiVersion: grafana.integreatly.org/v1beta1
`;
    expect(rules(beside(board))).toEqual([]);
  });
});

it('a label that a legend shows and the expression does not keep is told of', () => {
  const legend = inGrafana('{"refId": "A",', '{"refId": "A", "legendFormat": "{{job}}",');
  expect(rules(legend)).toEqual(['dashboards/stray-label']);
});

it('the token itself is in no report', () => {
  const secret = `kind: GrafanaFolder
metadata: {name: x, namespace: observe}
---
apiVersion: v1
kind: Secret
metadata: {name: grafana-token, namespace: observe}
stringData: {token: planted-token}
---
apiVersion: grafana.integreatly.org/v1beta1
`;
  const verdict = verifyFiles(beside(secret), { lint: true });
  expect(verdict.findings.map(({ rule }) => rule)).toEqual(['dashboards/static-token']);
  expect(JSON.stringify(verdict)).not.toContain('planted-token');
});

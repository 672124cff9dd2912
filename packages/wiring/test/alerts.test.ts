import { ALERTS } from '../src/rules/examples/alerts';
import { OPERATED } from '../src/rules/examples/operated-rules';
import { PROMETHEUS } from '../src/rules/examples/prometheus';
import { edited, type Files, lineOf, verifyFiles } from './support/estate';

const EXPR = 'nginx_up == 0 or up{job="prometheus.scrape.pods"} == 0';
const asked = (expr: string, files: Files = ALERTS) => {
  const verdict = verifyFiles(edited(files, [{ file: 'rules.yaml', find: EXPR, replace: expr }]));
  const path = verdict.paths.find(({ id }) => id.endsWith('/WebDown'));
  const hop = path?.hops.find(({ kind }) => kind === 'metrics');
  return {
    status: path?.status,
    what: hop?.missing?.[0]?.what ?? '',
    message: verdict.findings[0]?.message ?? '',
    verdict,
  };
};

it('rules and alerts are proven from what arrives to the topic', () => {
  const verdict = verifyFiles(ALERTS, { lint: true });
  expect(verdict.findings).toEqual([]);
  const alerts = verdict.paths.filter(({ signal }) => signal === 'alerts');
  expect(alerts.map(({ status }) => status)).toEqual(['proven', 'proven', 'proven']);
  expect(alerts[0].hops.map(({ kind }) => kind)).toEqual([
    'rules',
    'query',
    'metrics',
    'alert-manager',
    'route',
    'receiver',
  ]);
});

describe('what a rule asks for', () => {
  it.each([
    'nginx_up == 0',
    'up == 0',
    'up{instance=~".+:9113"} == 0',
    'scrape_duration_seconds > 10',
    'nginx_up{job="prometheus.scrape.pods"}',
    'nginx_up{namespace=""}',
    'nginx_up{namespace!="other"}',
    'orders_total{method="card", zone="eu"}',
    'rate(orders_total{zone=~"e.*"}[5m]) > 0',
    'sum by (method) (orders_total) > on (method) group_left count by (method) (orders_total)',
    'absent(nginx_up)',
    'nginx_down or nginx_up',
    'nginx_up unless nginx_down',
    'vector(1)',
    'shop:orders:rate5m{zone="eu"} < 1',
    '{__name__=~"nginx_.+"} == 0',
    '{__name__="nginx_up"} == 0',
    'ALERTS{alertname="NobodyOrders", severity="page"}',
  ])('%s arrives', (expr) => {
    expect(asked(`'${expr}'`)).toMatchObject({ status: 'proven', message: '' });
  });

  it.each([
    ['nginx_downs == 0', /nothing that is written to Workspace observe\/shop is called nginx_downs/],
    ['nginx_http_requests == 0', /is called nginx_http_requests/],
    ['nginx_up{pod="x"}', /arrives in Workspace observe\/shop without a label pod/],
    ['up{job="web"}', /no series of up in Workspace observe\/shop has job="web"/],
    ['nginx_down or vector(0)', /is called nginx_down/],
    ['nginx_up and nginx_down', /is called nginx_down/],
    ['nginx_up * nginx_down', /is called nginx_down/],
    ['absent(nginx_down)', /is called nginx_down/],
    ['shop:orders:rate5m{method="card"}', /no label method: it is aggregated away/],
    ['shop:orders:rate10m', /is called shop:orders:rate10m/],
    ['histogram_quantile(0.9, sum by (zone) (rate(orders_bucket[5m])))', /buckets without their label le/],
    ['ALERTS{alertname="NobodyPays"}', /has alertname/],
  ])('%s does not', (expr, message) => {
    const { status, message: said } = asked(`'${expr}'`);
    expect(said).toMatch(message);
    expect(status).toBe('broken');
  });

  it.each([
    ['orders_total{zone="us"}', /ever "us": the saved page has no such series/],
    ['orders_total{zone!="eu"}', /the saved page has no such series/],
    ['up{instance="10.0.0.1:9113"}', /whether up has instance/],
  ])('of %s nobody knows', (expr, what) => {
    const found = asked(`'${expr}'`);
    expect(found.status).toBe('unknown');
    expect(found.what).toMatch(what);
  });

  it('a name that is nearly right is said', () => {
    expect(asked('nginx_http_request_total').verdict.findings[0].help).toBe('did you mean nginx_http_requests_total?');
  });
});

describe('what may be known of a metric', () => {
  const config = (find: string, replace: string) => edited(ALERTS, [{ file: 'sightline.json', find, replace }]);
  const withRule = (rule: string) =>
    edited(ALERTS, [
      {
        file: 'collector.yaml',
        find: '        sigv4 {',
        replace: `        write_relabel_config {\n          ${rule.replaceAll('\n', '\n          ')}\n        }\n\n        sigv4 {`,
      },
    ]);

  it('without a page nothing is, but what is true of any metric', () => {
    const files = config('"metrics": [{"file": "web.prom", "workload": "shop/Deployment/web"}], ', '');
    expect(asked('nginx_up == 0', files)).toMatchObject({
      status: 'unknown',
      what: 'which metrics Deployment shop/web serves',
    });
    expect(asked('nginx_up{job="other"}', files).message).toMatch(/has job="other"/);
    expect(asked('nginx_up{zone="eu"}', files).status).toBe('unknown');
    expect(asked('up{zone="eu"}', files).status).toBe('broken');
  });

  it('a page of nobody is that of the only target, and of several it is open whose', () => {
    const files = config(', "workload": "shop/Deployment/web"', '');
    expect(asked('nginx_up == 0', files).status).toBe('proven');
    expect(asked('nginx_down == 0', files).status).toBe('broken');
    const second = files['shop.yaml'].slice(0, files['shop.yaml'].indexOf('---')).replaceAll('web', 'till');
    const two = { ...files, 'shop.yaml': `${files['shop.yaml']}---\n${second}` };
    expect(asked('nginx_down == 0', two).what).toMatch(/which of 2 targets the pages of --metrics-catalog are of/);
  });

  it('pages of the command line are the same', () => {
    const files = config('"metrics": [{"file": "web.prom", "workload": "shop/Deployment/web"}], ', '');
    const verdict = verifyFiles(files, { catalog: ['web.prom'] });
    expect(verdict.summary.paths).toEqual({ proven: 4, broken: 0, unknown: 0 });
    expect(verifyFiles(files, { catalog: ['none.prom'] }).findings[0].rule).toBe('input/missing-path');
  });

  it('a rule that drops a metric is named', () => {
    const files = withRule('source_labels = ["__name__"]\nregex = "nginx_up"\naction = "drop"');
    const { message, verdict } = asked('nginx_up == 0', files);
    expect(message).toBe('nginx_up never arrives in Workspace observe/shop: prometheus.remote_write.store drops it');
    expect(verdict.findings[0].related[0]).toMatchObject({ file: 'collector.yaml' });
  });

  it('external labels arrive, and labels that rules take away do not', () => {
    const external = edited(ALERTS, [
      {
        file: 'collector.yaml',
        find: '      endpoint {',
        replace: '      external_labels = {cluster = "shop"}\n      endpoint {',
      },
    ]);
    expect(asked('nginx_up{cluster="shop"}', external).status).toBe('proven');
    expect(asked('nginx_up{cluster="shops"}', external).status).toBe('broken');
    const dropped = withRule('regex = "zone"\naction = "labeldrop"');
    expect(asked('orders_total{zone="eu"}', dropped).message).toMatch(/without a label zone/);
  });

  it('where others may write, nothing is missing', () => {
    const found = verifyFiles(edited(ALERTS, [{ file: 'rules.yaml', find: EXPR, replace: 'nginx_down' }]), {
      config: undefined,
    });
    expect(found.findings.filter(({ rule }) => rule.startsWith('alerts/'))).toEqual([]);
  });

  it('what a broken path brings is not blamed twice', () => {
    const files = edited(ALERTS, [
      { file: 'role.template.yaml', find: 'aps:RemoteWrite', replace: 'aps:QueryMetrics' },
    ]);
    const verdict = verifyFiles(files);
    expect(verdict.findings.map(({ rule }) => rule)).toEqual(['identity/missing-action']);
    expect(verdict.summary.paths).toEqual({ proven: 0, broken: 1, unknown: 3 });
  });
});

const template = `${ALERTS['role.template.yaml']}  Store:
    Type: AWS::APS::Workspace
    Properties:
      AlertManagerDefinition: !Sub |
        alertmanager_config: |
          route:
            receiver: pager
          receivers:
            - name: pager
              sns_configs:
                - topic_arn: \${Pages}
                  sigv4: {region: "\${AWS::Region}"}
  Rules:
    Type: AWS::APS::RuleGroupsNamespace
    Properties:
      Name: shop
      Workspace: !Ref Store
      Data:
        Fn::Join:
          - ""
          - - "groups:\\n- name: shop\\n  rules:\\n  - alert: Gone\\n    expr: absent(up{cluster=\\""
            - !Ref Cluster
            - "\\"}) or upp\\n"
`;
const files: Files = { ...ALERTS, 'role.template.yaml': template };

describe('rules of a template', () => {
  it('are read with what only the deployment knows in them', () => {
    const verdict = verifyFiles(files);
    const path = verdict.paths.find(({ id }) => id.endsWith('/Gone'));
    const status = (kind: string) => path?.hops.find((hop) => hop.kind === kind)?.status;
    expect(['rules', 'query', 'alert-manager', 'route', 'receiver'].map(status)).toEqual(Array(5).fill('proven'));
  });

  it('have the places of the template', () => {
    const broken = { ...files, 'role.template.yaml': template.replace('or upp', 'or upp[') };
    const [finding] = verifyFiles(broken).findings;
    expect(finding).toMatchObject({ rule: 'alerts/unparsable-expression' });
    expect(finding.location?.line).toBe(lineOf(broken, 'role.template.yaml', 'or upp['));
  });
});

describe('a metric that nobody brings, where one of two worlds is judged', () => {
  const found = (templates: readonly string[]) => {
    const { worlds } = JSON.parse(files['sightline.json']);
    const other = { manifests: ['other'], templates, account: '111122223333', region: 'eu-west-1' };
    const verdict = verifyFiles(
      {
        ...files,
        'role.template.yaml': template.replace('or upp', 'and upp'),
        'sightline.json': JSON.stringify({ worlds: { ...worlds, other } }),
        'other/settings.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: other}\n',
        'empty.template.yaml': 'Resources:\n  Logs: {Type: AWS::Logs::LogGroup}\n',
      },
      { overlay: 'dev' },
    );
    return verdict.findings.map(({ rule }) => rule);
  };

  it('is missing where the other knows nothing of the store', () => {
    expect(found(['empty.template.yaml'])).toEqual(['alerts/missing-metric']);
  });

  it('may come from the other where that has the template of the store, too', () => {
    expect(found(['role.template.yaml'])).toEqual([]);
  });
});

describe('rules in the cluster', () => {
  it('are those of the Prometheus that chooses them', () => {
    const verdict = verifyFiles(OPERATED, { lint: true });
    expect(verdict.findings).toEqual([]);
    expect(verdict.summary.paths).toEqual({ proven: 4, broken: 0, unknown: 0 });
  });

  it('find only what that Prometheus scrapes', () => {
    const files = edited(OPERATED, [
      { file: 'rules.yaml', find: 'min by (namespace) (nginx_up)', replace: 'min(nginx_ups)' },
    ]);
    expect(verifyFiles(files).findings.map(({ rule }) => rule)).toEqual(['alerts/missing-metric']);
  });
});

describe('files of rules that a Prometheus loads', () => {
  const rules =
    '  shop.rules: |\n    groups:\n    - name: shop\n      rules:\n      - alert: WebGone\n        expr: absent(up{job="pods"})\n';
  const server = edited(PROMETHEUS, [
    { file: 'collector.yaml', find: '--agent, ', replace: '' },
    { file: 'collector.yaml', find: '--storage.agent.path=', replace: '--storage.tsdb.path=' },
    {
      file: 'collector.yaml',
      find: '  prometheus.yml: |\n',
      replace: `${rules}  prometheus.yml: |\n    rule_files: ["*.rules"]\n    alerting: {alertmanagers: [{static_configs: [{targets: ["pager:9093"]}]}]}\n`,
    },
    {
      file: 'collector.yaml',
      find: 'apiVersion: v1\n',
      replace:
        'apiVersion: v1\nkind: Service\nmetadata: {name: pager, namespace: observe}\nspec: {ports: [{port: 9093}], selector: {app: pager}}\n---\napiVersion: v1\n',
    },
  ]);
  const alert = (files: Files) => verifyFiles(files).paths.find(({ signal }) => signal === 'alerts');

  it('are proven to the Alertmanager that it is told of', () => {
    expect(alert(server)?.hops.map(({ kind, status }) => `${kind} ${status}`)).toEqual([
      'rules proven',
      'query proven',
      'metrics proven',
      'alert-manager proven',
    ]);
  });

  it('are those only that a pattern finds', () => {
    expect(
      alert(edited(server, [{ file: 'collector.yaml', find: '*.rules', replace: 'rules/*.rules' }])),
    ).toBeUndefined();
  });

  it('are broken where they ask for what is not scraped, or nobody is told', () => {
    const other = edited(server, [{ file: 'collector.yaml', find: 'job="pods"', replace: 'job="podz"' }]);
    expect(verifyFiles(other).findings.map(({ rule }) => rule)).toEqual(['alerts/missing-value']);
    const nobody = edited(server, [{ file: 'collector.yaml', find: 'alerting: {', replace: '# alerting: {' }]);
    expect(verifyFiles(nobody).findings.map(({ rule }) => rule)).toEqual(['alerts/missing-alert-manager']);
  });
});

it('rules in the values of kube-prometheus-stack are those of its Prometheus', () => {
  const values = `prometheus:
  prometheusSpec: {remoteWrite: [{url: "https://example.org/write"}]}
additionalPrometheusRulesMap:
  shop:
    additionalLabels: {team: shop}
    groups: [{name: shop, rules: [{alert: A, expr: "up =="}]}]
`;
  const verdict = verifyFiles({ 'values.yaml': values });
  const path = verdict.paths.find(({ signal }) => signal === 'alerts');
  expect(path?.hops.map(({ kind, status }) => `${kind} ${status}`)).toEqual([
    'rules proven',
    'query broken',
    'metrics unknown',
    'alert-manager proven',
  ]);
});

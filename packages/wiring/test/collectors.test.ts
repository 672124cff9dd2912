import { type Files, verifyFiles } from './support/estate';

/** Configurations in the shapes that vendors ship; they work, so nothing may be called broken. */

const ALLOY = `prometheus.remote_write "default" {
  endpoint {
    url = "https://aps-workspaces.us-west-2.amazonaws.com/workspaces/ws-01234567-89ab-cdef-0123-456789abcdef/api/v1/remote_write"
    sigv4 {}
  }
}
`;

function indented(text: string, by: number): string {
  return text.replace(/^(?=.)/gm, ' '.repeat(by));
}

function configMap(name: string, data: Readonly<Record<string, string>>): string {
  const entries = Object.entries(data).map(([key, text]) => `  ${key}: |\n${indented(text, 4)}`);
  return `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}, namespace: o}\ndata:\n${entries.join('')}`;
}

function daemonSet(pod: string): string {
  return `apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: c, namespace: o}\nspec:\n  template:\n    spec:\n${indented(pod, 6)}`;
}

const account = 'apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: c, namespace: o}\n';

function verdict(...documents: readonly string[]) {
  const files: Files = { 'all.yaml': documents.join('---\n') };
  return verifyFiles(files);
}

function hop(result: ReturnType<typeof verdict>, kind: string) {
  return result.paths[0]?.hops.find((each) => each.kind === kind);
}

describe('finding collectors', () => {
  it('a side-car that reloads the configuration is no second collector', () => {
    const result = verdict(
      account,
      configMap('alloy', { 'config.alloy': ALLOY }),
      daemonSet(`serviceAccountName: c
containers:
  - name: config-reloader
    image: quay.io/prometheus-operator/prometheus-config-reloader:v0.91.0
    args: [--watched-dir=/etc/alloy, --reload-url=http://localhost:12345/-/reload]
    volumeMounts: [{name: config, mountPath: /etc/alloy}]
  - name: main
    image: docker.io/grafana/alloy:v1.18.1
    args: [run, /etc/alloy/config.alloy, --storage.path=/var/lib/alloy]
    volumeMounts: [{name: config, mountPath: /etc/alloy}]
volumes:
  - {name: config, configMap: {name: alloy}}
`),
    );
    expect(result.findings).toEqual([]);
    expect(result.paths.map(({ source }) => source.container)).toEqual(['main']);
  });

  it.each([
    [
      'a subPath',
      'volumeMounts: [{name: v, mountPath: /etc/x/my.alloy, subPath: conf}]',
      'volumes: [{name: v, configMap: {name: a}}]',
      'conf',
    ],
    [
      'items',
      'volumeMounts: [{name: v, mountPath: /etc/x}]',
      'volumes: [{name: v, configMap: {name: a, items: [{key: conf, path: my.alloy}]}}]',
      'conf',
    ],
    [
      'a projected volume',
      'volumeMounts: [{name: v, mountPath: /etc/x}]',
      'volumes: [{name: v, projected: {sources: [{secret: {name: s}}, {configMap: {name: a}}]}}]',
      'my.alloy',
    ],
  ])('the file is found through %s, whatever the names', (_, mounts, volumes, key) => {
    const result = verdict(
      account,
      configMap('a', { [key]: ALLOY }),
      daemonSet(
        `serviceAccountName: c\ncontainers:\n  - name: x\n    image: registry.example/any:1\n    args: [run, /etc/x/my.alloy]\n    ${mounts}\n${volumes}\n`,
      ),
    );
    expect(result.paths).toHaveLength(1);
    expect(hop(result, 'remote-write')?.to).toContain('aps-workspaces.us-west-2');
  });

  it.each([
    ['prometheus', 'scrape_configs: []\n', 'not examined by this version: a Prometheus that keeps its samples itself'],
    [
      'opentelemetry',
      'exporters: {awsemf: {}}\nreceivers: {otlp: {}}\nservice: {pipelines: {metrics: {receivers: [otlp], exporters: [awsemf]}}}\n',
      'not examined by this version: exporter awsemf',
    ],
  ])('%s that writes to no store of ours is an unknown path, not silence', (kind, text, what) => {
    const result = verdict(
      account,
      configMap('a', { 'c.yaml': text }),
      daemonSet(
        'serviceAccountName: c\ncontainers:\n  - name: x\n    volumeMounts: [{name: v, mountPath: /etc/x}]\nvolumes: [{name: v, configMap: {name: a}}]\n',
      ),
    );
    expect(result.findings).toEqual([]);
    expect(result.paths).toMatchObject([{ status: 'unknown', sink: { id: kind } }]);
    expect(hop(result, 'configuration')?.missing?.[0].what).toBe(what);
  });

  it('a pod that mounts something else is none', () => {
    const result = verdict(
      configMap('a', { 'app.properties': 'a=b\n' }),
      daemonSet(
        'containers:\n  - name: x\n    image: nginx\n    volumeMounts: [{name: v, mountPath: /etc/x}]\nvolumes: [{name: v, configMap: {name: a}}]\n',
      ),
    );
    expect(result.paths).toEqual([]);
  });
});

describe('Fluent Bit in the classic format', () => {
  const pod = `serviceAccountName: c
containers:
  - name: fluent-bit
    image: public.ecr.aws/aws-observability/aws-for-fluent-bit:3.5.8
    env:
      - name: AWS_REGION
        valueFrom: {configMapKeyRef: {name: cluster-info, key: logs.region}}
      - name: NAME
        valueFrom: {configMapKeyRef: {name: cluster-info, key: cluster.name}}
      - name: GROUP
        value: /aws/containerinsights/$(NAME)/application
    volumeMounts: [{name: config, mountPath: /fluent-bit/etc/}, {name: varlog, mountPath: /var/log}]
volumes:
  - {name: config, configMap: {name: fluent-bit-config}}
  - {name: varlog, hostPath: {path: /var/log}}
`;
  const info =
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: cluster-info, namespace: o}\n' +
    'data: {cluster.name: shop, logs.region: eu-west-1}\n';
  const config = configMap('fluent-bit-config', {
    'fluent-bit.conf': '[SERVICE]\n    Flush 5\n    Parsers_File parsers.conf\n\n@INCLUDE application-log.conf\n',
    'application-log.conf':
      '[INPUT]\n    Name tail\n    Tag application.*\n    Path /var/log/containers/*.log\n    multiline.parser docker, cri\n\n[OUTPUT]\n    Name cloudwatch_logs\n    Match application.*\n    region ${AWS_REGION}\n    log_group_name ${GROUP}\n    log_stream_prefix ${HOST_NAME}-\n    auto_create_group true\n',
    'parsers.conf': '[PARSER]\n    Name docker\n    Format json\n',
  });

  it('is followed through includes, ConfigMap keys and $(NAME), and is one path', () => {
    const result = verdict(account, info, config, daemonSet(pod));
    expect(result.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(result.paths.map(({ sink }) => sink.id)).toEqual(['/aws/containerinsights/shop/application']);
    expect(hop(result, 'log-group')?.status).toBe('proven');
    expect(hop(result, 'role')?.status).toBe('unknown');
  });

  it('is open where the ConfigMap of its variables is not in the input', () => {
    const result = verdict(account, config, daemonSet(pod));
    expect(result.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(hop(result, 'log-group')?.status).toBe('unknown');
  });
});

describe('a remote-write URL', () => {
  const write = (url: string, auth = 'sigv4 {}', env = '[]') =>
    verdict(
      account,
      configMap('a', {
        'c.alloy': `prometheus.remote_write "x" {\n  endpoint {\n    url = ${url}\n    ${auth}\n  }\n}\n`,
      }),
      daemonSet(
        `serviceAccountName: c\ncontainers:\n  - name: x\n    env: ${env}\n    volumeMounts: [{name: v, mountPath: /etc/x}]\nvolumes: [{name: v, configMap: {name: a}}]\n`,
      ),
    );
  const at = (path: string) => `"https://aps-workspaces.eu-west-1.amazonaws.com${path}"`;
  const id = 'ws-01234567-89ab-cdef-0123-456789abcdef';

  it.each([
    ['another store', '"http://mimir:9009/api/v1/push"', ''],
    [
      'another store behind a password',
      '"https://prom.example/api/prom/push"',
      'basic_auth {\n username = "a"\n password = "b"\n}',
    ],
    ['a literal id', at(`/workspaces/${id}/api/v1/remote_write`), 'sigv4 {}'],
    [
      'the FIPS host',
      `"https://aps-workspaces-fips.us-east-1.amazonaws.com/workspaces/${id}/api/v1/remote_write"`,
      'sigv4 {}',
    ],
    [
      'the dual-stack host',
      `"https://aps-workspaces.us-east-1.api.aws/workspaces/${id}/api/v1/remote_write"`,
      'sigv4 {}',
    ],
    ['a URL out of a file', 'local.file.url.content', 'sigv4 {}'],
  ])('of %s is not called broken', (_, url, auth) => {
    expect(write(url, auth).findings).toEqual([]);
  });

  it.each([
    [
      'no scheme for TLS',
      at(`/workspaces/${id}/api/v1/remote_write`).replace('https', 'http'),
      'backends/wrong-remote-write-url',
    ],
    ['a slash too many at its end', at(`/workspaces/${id}/api/v1/remote_write/`), 'backends/wrong-remote-write-url'],
    ['a slash too many inside', at(`//workspaces/${id}/api/v1/remote_write`), 'backends/wrong-remote-write-url'],
    ['the path for queries', at(`/workspaces/${id}/api/v1/query`), 'backends/wrong-remote-write-url'],
    [
      'an alias in place of the id',
      at('/workspaces/eks-metrics/api/v1/remote_write'),
      'backends/wrong-remote-write-url',
    ],
    [
      'a variable that is not set',
      `${at('/workspaces/')} + sys.env("ID") + "/api/v1/remote_write"`,
      'gitops/unset-variable',
    ],
  ])('with %s is', (_, url, rule) => {
    expect(write(url).findings.map((finding) => finding.rule)).toEqual([rule]);
  });

  it('that is signed for another service, or by the role it already has, is told', () => {
    const url = at(`/workspaces/${id}/api/v1/remote_write`);
    expect(write(url, 'sigv4 {\n service_name = "es"\n}').findings.map(({ rule }) => rule)).toEqual([
      'backends/wrong-signing-service',
    ]);
    expect(write(url, 'basic_auth {\n username = "a"\n}').findings.map(({ rule }) => rule)).toEqual([
      'backends/unsigned-request',
    ]);
  });

  it('takes its region from AWS_REGION where sigv4 names none', () => {
    const url = at(`/workspaces/${id}/api/v1/remote_write`);
    const signature = (region: string) =>
      hop(write(url, 'sigv4 {}', `[{name: AWS_REGION, value: ${region}}]`), 'signature');
    expect(signature('eu-west-1')?.status).toBe('proven');
    expect(signature('us-east-1')?.status).toBe('broken');
  });
});

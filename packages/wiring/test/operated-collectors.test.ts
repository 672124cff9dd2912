import { OPENTELEMETRY } from '../src/rules/examples/opentelemetry';
import { type Edit, edited, type Files, lineOf, verifyFiles } from './support/estate';

const FILE = 'collector.yaml';
const edit = (find: string, replace: string): Edit => ({ file: FILE, find, replace });
const indented = (text: string, by: number) => text.replace(/^(?=.)/gm, ' '.repeat(by));

const source = OPENTELEMETRY[FILE];
const config = source
  .slice(
    source.indexOf('  collector.yaml: |\n') + '  collector.yaml: |\n'.length,
    source.indexOf('---\napiVersion: apps/v1'),
  )
  .replace(/^ {4}/gm, '');
const access = source.slice(0, source.indexOf('apiVersion: v1\nkind: ConfigMap'));

/** The same collector as a resource of the operator, in both forms of its configuration. */
function operated(version: 'v1alpha1' | 'v1beta1', spec = '  serviceAccount: meter\n'): Files {
  const text = version === 'v1beta1' ? `  config:\n${indented(config, 4)}` : `  config: |\n${indented(config, 4)}`;
  return {
    ...OPENTELEMETRY,
    [FILE]: `${access}apiVersion: opentelemetry.io/${version}
kind: OpenTelemetryCollector
metadata: {name: meter, namespace: observe}
spec:
  mode: deployment
  image: public.ecr.aws/aws-observability/aws-otel-collector:v0.49.0
${spec}  observability: {metrics: {disablePrometheusAnnotations: true}}
  env:
    - {name: AWS_REGION, value: eu-west-1}
    - name: WORKSPACE
      valueFrom:
        configMapKeyRef: {name: workspace, key: id}
${text}`,
  };
}

describe.each(['v1alpha1', 'v1beta1'] as const)('an OpenTelemetryCollector of %s', (version) => {
  it('is proven to its end', () => {
    const { findings, paths } = verifyFiles(operated(version));
    expect(findings).toEqual([]);
    expect(paths.map(({ status }) => status)).toEqual(['proven']);
  });

  it.each([
    [
      'an extension that is not started',
      'extensions: [health_check, sigv4auth]',
      'extensions: [health_check]',
      'metrics/disabled-extension',
      'authenticator: sigv4auth',
    ],
    [
      'a region that is another',
      'region: ${env:AWS_REGION}',
      'region: us-east-1',
      'backends/wrong-signing-region',
      'region: us-east-1',
    ],
    [
      'an account that does not exist',
      'serviceAccount: meter',
      'serviceAccount: meters',
      'identity/missing-service-account',
      'serviceAccount: meters',
    ],
    [
      'a variable that is not set',
      '{name: AWS_REGION,',
      '{name: REGION,',
      'backends/wrong-remote-write-url',
      'endpoint: https',
    ],
  ])('%s is found at its place', (_, find, replace, rule, end) => {
    const files = edited(operated(version), [edit(find, replace)]);
    const { findings } = verifyFiles(files);
    if (rule === 'backends/wrong-remote-write-url') {
      // The webhook sets the region, whether or not the resource does.
      expect(findings).toEqual([]);
      return;
    }
    expect(findings.map((finding) => finding.rule)).toEqual([rule]);
    const places = [findings[0].location, ...findings[0].related].map((place) => `${place?.file}:${place?.line}`);
    expect(places).toContain(`${FILE}:${lineOf(files, FILE, end)}`);
  });
});

describe('the account that the operator makes', () => {
  const own = (annotation: string) =>
    edited(operated('v1beta1', ''), [
      edit(
        'metadata: {name: meter, namespace: observe}\nspec:',
        `metadata:\n  name: meter\n  namespace: observe\n${annotation}spec:`,
      ),
      edit(
        'subjects:\n  - {kind: ServiceAccount, name: meter, namespace: observe}',
        'subjects:\n  - {kind: ServiceAccount, name: meter-collector, namespace: observe}',
      ),
    ]);

  it('has the name of the resource, and its annotations', () => {
    const arn = '  annotations: {eks.amazonaws.com/role-arn: "arn:aws:iam::111122223333:role/Meter"}\n';
    const { findings } = verifyFiles(own(arn));
    expect(findings.map(({ rule, message }) => [rule, message.replace(/^.*?trusts /, '')])).toEqual([
      [
        'identity/untrusted-subject',
        'system:serviceaccount:observe:meter, the pod is system:serviceaccount:observe:meter-collector',
      ],
    ]);
    const trusted = edited(own(arn), [
      {
        file: 'role.template.yaml',
        find: 'system:serviceaccount:observe:meter',
        replace: 'system:serviceaccount:observe:meter-collector',
      },
    ]);
    expect(verifyFiles(trusted).paths.map(({ status }) => status)).toEqual(['proven']);
  });

  it('has no role otherwise', () => {
    expect(verifyFiles(own('')).findings.map(({ rule }) => rule)).toEqual(['identity/no-role']);
  });
});

it('a collector that becomes a side-car of other pods is no workload of its own', () => {
  const { paths } = verifyFiles(edited(operated('v1beta1'), [edit('mode: deployment', 'mode: sidecar')]));
  expect(paths).toEqual([]);
});

describe.each(['Prometheus', 'PrometheusAgent'])('a %s of the Prometheus operator', (kind) => {
  const files = (region: string): Files => ({
    ...OPENTELEMETRY,
    [FILE]: `${access}apiVersion: monitoring.coreos.com/v1
kind: ${kind}
metadata: {name: meter, namespace: observe}
spec:
  serviceAccountName: meter
  podMonitorSelector: {}
  remoteWrite:
    - url: https://aps-workspaces.eu-west-1.amazonaws.com/workspaces/ws-0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9/api/v1/remote_write
      sigv4: {region: ${region}}
      writeRelabelConfigs:
        - {sourceLabels: [__name__], regex: go_.*, action: drop}
`,
  });

  it('is followed from its account to the store, and what it scrapes is named', () => {
    const { findings, paths } = verifyFiles(files('eu-west-1'));
    expect(findings).toEqual([]);
    const open = paths.flatMap(({ hops }) => hops.flatMap(({ missing = [] }) => missing.map(({ what }) => what)));
    expect(open).toContain(`the monitors that ${kind} observe/meter chooses: none of them is in the input`);
    expect(paths[0].hops.find((hop) => hop.kind === 'trust')?.status).toBe('proven');
  });

  it('signs for the region that it writes to', () => {
    expect(verifyFiles(files('eu-west-2')).findings.map(({ rule }) => rule)).toEqual(['backends/wrong-signing-region']);
  });
});

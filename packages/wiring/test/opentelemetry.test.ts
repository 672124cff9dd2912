import { OPENTELEMETRY } from '../src/rules/examples/opentelemetry';
import { type Edit, edited, lineOf, verifyFiles } from './support/estate';

const FILE = 'collector.yaml';
const edit = (find: string, replace: string, file = FILE): Edit => ({ file, find, replace });
type End = readonly [file: string, text: string];

const BREAKS: readonly (readonly [name: string, edits: readonly Edit[], rule: string, ends: readonly End[]])[] = [
  [
    'the authenticator is not started',
    [edit('extensions: [health_check, sigv4auth]', 'extensions: [health_check]')],
    'metrics/disabled-extension',
    [
      [FILE, 'authenticator: sigv4auth'],
      [FILE, '      sigv4auth:'],
      [FILE, 'extensions: [health_check]'],
    ],
  ],
  [
    'the authenticator is declared nowhere',
    [edit('authenticator: sigv4auth', 'authenticator: sigv4')],
    'metrics/missing-component',
    [
      [FILE, 'authenticator: sigv4'],
      [FILE, '      sigv4auth:'],
    ],
  ],
  [
    'the exporter does not authenticate',
    [edit('        auth:\n          authenticator: sigv4auth\n', '')],
    'backends/unsigned-request',
    [[FILE, 'prometheusremotewrite:']],
  ],
  [
    'it signs for another service',
    [edit('service: aps', 'service: es')],
    'backends/wrong-signing-service',
    [[FILE, 'service: es']],
  ],
  [
    'it signs for another region',
    [edit('region: ${env:AWS_REGION}', 'region: us-east-1')],
    'backends/wrong-signing-region',
    [
      [FILE, 'region: us-east-1'],
      [FILE, 'endpoint: https://aps'],
    ],
  ],
  [
    'the pipeline uses a receiver that is not declared',
    [edit('receivers: [prometheus]', 'receivers: [prometheus/pods]')],
    'metrics/missing-component',
    [
      [FILE, 'receivers: [prometheus/pods]'],
      [FILE, '      prometheus:'],
    ],
  ],
  [
    'the pipeline has another receiver',
    [
      edit('receivers: [prometheus]', 'receivers: [otlp]'),
      edit('    receivers:\n', '    receivers:\n      otlp: {protocols: {grpc: {}}}\n'),
    ],
    'metrics/lost-samples',
    [[FILE, 'job_name: pods']],
  ],
  [
    'the pipeline has another exporter',
    [
      edit('exporters: [prometheusremotewrite]', 'exporters: [debug]'),
      edit('    exporters:\n', '    exporters:\n      debug: {}\n'),
    ],
    'metrics/lost-samples',
    [[FILE, 'job_name: pods']],
  ],
  [
    'the variable of the id has another name',
    [edit('${env:WORKSPACE}', '${env:WORKSPACE_ID}')],
    'gitops/unset-variable',
    [[FILE, 'WORKSPACE_ID']],
  ],
  [
    'a group in braces is a variable to a new collector',
    [edit('$$1:$$2', '${1}:${2}')],
    'metrics/unescaped-dollar',
    [[FILE, '${1}:${2}']],
  ],
  [
    'a group with one dollar is a variable to an old one',
    [edit('$$1:$$2', '$1:$2'), edit('aws-otel-collector:v0.49.0', 'aws-otel-collector:v0.30.0')],
    'metrics/unescaped-dollar',
    [[FILE, '$1:$2']],
  ],
  [
    'a delta is what remote write drops',
    [edit('batch: {}', 'cumulativetodelta: {}'), edit('processors: [batch]', 'processors: [cumulativetodelta]')],
    'metrics/lost-samples',
    [[FILE, 'processors: [cumulativetodelta]']],
  ],
  [
    'a part of Prometheus that the receiver refuses',
    [edit('          scrape_configs:', '          remote_write: [{url: http://x}]\n          scrape_configs:')],
    'metrics/refused-configuration',
    [[FILE, 'remote_write: [{url']],
  ],
];

describe('an OpenTelemetry collector that writes to AMP', () => {
  it('is proven to its end', () => {
    const { findings, paths } = verifyFiles(OPENTELEMETRY);
    expect(findings).toEqual([]);
    expect(paths.map(({ status }) => status)).toEqual(['proven']);
  });

  it.each(BREAKS)('%s', (_, edits, rule, ends) => {
    const files = edited(OPENTELEMETRY, edits);
    const { findings } = verifyFiles(files);
    expect(findings.map((finding) => finding.rule)).toEqual([rule]);
    const places = [findings[0].location, ...findings[0].related].map((place) => `${place?.file}:${place?.line}`);
    for (const [file, text] of ends) expect(places).toContain(`${file}:${lineOf(files, file, text)}`);
  });

  it.each<[string, readonly Edit[]]>([
    ['a bare group in a new collector', [edit('$$1:$$2', '$1:$2')]],
    ['a doubled dollar in an old one', [edit('aws-otel-collector:v0.49.0', 'aws-otel-collector:v0.30.0')]],
    [
      'a region and a service that follow from the URL',
      [
        edit('        region: ${env:AWS_REGION}\n        service: aps\n', ''),
        edit('      sigv4auth:\n', '      sigv4auth: {}\n'),
      ],
    ],
    [
      'a second pipeline for people to look at',
      [
        edit(
          '      pipelines:\n',
          '      pipelines:\n        metrics/debug: {receivers: [prometheus], exporters: [debug]}\n',
        ),
        edit('    exporters:\n', '    exporters:\n      debug: {}\n'),
      ],
    ],
    [
      'a receiver of something else beside it',
      [
        edit('receivers: [prometheus]', 'receivers: [otlp, prometheus]'),
        edit('    receivers:\n', '    receivers:\n      otlp: {protocols: {grpc: {}}}\n'),
      ],
    ],
    ['a default of a variable', [edit('${env:AWS_REGION}', '${env:REGION_OF_AMP:-eu-west-1}')]],
    [
      'names after a slash',
      [
        edit('      sigv4auth:', '      sigv4auth/amp:'),
        edit('authenticator: sigv4auth', 'authenticator: sigv4auth/amp'),
        edit('[health_check, sigv4auth]', '[health_check, sigv4auth/amp]'),
      ],
    ],
  ])('%s is no fault, and still proven', (_, edits) => {
    const { findings, paths } = verifyFiles(edited(OPENTELEMETRY, edits));
    expect(findings).toEqual([]);
    expect(paths.map(({ status }) => status)).toEqual(['proven']);
  });

  it('says nothing of a bare group where the image does not show the version', () => {
    const edits = [
      edit('$$1:$$2', '$1:$2'),
      edit('public.ecr.aws/aws-observability/aws-otel-collector:v0.49.0', 'registry.example/collector:1'),
    ];
    const { findings, paths } = verifyFiles(edited(OPENTELEMETRY, edits));
    expect(findings).toEqual([]);
    expect(paths.map(({ status }) => status)).toContain('unknown');
  });
});

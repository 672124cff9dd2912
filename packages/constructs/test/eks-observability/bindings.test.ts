import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Aws } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { EksObservability, GrafanaWorkspace, LogCollection, MetricsCollection, PrometheusWorkspace } from '../../src';
import { agnosticStack, REGION, stackIn, WORKSPACE_ID } from '../support/stack';
import { definition, issuer, observe, outputsOf, templateOf, vpcOf } from './support';

const root = join(__dirname, '..', '..');

/** What the schema says of outputs: the ends of their names, and a pattern for the value where there is one. */
function described(): { readonly name: RegExp; readonly value: RegExp }[] {
  const { $defs } = JSON.parse(readFileSync(join(root, 'schema', 'bindings.schema.json'), 'utf8'));
  return Object.entries<{ pattern?: string; $ref?: string }>($defs.outputs.patternProperties).map(
    ([name, { pattern, $ref = '' }]) => ({
      name: new RegExp(name),
      value: new RegExp(pattern ?? $defs[$ref.split('/').pop() ?? ''].pattern),
    }),
  );
}

/** Outputs of everything that has any. */
function allOutputs(): string[] {
  const stack = stackIn();
  const grafana = new GrafanaWorkspace(stack, 'Grafana');
  const inCluster = outputsOf(
    templateOf({ metrics: MetricsCollection.alloy(), logs: LogCollection.fluentBit(), grafana }, stack),
  );
  const other = stackIn();
  const agentless = outputsOf(
    templateOf({ metrics: MetricsCollection.agentless({ definition, vpc: vpcOf(other) }) }, other),
  );
  return [...new Set([...inCluster, ...agentless])].sort();
}

test('every binding is an output, named by its property', () => {
  expect(allOutputs()).toEqual([
    'ClusterName',
    'GrafanaUrl',
    'GrafanaWorkspaceId',
    'LogGroupName',
    'LogsRegion',
    'LogsRoleArn',
    'MetricsEndpointUrl',
    'MetricsRegion',
    'MetricsRoleArn',
    'MetricsWorkspaceId',
    'RemoteWriteUrl',
    'ScraperId',
    'ScraperRoleArn',
  ]);
});

test('the schema of the file of bindings describes each output once, and nothing else', () => {
  const outputs = allOutputs();

  expect(outputs.map((output) => described().filter(({ name }) => name.test(output)).length)).toEqual(
    outputs.map(() => 1),
  );
  expect(described().filter(({ name }) => !outputs.some((output) => name.test(output)))).toEqual([]);
});

test('values that are known at synth are plain text, as the schema has them', () => {
  const stack = stackIn();
  const workspace = PrometheusWorkspace.fromWorkspaceAttributes(stack, 'Known', { workspaceId: WORKSPACE_ID });
  const { bindings } = observe(
    { issuer, workspace, metrics: MetricsCollection.alloy({ roleName: 'Alloy' }), outputPrefix: 'Dev' },
    stack,
  );

  expect(bindings).toMatchObject({
    clusterName: 'tictactoe-dev',
    metricsRegion: REGION,
    metricsWorkspaceId: WORKSPACE_ID,
    metricsEndpointUrl: `https://aps-workspaces.${REGION}.amazonaws.com/workspaces/${WORKSPACE_ID}`,
    remoteWriteUrl: `https://aps-workspaces.${REGION}.amazonaws.com/workspaces/${WORKSPACE_ID}/api/v1/remote_write`,
  });
  const { Outputs } = Template.fromStack(stack).toJSON();
  const written = Object.entries<{ Value: unknown }>(Outputs).filter(([, { Value }]) => typeof Value === 'string');
  expect(written.map(([name]) => name).sort()).toEqual([
    'DevClusterName',
    'DevMetricsEndpointUrl',
    'DevMetricsRegion',
    'DevMetricsWorkspaceId',
    'DevRemoteWriteUrl',
  ]);
  for (const [output, { Value }] of written) {
    expect(Value).toMatch(described().find(({ name }) => name.test(output))?.value ?? /never/);
  }
});

test('a workspace that is told by its tags has a region and no id', () => {
  const stack = stackIn();
  const workspace = PrometheusWorkspace.fromWorkspaceTags(stack, 'Acks', { tags: { team: 'a' } });
  const template = templateOf({ workspace, metrics: MetricsCollection.alloy() }, stack);

  expect(outputsOf(template)).toEqual(['ClusterName', 'MetricsRegion', 'MetricsRoleArn']);
});

test('two clusters in a stack tell their outputs apart by a prefix', () => {
  const stack = stackIn();
  for (const outputPrefix of ['Blue', 'Green']) {
    const clusterName = `tictactoe-${outputPrefix.toLowerCase()}`;
    new EksObservability(stack, outputPrefix, { clusterName, outputPrefix, logs: LogCollection.fluentBit() });
  }

  expect(outputsOf(Template.fromStack(stack))).toEqual([
    ...['BlueClusterName', 'BlueLogGroupName', 'BlueLogsRegion', 'BlueLogsRoleArn'],
    ...['GreenClusterName', 'GreenLogGroupName', 'GreenLogsRegion', 'GreenLogsRoleArn'],
  ]);
});

test.each(['-', '1', 'a b', Aws.STACK_NAME])('%s is no prefix', (outputPrefix) => {
  expect(() => observe({ outputPrefix, logs: LogCollection.fluentBit() })).toThrow(
    `outputPrefix is "${outputPrefix}"; it must be letters and digits, with a letter first, known at synth`,
  );
});

test('in a stack that can be deployed anywhere, the URLs follow region and partition', () => {
  const stack = agnosticStack();
  const { bindings } = observe({ metrics: MetricsCollection.alloy() }, stack);

  expect(JSON.stringify(stack.resolve(bindings.remoteWriteUrl))).toMatch(/AWS::Region.*AWS::URLSuffix.*WorkspaceId/);
});

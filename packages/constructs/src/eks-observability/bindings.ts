import { CfnOutput, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { invalidProp } from '../private/errors';

/**
 * What the cluster side must know of the AWS side: ids, ARNs and URLs, each also an output of the stack.
 *
 * The output's name is that of the property with a capital letter, so `cdk deploy --outputs-file` writes
 * `{"<stack>": {"RemoteWriteUrl": "https://…", …}}`; `schema/bindings.schema.json` of this package describes that file.
 */
export interface ObservabilityBindings {
  /** Name of the cluster. */
  readonly clusterName: string;

  /**
   * Region of the Prometheus workspace, for which requests to it are signed.
   *
   * @default - there is no workspace
   */
  readonly metricsRegion?: string;

  /**
   * Id of the Prometheus workspace: `ws-` and a UUID.
   *
   * @default - there is none, or it has no id before somebody else makes it
   */
  readonly metricsWorkspaceId?: string;

  /**
   * Base URL of the Prometheus workspace, without a slash at the end: what a Grafana data source wants.
   *
   * @default - there is none, or it has no id before somebody else makes it
   */
  readonly metricsEndpointUrl?: string;

  /**
   * URL to which collectors send samples.
   *
   * @default - there is none, or it has no id before somebody else makes it
   */
  readonly remoteWriteUrl?: string;

  /**
   * ARN of the role of the collector of metrics.
   *
   * @default - no collector of metrics runs in the cluster
   */
  readonly metricsRoleArn?: string;

  /**
   * Id of the managed collector: `s-` and a UUID.
   *
   * @default - there is none
   */
  readonly scraperId?: string;

  /**
   * ARN of the role that AMP made for the managed collector.
   *
   * @default - there is none
   */
  readonly scraperRoleArn?: string;

  /**
   * Region of the log group.
   *
   * @default - there is no log group
   */
  readonly logsRegion?: string;

  /**
   * Name of the log group.
   *
   * @default - there is none
   */
  readonly logGroupName?: string;

  /**
   * ARN of the role of the collector of logs.
   *
   * @default - no logs are collected
   */
  readonly logsRoleArn?: string;

  /**
   * Id of the Grafana workspace: `g-` and hexadecimal digits.
   *
   * @default - there is none
   */
  readonly grafanaWorkspaceId?: string;

  /**
   * URL of the Grafana workspace.
   *
   * @default - there is none
   */
  readonly grafanaUrl?: string;
}

/** An output for each value, named by its property behind the prefix. */
export function makeOutputs(scope: Construct, prefix: string, bindings: ObservabilityBindings): void {
  validatePrefix(scope, prefix);
  for (const [name, value] of Object.entries(bindings).filter(([, given]) => given !== undefined)) {
    const key = `${name[0].toUpperCase()}${name.slice(1)}`;
    new CfnOutput(scope, key, { value }).overrideLogicalId(`${prefix}${key}`);
  }
}

function validatePrefix(scope: Construct, prefix: string): void {
  if (Token.isUnresolved(prefix) || !/^([A-Za-z][A-Za-z0-9]*)?$/.test(prefix)) {
    throw invalidProp(scope, {
      prop: 'outputPrefix',
      got: prefix,
      allowed: 'letters and digits, with a letter first, known at synth',
      mend: 'It begins the names of the stack’s outputs; leave it out if the stack has one EksObservability.',
    });
  }
}

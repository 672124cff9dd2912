import type { GrafanaClient } from '@aws-sdk/client-grafana';
import type { Clock } from '../common/clock';
import type { ControlPlane } from '../common/control-plane';

/**
 * What the provider framework of the CDK passes on from CloudFormation.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/crpg-ref-requests.html
 */
export interface ResourceEvent {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  readonly RequestId: string;
  readonly StackId: string;
  readonly LogicalResourceId: string;
  readonly PhysicalResourceId?: string;
  readonly ResourceProperties: Properties;
  readonly OldResourceProperties?: Properties;
}

/** What all resources have. CloudFormation makes a string of every number and boolean. */
export interface Properties {
  readonly Kind: string;
  readonly WorkspaceId: string;
  readonly WorkspaceRegion: string;
  readonly [name: string]: unknown;
}

/** What CloudFormation remembers of a resource. No token or other secret belongs here. */
export interface ResourceAnswer {
  readonly PhysicalResourceId: string;
  readonly Data?: Readonly<Record<string, string>>;
}

/** The world outside of the handler. */
export interface World {
  readonly clock: Clock;
  grafanaClient(region: string): GrafanaClient;
  /** Text of an object of S3. */
  download(bucket: string, key: string): Promise<string>;
  /** Runs another function and waits until it is done; throws what it throws. */
  invoke(functionName: string): Promise<void>;
}

/** One request for one resource. */
export interface Task<P extends Properties = Properties> {
  readonly event: ResourceEvent;
  readonly properties: P;
  readonly old?: P;
  readonly controlPlane: ControlPlane;
  readonly world: World;
}

/**
 * One kind of resource. Every method can be called again with the same request and then has no further effect:
 * CloudFormation and Lambda repeat what they believe got lost.
 */
export interface Kind<P extends Properties = Properties> {
  /** Two resources with the same id are one: a change of the id makes CloudFormation replace the resource. */
  physicalId(task: Task<P>): string;
  create(task: Task<P>): Promise<ResourceAnswer['Data']>;
  update(task: Task<P>): Promise<ResourceAnswer['Data']>;
  remove(task: Task<P>): Promise<void>;
}

/** The value of a property, which the construct always sets. */
export function text(properties: Properties, name: string): string {
  const value = properties[name];
  if (typeof value !== 'string') {
    throw new Error(`Property ${name} of ${properties.Kind} is missing: the template was not made by this construct.`);
  }
  return value;
}

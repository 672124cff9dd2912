import { GrafanaClient } from '@aws-sdk/client-grafana';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Properties, ResourceAnswer, ResourceEvent, World } from '../../../handlers/grafana-content/event';
import { answer } from '../../../handlers/grafana-content/handler';
import { world } from '../../../handlers/grafana-content/world';
import { FakeAmg } from './amg';
import { FakeBucket, FakeFunctions, FakeSecrets } from './aws';
import { FakeClock } from './clock';
import { FakeGrafana } from './grafana';
import { FakeServer } from './server';

// The functions run on a newer one; the tests of this repository on the oldest that it supports.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

export const REGION = 'ap-northeast-2';
export const STACK_ID = `arn:aws:cloudformation:${REGION}:111122223333:stack/Grafana/01234567-89ab-cdef-0123-456789abcdef`;

/** All that the handlers talk to, behind one HTTP server; the clients are those of the AWS SDK. */
export class Estate {
  public readonly clock = new FakeClock();
  public readonly amg = new FakeAmg(this.clock);
  public readonly grafana = new FakeGrafana(this.amg);
  public readonly secrets = new FakeSecrets();
  public readonly bucket = new FakeBucket();
  public readonly functions = new FakeFunctions();
  public readonly server = new FakeServer([
    this.amg.route,
    this.grafana.route,
    this.secrets.route,
    this.bucket.route,
    this.functions.route,
  ]);

  public async start(): Promise<this> {
    await this.server.start();
    this.amg.endpoint = this.server.url;
    return this;
  }

  public stop(): Promise<void> {
    return this.server.stop();
  }

  public get world(): World {
    const options = this.clientOptions;
    return world({
      clock: this.clock,
      grafana: () => new GrafanaClient(options),
      s3: new S3Client({ ...options, forcePathStyle: true }),
      lambda: new LambdaClient(options),
    });
  }

  public get grafanaClient(): GrafanaClient {
    return new GrafanaClient(this.clientOptions);
  }

  public get secretsManager(): SecretsManagerClient {
    return new SecretsManagerClient(this.clientOptions);
  }

  public create(kind: string, properties: Record<string, unknown>, id = kind): Promise<ResourceAnswer> {
    return this.send({
      RequestType: 'Create',
      LogicalResourceId: id,
      ResourceProperties: this.properties(kind, properties),
    });
  }

  public update(
    kind: string,
    from: Record<string, unknown>,
    to: Record<string, unknown>,
    PhysicalResourceId: string,
  ): Promise<ResourceAnswer> {
    return this.send({
      RequestType: 'Update',
      LogicalResourceId: kind,
      PhysicalResourceId,
      ResourceProperties: this.properties(kind, to),
      OldResourceProperties: this.properties(kind, from),
    });
  }

  public delete(
    kind: string,
    properties: Record<string, unknown>,
    PhysicalResourceId: string,
  ): Promise<ResourceAnswer> {
    return this.send({
      RequestType: 'Delete',
      LogicalResourceId: kind,
      PhysicalResourceId,
      ResourceProperties: this.properties(kind, properties),
    });
  }

  private send(event: Omit<ResourceEvent, 'RequestId' | 'StackId'>): Promise<ResourceAnswer> {
    return answer({ RequestId: 'one', StackId: STACK_ID, ...event }, this.world);
  }

  private properties(Kind: string, properties: Record<string, unknown>): Properties {
    return { Kind, WorkspaceId: this.amg.id, WorkspaceRegion: REGION, ServiceAccount: 'content', ...properties };
  }

  private get clientOptions() {
    return {
      region: REGION,
      endpoint: this.server.url,
      credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
      maxAttempts: 1,
    };
  }
}

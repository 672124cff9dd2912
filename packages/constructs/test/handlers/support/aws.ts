import { failure } from './amg';
import type { Reply, Request } from './server';

interface Version {
  readonly id: string;
  readonly text: string;
  stages: string[];
}

/**
 * AWS Secrets Manager, as far as the rotation uses it: a new version moves AWSCURRENT and leaves AWSPREVIOUS behind.
 */
export class FakeSecrets {
  public versions: Version[] = [];

  public readonly route = (request: Request): Reply | undefined => {
    const [service, action] = String(request.headers['x-amz-target'] ?? '').split('.');
    if (service !== 'secretsmanager') {
      return undefined;
    }
    return action === 'PutSecretValue' ? this.put(request) : this.get(request);
  };

  public at(stage: string): Record<string, string> | undefined {
    const version = this.versions.find(({ stages }) => stages.includes(stage));
    return version && JSON.parse(version.text);
  }

  private put({ body }: Request): Reply {
    const id = body.ClientRequestToken as string;
    if (!this.versions.some((version) => version.id === id)) {
      for (const version of this.versions) {
        version.stages = version.stages.includes('AWSCURRENT') ? ['AWSPREVIOUS'] : [];
      }
      this.versions.push({ id, text: body.SecretString as string, stages: ['AWSCURRENT'] });
    }
    return { status: 200, body: { VersionId: id, VersionStages: ['AWSCURRENT'] } };
  }

  private get({ body }: Request): Reply {
    const version = this.versions.find(({ stages }) => stages.includes(body.VersionStage as string));
    if (version === undefined) {
      return {
        status: 400,
        body: {
          __type: 'ResourceNotFoundException',
          Message: `Secrets Manager can't find the specified secret value for staging label: ${body.VersionStage}`,
        },
      };
    }
    return { status: 200, body: { VersionId: version.id, SecretString: version.text, VersionStages: version.stages } };
  }
}

/** The bucket of the CDK's assets. */
export class FakeBucket {
  public readonly objects = new Map<string, string>();
  /** What an object holds that is not among them. */
  public anything?: string;

  public readonly route = ({ path, method }: Request): Reply | undefined => {
    const [, bucket, key] = path.split('/');
    if (!bucket.includes('assets') || method !== 'GET') {
      return undefined;
    }
    const body = this.objects.get(key) ?? this.anything;
    return body === undefined
      ? {
          status: 404,
          headers: { 'content-type': 'application/xml' },
          body: '<Error><Code>NoSuchKey</Code><Message>no</Message></Error>',
        }
      : { status: 200, headers: { 'content-type': 'application/octet-stream' }, body };
  };
}

/** AWS Lambda's call that waits for its answer. */
export class FakeFunctions {
  public readonly calls: string[] = [];
  /** What the function throws. */
  public error?: string;
  public run: (name: string) => Promise<void> = async () => undefined;

  public readonly route = async ({ path }: Request): Promise<Reply | undefined> => {
    const [, api, , name] = path.split('/');
    if (api !== '2015-03-31') {
      return undefined;
    }
    this.calls.push(name);
    await this.run(name);
    return this.error === undefined
      ? { status: 200, body: { rotated: true } }
      : {
          status: 200,
          headers: { 'x-amz-function-error': 'Unhandled' },
          body: { errorType: 'Error', errorMessage: this.error },
        };
  };
}

export { failure };

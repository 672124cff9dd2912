import { randomUUID } from 'node:crypto';
import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { awsPatience, explained } from '../common/aws-errors';
import type { Clock } from '../common/clock';
import { retry } from '../common/retry';

/** What a version of the secret holds, as JSON. */
export interface TokenRecord {
  readonly token: string;
  readonly tokenId: string;
  readonly serviceAccountId: string;
  readonly workspaceId: string;
  readonly url: string;
  readonly createdAt: string;
  readonly expiresAt: string;
}

export class Secret {
  constructor(
    private readonly client: SecretsManagerClient,
    private readonly arn: string,
    private readonly clock: Clock,
  ) {}

  /** Undefined for a version that does not exist, or holds something else. */
  public async read(VersionStage: 'AWSCURRENT' | 'AWSPREVIOUS'): Promise<TokenRecord | undefined> {
    try {
      const { SecretString } = await this.call(`Read ${VersionStage}`, () =>
        this.client.send(new GetSecretValueCommand({ SecretId: this.arn, VersionStage })),
      );
      return parsed(SecretString);
    } catch (error) {
      if (error instanceof ResourceNotFoundException) {
        return undefined;
      }
      throw error;
    }
  }

  /** The version that was current becomes the previous one, in the same moment. */
  public async write(record: TokenRecord): Promise<void> {
    // The same for every try: a second version would push the old token out of AWSPREVIOUS.
    const ClientRequestToken = randomUUID();
    const SecretString = JSON.stringify(record);
    await this.call('Write a new version', () =>
      this.client.send(new PutSecretValueCommand({ SecretId: this.arn, ClientRequestToken, SecretString })),
    );
  }

  private async call<T>(doing: string, action: () => Promise<T>): Promise<T> {
    try {
      return await retry(this.clock, awsPatience, action);
    } catch (error) {
      throw error instanceof ResourceNotFoundException ? error : explained(`${doing} of ${this.arn}`, error);
    }
  }
}

function parsed(secretString: string | undefined): TokenRecord | undefined {
  try {
    const record = JSON.parse(secretString ?? '') as TokenRecord | null;
    return typeof record?.token === 'string' ? record : undefined;
  } catch {
    return undefined;
  }
}

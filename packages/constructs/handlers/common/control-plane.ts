import {
  CreateWorkspaceServiceAccountCommand,
  CreateWorkspaceServiceAccountTokenCommand,
  DeleteWorkspaceServiceAccountCommand,
  DeleteWorkspaceServiceAccountTokenCommand,
  DescribeWorkspaceCommand,
  type GrafanaClient,
  ListWorkspaceServiceAccountsCommand,
  ListWorkspaceServiceAccountTokensCommand,
  type Role,
} from '@aws-sdk/client-grafana';
import { awsPatience, explained, isNamed } from './aws-errors';
import { type Clock, MINUTES, SECONDS } from './clock';
import { retry } from './retry';

export interface Workspace {
  /** Where Grafana answers: `https://` and a host name. */
  readonly url: string;
  /** Such as `10.4` or `12.1`. */
  readonly version: string;
}

export interface Token {
  readonly id: string;
  readonly name: string;
  readonly createdAt: number;
}

export interface NewToken {
  readonly id: string;
  /** What a client shows to Grafana. It is told once, here. */
  readonly key: string;
}

/** A workspace may be upgraded or updated for minutes; a deployment can wait that long. */
const READY_WITHIN = 10 * MINUTES;
const POLL = 15 * SECONDS;

/**
 * Amazon Managed Grafana's own API, as far as it is needed, for one workspace.
 *
 * https://docs.aws.amazon.com/grafana/latest/APIReference/API_Operations.html
 */
export class ControlPlane {
  constructor(
    public readonly client: GrafanaClient,
    public readonly workspaceId: string,
    public readonly clock: Clock,
  ) {}

  /** Waits until the workspace is ready; undefined if there is none any more. */
  public async findWorkspace(): Promise<Workspace | undefined> {
    const start = this.clock.now();
    for (;;) {
      const workspace = await this.describe();
      if (workspace === undefined || ['DELETING', 'DELETION_FAILED', 'CREATION_FAILED'].includes(workspace.status)) {
        return undefined;
      }
      // Failed updates and upgrades leave a workspace that runs as before.
      if (workspace.status === 'ACTIVE' || workspace.status.endsWith('_FAILED')) {
        return workspace;
      }
      if (this.clock.now() - start > READY_WITHIN) {
        throw new Error(
          `Workspace ${this.workspaceId} is ${workspace.status} for more than ${READY_WITHIN / MINUTES} minutes. ` +
            'Deploy again when it is ACTIVE.',
        );
      }
      await this.clock.sleep(POLL);
    }
  }

  public async workspace(): Promise<Workspace> {
    const workspace = await this.findWorkspace();
    if (workspace === undefined) {
      throw new Error(`There is no workspace ${this.workspaceId} in this account and region, or it is being deleted.`);
    }
    return workspace;
  }

  /** Id of the service account with this name. */
  public async findServiceAccount(name: string): Promise<string | undefined> {
    let nextToken: string | undefined;
    do {
      const page = await this.call('List service accounts', () =>
        this.client.send(new ListWorkspaceServiceAccountsCommand({ workspaceId: this.workspaceId, nextToken })),
      );
      const found = page.serviceAccounts?.find((account) => account.name === name);
      if (found) {
        return found.id;
      }
      nextToken = page.nextToken;
    } while (nextToken);
    return undefined;
  }

  /** Id of the service account with this name, which is made if there is none: done twice, there is still one. */
  public async ensureServiceAccount(name: string, grafanaRole: Role): Promise<string> {
    const { workspaceId } = this;
    return this.call(`Make service account ${name}`, async () => {
      const found = await this.findServiceAccount(name);
      if (found !== undefined) {
        return found;
      }
      const { id } = await this.client.send(
        new CreateWorkspaceServiceAccountCommand({ workspaceId, name, grafanaRole }),
      );
      return id as string;
    });
  }

  public async deleteServiceAccount(serviceAccountId: string): Promise<void> {
    const { workspaceId } = this;
    await this.remove(`Delete service account ${serviceAccountId}`, () =>
      this.client.send(new DeleteWorkspaceServiceAccountCommand({ workspaceId, serviceAccountId })),
    );
  }

  /** The name must be new: a token that was made by a call whose answer got lost cannot be read again. */
  public async createToken(serviceAccountId: string, name: string, secondsToLive: number): Promise<NewToken> {
    const { workspaceId } = this;
    let attempt = 0;
    const { serviceAccountToken } = await this.call('Make a token', () => {
      attempt += 1;
      return this.client.send(
        new CreateWorkspaceServiceAccountTokenCommand({
          workspaceId,
          serviceAccountId,
          name: attempt === 1 ? name : `${name}-${attempt}`,
          secondsToLive,
        }),
      );
    });
    return { id: serviceAccountToken?.id as string, key: serviceAccountToken?.key as string };
  }

  public async tokens(serviceAccountId: string): Promise<Token[]> {
    const { workspaceId } = this;
    const tokens: Token[] = [];
    let nextToken: string | undefined;
    do {
      const page = await this.call('List tokens', () =>
        this.client.send(new ListWorkspaceServiceAccountTokensCommand({ workspaceId, serviceAccountId, nextToken })),
      );
      for (const { id, name, createdAt } of page.serviceAccountTokens ?? []) {
        tokens.push({ id: id as string, name: name as string, createdAt: createdAt?.getTime() ?? 0 });
      }
      nextToken = page.nextToken;
    } while (nextToken);
    return tokens;
  }

  public async deleteToken(serviceAccountId: string, tokenId: string): Promise<void> {
    const { workspaceId } = this;
    await this.remove(`Delete token ${tokenId}`, () =>
      this.client.send(new DeleteWorkspaceServiceAccountTokenCommand({ workspaceId, serviceAccountId, tokenId })),
    );
  }

  /** Calls the API, again while its error may pass. */
  public async call<T>(doing: string, action: () => Promise<T>): Promise<T> {
    try {
      return await retry(this.clock, awsPatience, action);
    } catch (error) {
      throw isNamed(error, 'ResourceNotFoundException') ? error : explained(`${doing} in ${this.workspaceId}`, error);
    }
  }

  /** What is gone already is as good as deleted. */
  private async remove(doing: string, action: () => Promise<unknown>): Promise<void> {
    try {
      await this.call(doing, action);
    } catch (error) {
      if (!isNamed(error, 'ResourceNotFoundException')) {
        throw error;
      }
    }
  }

  private async describe(): Promise<(Workspace & { status: string }) | undefined> {
    const { workspaceId } = this;
    try {
      const { workspace } = await this.call('Describe the workspace', () =>
        this.client.send(new DescribeWorkspaceCommand({ workspaceId })),
      );
      const endpoint = workspace?.endpoint ?? '';
      return {
        url: /^https?:/.test(endpoint) ? endpoint : `https://${endpoint}`,
        version: workspace?.grafanaVersion ?? '',
        status: workspace?.status ?? '',
      };
    } catch (error) {
      if (isNamed(error, 'ResourceNotFoundException')) {
        return undefined;
      }
      throw error;
    }
  }
}

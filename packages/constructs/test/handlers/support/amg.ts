import type { FakeClock } from './clock';
import type { Reply, Request } from './server';

export interface FakeToken {
  readonly id: string;
  readonly name: string;
  readonly key: string;
  readonly account: string;
  readonly createdAt: number;
  readonly expiresAt: number;
}

interface Account {
  readonly id: string;
  readonly name: string;
  readonly grafanaRole: string;
}

const THIRTY_DAYS = 30 * 24 * 3_600;

/**
 * Amazon Managed Grafana's control plane, as its API reference describes it. Pages hold two entries, so that whoever
 * forgets the rest is found out.
 *
 * https://docs.aws.amazon.com/grafana/latest/APIReference/API_Operations.html
 */
export class FakeAmg {
  public readonly id = 'g-0123456789';
  /** One for each look; the last one stays. */
  public statuses = ['ACTIVE'];
  public version = '12.1';
  public exists = true;
  public readonly accounts: Account[] = [];
  public tokens: FakeToken[] = [];
  /** Every key that was ever handed out. */
  public readonly keys: string[] = [];
  /** `SSO_USER id` to role. */
  public readonly roles = new Map<string, string>();
  /** Ids that IAM Identity Center knows. */
  public readonly known = new Set<string>();
  public knows: (id: string) => boolean = () => false;
  /** As the documentation of ListPermissions says. */
  public hidesViewers = false;
  public readonly batches: number[] = [];
  public endpoint = '';

  private numbers = 0;

  constructor(private readonly clock: FakeClock) {}

  public readonly route = (request: Request): Reply | undefined => {
    const [, root, workspaceId, kind, accountId, tokens, tokenId] = request.path.split('/');
    if (root !== 'workspaces') {
      return undefined;
    }
    if (!this.exists || workspaceId !== this.id) {
      return failure(404, 'ResourceNotFoundException', 'Workspace not found');
    }
    if (kind === undefined) {
      return this.describe();
    }
    if (kind === 'permissions') {
      return request.method === 'PATCH' ? this.updatePermissions(request) : this.permissions(request);
    }
    if (accountId === undefined) {
      return request.method === 'POST'
        ? this.createAccount(request)
        : this.page(request, 'serviceAccounts', this.accounts);
    }
    if (!this.accounts.some(({ id }) => id === accountId)) {
      return failure(404, 'ResourceNotFoundException', `Service account ${accountId} not found`);
    }
    if (tokens === undefined) {
      this.accounts.splice(
        this.accounts.findIndex(({ id }) => id === accountId),
        1,
      );
      this.tokens = this.tokens.filter(({ account }) => account !== accountId);
      return { status: 200, body: { serviceAccountId: accountId, workspaceId } };
    }
    if (request.method === 'POST') {
      return this.createToken(request, accountId);
    }
    return tokenId === undefined ? this.listTokens(request, accountId) : this.deleteToken(tokenId);
  };

  /** The token with this key, if Grafana would take it now. */
  public valid(key: string): FakeToken | undefined {
    return this.tokens.find((token) => token.key === key && token.expiresAt > this.clock.now());
  }

  public roleOf({ account }: FakeToken): string {
    return this.accounts.find(({ id }) => id === account)?.grafanaRole ?? '';
  }

  private describe(): Reply {
    const status = this.statuses.length > 1 ? this.statuses.shift() : this.statuses[0];
    return {
      status: 200,
      body: { workspace: { id: this.id, status, endpoint: this.endpoint, grafanaVersion: this.version } },
    };
  }

  private createAccount({ body }: Request): Reply {
    const name = body.name as string;
    if (name.length > 128) {
      return failure(400, 'ValidationException', 'name is too long');
    }
    if (this.accounts.some((account) => account.name === name)) {
      return failure(409, 'ConflictException', `Service account ${name} already exists`);
    }
    const account = { id: this.next(), name, grafanaRole: body.grafanaRole as string };
    this.accounts.push(account);
    return { status: 200, body: { ...account, workspaceId: this.id } };
  }

  private createToken({ body }: Request, account: string): Reply {
    const name = body.name as string;
    const secondsToLive = body.secondsToLive as number;
    if (secondsToLive > THIRTY_DAYS || secondsToLive < 1 || name.length > 128) {
      return failure(
        400,
        'ValidationException',
        'secondsToLive must be at most 30 days, the name at most 128 characters',
      );
    }
    if (this.tokens.some((token) => token.name === name)) {
      return failure(409, 'ConflictException', `Token ${name} already exists`);
    }
    const id = this.next();
    const token: FakeToken = {
      id,
      name,
      key: `glsa_secret${id}`,
      account,
      createdAt: this.clock.now(),
      expiresAt: this.clock.now() + secondsToLive * 1_000,
    };
    this.tokens.push(token);
    this.keys.push(token.key);
    return { status: 200, body: { serviceAccountToken: { id, name, key: token.key }, serviceAccountId: account } };
  }

  private listTokens(request: Request, accountId: string): Reply {
    const tokens = this.tokens
      .filter(({ account }) => account === accountId)
      .map(({ id, name, createdAt, expiresAt }) => ({
        id,
        name,
        createdAt: createdAt / 1_000,
        expiresAt: expiresAt / 1_000,
      }));
    return this.page(request, 'serviceAccountTokens', tokens);
  }

  private deleteToken(tokenId: string): Reply {
    const index = this.tokens.findIndex(({ id }) => id === tokenId);
    if (index < 0) {
      return failure(404, 'ResourceNotFoundException', `Token ${tokenId} not found`);
    }
    this.tokens.splice(index, 1);
    return { status: 200, body: { tokenId } };
  }

  private permissions(request: Request): Reply {
    const listed = [...this.roles].filter(([, role]) => !(this.hidesViewers && role === 'VIEWER'));
    const entries = listed.map(([key, role]) => {
      const [type, id] = key.split(' ');
      return { role, user: { id, type } };
    });
    return this.page(request, 'permissions', entries);
  }

  /** 200, whatever happens to the instructions. */
  private updatePermissions({ body }: Request): Reply {
    const instructions = body.updateInstructionBatch as {
      action: string;
      role: string;
      users: { id: string; type: string }[];
    }[];
    this.batches.push(instructions.length);
    if (instructions.length > 20) {
      return failure(400, 'ValidationException', 'updateInstructionBatch must have at most 20 items');
    }
    const errors = instructions.flatMap((causedBy) => {
      const [{ id, type }] = causedBy.users;
      const key = `${type} ${id}`;
      if (!this.known.has(id) && !this.knows(id)) {
        return [{ code: 400, message: `No such user or group ${id}`, causedBy }];
      }
      if (causedBy.action === 'ADD' && this.roles.has(key)) {
        return [{ code: 409, message: 'has a role already', causedBy }];
      }
      if (causedBy.action === 'REVOKE' && this.roles.get(key) !== causedBy.role) {
        return [{ code: 404, message: 'does not have this role', causedBy }];
      }
      if (causedBy.action === 'ADD') {
        this.roles.set(key, causedBy.role);
      } else {
        this.roles.delete(key);
      }
      return [];
    });
    return { status: 200, body: { errors } };
  }

  private page(request: Request, field: string, entries: readonly unknown[]): Reply {
    const start = Number(request.query.get('nextToken') ?? request.query.get('next-token') ?? 0);
    const end = start + 2;
    const nextToken = end < entries.length ? String(end) : undefined;
    return { status: 200, body: { [field]: entries.slice(start, end), nextToken, workspaceId: this.id } };
  }

  private next(): string {
    this.numbers += 1;
    return String(this.numbers);
  }
}

export function failure(status: number, type: string, message: string): Reply {
  return { status, headers: { 'x-amzn-errortype': type }, body: { message, resourceId: 'x', resourceType: 'x' } };
}

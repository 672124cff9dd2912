import { randomUUID } from 'node:crypto';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { type Clock, DAYS, MINUTES } from '../common/clock';
import type { ControlPlane, Workspace } from '../common/control-plane';
import { Grafana } from '../common/grafana';
import { Secret, type TokenRecord } from './secret';

export interface Rotation {
  readonly controlPlane: ControlPlane;
  readonly secretsManager: SecretsManagerClient;
  readonly secretArn: string;
  /** Name of the service account whose tokens these are. It has no tokens of anybody else. */
  readonly serviceAccount: string;
  /** Age from which on a token is replaced, in milliseconds. */
  readonly rotateAfter: number;
  /** Called before each step that changes something, with its name: tests crash there. */
  readonly before?: (step: Step) => void;
}

export type Step = 'create' | 'verify' | 'write' | 'clean';

/** What is said of a rotation: never the token. */
export interface Outcome {
  readonly rotated: boolean;
  /** Why, in words. */
  readonly because: string;
  readonly expiresAt: string;
  /** Number of tokens that were deleted because nobody can have a use for them. */
  readonly deleted: number;
}

/** The longest life that Amazon Managed Grafana gives to a token. */
const LIFE = 30 * DAYS;
/** Longer than a run can take: a younger token may belong to a run that is under way. */
const LONGEST_RUN = 20 * MINUTES;

/**
 * Sees to it that the secret holds a token that works for days to come.
 *
 * The order makes every crash harmless: a token is written only after Grafana has answered to it, in one call that
 * replaces the old one, which itself lives on until the rotation after this. A token that was made and not written is
 * deleted by a later run. Whoever reads the secret always finds a token that worked when it was written.
 */
export async function rotate(rotation: Rotation): Promise<Outcome> {
  const { controlPlane, before = () => undefined } = rotation;
  const { clock } = controlPlane;
  const secret = new Secret(rotation.secretsManager, rotation.secretArn, clock);
  const workspace = await controlPlane.workspace();
  const account = await accountOf(rotation);

  const current = await secret.read('AWSCURRENT');
  const because = await reasonToRotate(rotation, workspace, account, current);
  let kept = current;
  if (because !== undefined) {
    before('create');
    const createdAt = clock.now();
    const made = await controlPlane.createToken(account, `rotated-${randomUUID()}`, LIFE / 1_000);
    kept = {
      token: made.key,
      tokenId: made.id,
      serviceAccountId: account,
      workspaceId: controlPlane.workspaceId,
      url: workspace.url,
      createdAt: new Date(createdAt).toISOString(),
      expiresAt: new Date(createdAt + LIFE).toISOString(),
    };
    before('verify');
    await mustAnswer(workspace, kept, clock);
    before('write');
    await secret.write(kept);
  }
  before('clean');
  const deleted = await clean(rotation, account, secret);
  return { rotated: because !== undefined, because: because ?? 'it works', expiresAt: kept?.expiresAt ?? '', deleted };
}

async function accountOf({ controlPlane, serviceAccount }: Rotation): Promise<string> {
  const account = await controlPlane.findServiceAccount(serviceAccount);
  if (account === undefined) {
    throw new Error(
      `There is no service account ${serviceAccount} in ${controlPlane.workspaceId}: somebody has deleted it. ` +
        'Replace GrafanaServiceAccountToken (change its construct id) to have another one made.',
    );
  }
  return account;
}

/** Undefined while the token can stay. */
async function reasonToRotate(
  { controlPlane, rotateAfter }: Rotation,
  workspace: Workspace,
  account: string,
  current: TokenRecord | undefined,
): Promise<string | undefined> {
  if (current === undefined) {
    return 'the secret has no token';
  }
  if (current.workspaceId !== controlPlane.workspaceId || current.serviceAccountId !== account) {
    return 'the token is of another service account';
  }
  const age = controlPlane.clock.now() - Date.parse(current.createdAt);
  // Also when there is no date that could be read.
  if (!(age < rotateAfter)) {
    return `the token is ${Math.floor(age / DAYS)} days old`;
  }
  const { status } = await ask(workspace, current.token, controlPlane.clock);
  return status === 401 ? 'Grafana does not accept the token any more' : undefined;
}

/** Any token may search, whatever its role; without one there is no answer. */
function ask({ url }: Workspace, token: string, clock: Clock) {
  return new Grafana(url, token, clock).request('GET', '/api/search?limit=1');
}

async function mustAnswer(workspace: Workspace, { token }: TokenRecord, clock: Clock): Promise<void> {
  const answer = await ask(workspace, token, clock);
  if (answer.status !== 200) {
    throw new Grafana(workspace.url, token, clock).refusal('Try the new token; the secret keeps the old one', answer);
  }
}

/** Deletes the tokens that no version of the secret holds, and those from before the last rotation. */
async function clean(rotation: Rotation, account: string, secret: Secret): Promise<number> {
  const { controlPlane } = rotation;
  const records = [await secret.read('AWSCURRENT'), await secret.read('AWSPREVIOUS')];
  const inUse = new Set(records.map((record) => record?.tokenId));
  const settled = controlPlane.clock.now() - LONGEST_RUN;
  const useless = (await controlPlane.tokens(account)).filter(
    ({ id, createdAt }) => !inUse.has(id) && createdAt < settled,
  );
  for (const { id } of useless) {
    await controlPlane.deleteToken(account, id);
  }
  return useless.length;
}

import { randomUUID } from 'node:crypto';
import type { Workspace } from '../common/control-plane';
import { Grafana } from '../common/grafana';
import { type Task, text } from './event';

/** As long as the function may run: a token that it could not delete does not outlive it for long. */
const TOKEN_SECONDS = 15 * 60;
/** https://docs.aws.amazon.com/grafana/latest/APIReference/API_CreateWorkspaceServiceAccount.html */
const FIRST_WITH_SERVICE_ACCOUNTS = 9;

/**
 * Does something in Grafana with a token of the service account of this stack, made for this and deleted after it.
 *
 * A service account that somebody deleted is made again: otherwise what it has made could never be deleted either.
 */
export async function inGrafana<T>(
  task: Task,
  work: (grafana: Grafana, workspace: Workspace) => Promise<T>,
): Promise<T> {
  const { controlPlane } = task;
  const workspace = await controlPlane.workspace();
  if (Number.parseInt(workspace.version, 10) < FIRST_WITH_SERVICE_ACCOUNTS) {
    throw new Error(
      `Workspace ${controlPlane.workspaceId} runs Grafana ${workspace.version}, which has no service accounts: upgrade it to ` +
        `${FIRST_WITH_SERVICE_ACCOUNTS} or newer.`,
    );
  }
  const account = await controlPlane.ensureServiceAccount(text(task.properties, 'ServiceAccount'), 'ADMIN');
  const token = await controlPlane.createToken(
    account,
    `${task.event.LogicalResourceId}-${randomUUID()}`.slice(-120),
    TOKEN_SECONDS,
  );
  try {
    return await work(new Grafana(workspace.url, token.key, controlPlane.clock), workspace);
  } finally {
    // It expires soon by itself: an error here must not hide that of the work.
    await controlPlane.deleteToken(account, token.id).catch(() => undefined);
  }
}

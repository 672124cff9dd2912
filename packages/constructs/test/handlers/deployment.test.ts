import { readFileSync } from 'node:fs';
import type { Stack } from 'aws-cdk-lib';
import { ControlPlane } from '../../handlers/common/control-plane';
import { rotate } from '../../handlers/grafana-token/rotation';
import {
  GrafanaRole,
  GrafanaServiceAccountToken,
  GrafanaSource,
  GrafanaSsoAssignment,
  GrafanaWorkspace,
  GrafanaWorkspaceDashboard,
  GrafanaWorkspaceDataSource,
  GrafanaWorkspaceFolder,
  PrometheusWorkspace,
} from '../../src';
import { GAME, USER } from '../grafana-content/support';
import { stackIn } from '../support/stack';
import { CloudFormation } from './support/cloud-formation';
import { Estate } from './support/estate';

interface Content {
  readonly role?: GrafanaRole;
  readonly folderTitle?: string;
  readonly sourceUid?: string;
  readonly withoutDashboard?: boolean;
}

/** What a stack of all kinds of content synthesizes: the templates meet the handlers here, and nowhere else before AWS. */
function stackOf(content: Content = {}): Stack {
  const stack = stackIn(undefined, 'Grafana');
  const workspace = new GrafanaWorkspace(stack, 'Workspace');
  const metrics = new PrometheusWorkspace(stack, 'Metrics');
  new GrafanaSsoAssignment(stack, 'Logins', { workspace, role: content.role ?? GrafanaRole.EDITOR, userIds: [USER] });
  const source = GrafanaSource.prometheusWorkspace(metrics);
  const uid = content.sourceUid ?? 'amp';
  new GrafanaWorkspaceDataSource(stack, 'Source', { workspace, uid, name: `Metrics ${uid}`, source, isDefault: true });
  const folder = new GrafanaWorkspaceFolder(stack, 'Games', {
    workspace,
    title: content.folderTitle ?? 'Games',
    uid: 'games',
  });
  const chess = new GrafanaWorkspaceFolder(stack, 'Chess', { workspace, title: 'Chess', uid: 'chess', parent: folder });
  if (!content.withoutDashboard) {
    new GrafanaWorkspaceDashboard(stack, 'Game', { workspace, folder: chess, file: GAME });
  }
  new GrafanaServiceAccountToken(stack, 'Token', { workspace, role: content.role ?? GrafanaRole.EDITOR });
  return stack;
}

let estate: Estate;
let cloudFormation: CloudFormation;

beforeEach(async () => {
  estate = await new Estate().start();
  estate.amg.known.add(USER);
  cloudFormation = new CloudFormation(estate, (id, attribute) =>
    id.startsWith('Workspace') && attribute === 'Id' ? estate.amg.id : undefined,
  );
  // The rotation function, with the environment that the template gives it.
  estate.functions.run = async (name) => {
    const environment = cloudFormation.environment(name);
    await rotate({
      controlPlane: new ControlPlane(estate.grafanaClient, environment.WORKSPACE_ID, estate.clock),
      secretsManager: estate.secretsManager,
      secretArn: environment.SECRET_ARN,
      serviceAccount: environment.SERVICE_ACCOUNT,
      rotateAfter: Number(environment.ROTATE_AFTER) * 1_000,
    });
  };
  estate.bucket.anything = readFileSync(GAME, 'utf8');
});

afterEach(() => estate.stop());

/** All that is in the workspace, but for numbers that differ from run to run. */
function content() {
  return {
    roles: Object.fromEntries(estate.amg.roles),
    accounts: estate.amg.accounts
      .map(({ name, grafanaRole }) => [name.replace(/-[0-9a-f]{8}$/, ''), grafanaRole])
      .sort(),
    folders: [...estate.grafana.folders.values()].map(({ uid, title, parentUid }) => [uid, title, parentUid]).sort(),
    dashboards: [...estate.grafana.dashboards].map(([uid, { folderUid }]) => [uid, folderUid]),
    sources: [...estate.grafana.dataSources.values()].map(({ uid, name, type, url, isDefault }) => [
      uid,
      name,
      type,
      url,
      isDefault,
    ]),
    tokenWorks: estate.amg.valid(estate.secrets.at('AWSCURRENT')?.token ?? '') !== undefined,
  };
}

const NOTHING = { roles: {}, accounts: [], folders: [], dashboards: [], sources: [], tokenWorks: false };

test('a deployment sets up everything, and leaves no token but the one in the secret', async () => {
  await cloudFormation.deploy(stackOf());

  expect(content()).toEqual({
    roles: { [`SSO_USER ${USER}`]: 'EDITOR' },
    accounts: [
      [expect.stringMatching(/^Grafana-Token-\w+-editor$/), 'EDITOR'],
      [expect.stringMatching(/^grafana-ekssightlinegrafanacontentprovider-\w+-admin$/), 'ADMIN'],
    ],
    folders: [
      ['chess', 'Chess', 'games'],
      ['games', 'Games', undefined],
    ],
    dashboards: [['tictactoe', 'chess']],
    sources: [
      [
        'amp',
        'Metrics amp',
        'grafana-amazonprometheus-datasource',
        expect.stringMatching(/^https:\/\/aps-workspaces.ap-northeast-2.amazonaws.com\/workspaces\/Metrics/),
        true,
      ],
    ],
    tokenWorks: true,
  });
  expect(estate.amg.tokens.map(({ key }) => key)).toEqual([estate.secrets.at('AWSCURRENT')?.token]);
});

test('a second deployment of the same changes nothing', async () => {
  await cloudFormation.deploy(stackOf());
  const seen = estate.server.seen.length;

  await cloudFormation.deploy(stackOf());

  expect(estate.server.seen).toHaveLength(seen);
});

test('the deletion of the stack leaves nothing', async () => {
  await cloudFormation.deploy(stackOf());

  await cloudFormation.destroy();

  expect(content()).toEqual(NOTHING);
  expect(estate.amg.tokens).toEqual([]);
});

const next: Content = { role: GrafanaRole.ADMIN, folderTitle: 'Play', sourceUid: 'amp-2', withoutDashboard: true };

test('an update changes, replaces and deletes', async () => {
  await cloudFormation.deploy(stackOf());

  await cloudFormation.deploy(stackOf(next));

  expect(content()).toMatchObject({
    roles: { [`SSO_USER ${USER}`]: 'ADMIN' },
    accounts: [
      [expect.stringMatching(/^Grafana-Token-\w+-admin$/), 'ADMIN'],
      [expect.stringContaining('provider'), 'ADMIN'],
    ],
    folders: [
      ['chess', 'Chess', 'games'],
      ['games', 'Play', undefined],
    ],
    dashboards: [],
    sources: [['amp-2', 'Metrics amp-2', expect.anything(), expect.anything(), true]],
    tokenWorks: true,
  });
});

describe('a deployment that fails', () => {
  test.each([0, 1, 2, 3, 4, 5, 6, 7])('after resource %d leaves nothing when it is the first', async (n) => {
    const id = cloudFormation.plan(stackOf())[n];

    await expect(cloudFormation.deploy(stackOf(), id)).rejects.toThrow(`${id} failed`);

    expect(content()).toEqual(NOTHING);
    expect(estate.amg.tokens).toEqual([]);
  });

  test.each([0, 1, 2, 3, 4, 5, 6])('after resource %d leaves everything as it was when it is an update', async (n) => {
    await cloudFormation.deploy(stackOf());
    const was = content();
    const id = cloudFormation.plan(stackOf(next))[n];

    await expect(cloudFormation.deploy(stackOf(next), id)).rejects.toThrow(`${id} failed`);

    expect(content()).toEqual(was);
  });
});

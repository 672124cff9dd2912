import { execFile } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ControlPlane } from '../../handlers/common/control-plane';
import { Estate, REGION, STACK_ID } from './support/estate';

const assets = join(__dirname, '..', '..', 'assets');

let estate: Estate;

beforeEach(async () => {
  estate = await new Estate().start();
});

afterEach(() => estate.stop());

/** Runs a bundle as Lambda does: by its export `handler`, with the AWS SDK beside it, in a process of its own. */
async function invoke(bundle: string, event: unknown, environment: Record<string, string> = {}): Promise<string> {
  const code = `require(${JSON.stringify(join(assets, bundle, 'index.js'))}).handler(${JSON.stringify(event)})
    .then((answer) => console.log(JSON.stringify(answer)), (error) => { console.error(error); process.exit(1); });`;
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', code], {
    cwd: join(__dirname, '..', '..'),
    env: {
      AWS_ENDPOINT_URL: estate.server.url,
      AWS_REGION: REGION,
      AWS_ACCESS_KEY_ID: 'none',
      AWS_SECRET_ACCESS_KEY: 'none',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      ...environment,
    },
  });
  return stdout;
}

test.each(['grafana-content', 'grafana-token'])('%s is in the package, small and without the SDK', (name) => {
  const file = join(assets, name, 'index.js');

  expect(existsSync(file)).toBe(true);
  expect(statSync(file).size).toBeLessThan(60_000);
  expect(readFileSync(file, 'utf8')).toContain('require("@aws-sdk/client-grafana")');
});

test('the bundle of the provider answers events', async () => {
  const answer = await invoke('grafana-content', {
    RequestType: 'Create',
    RequestId: 'one',
    StackId: STACK_ID,
    LogicalResourceId: 'Games',
    ResourceProperties: {
      Kind: 'Folder',
      WorkspaceId: estate.amg.id,
      WorkspaceRegion: REGION,
      ServiceAccount: 'content',
      Uid: 'games',
      Title: 'Games',
    },
  });

  expect(JSON.parse(answer)).toEqual({ PhysicalResourceId: 'g-0123456789/folders/games', Data: { Uid: 'games' } });
  expect(estate.grafana.folders.has('games')).toBe(true);
  expect(estate.amg.tokens).toEqual([]);
});

test('the bundle of the rotation writes the secret and logs what it did, not the token', async () => {
  await new ControlPlane(estate.grafanaClient, estate.amg.id, estate.clock).ensureServiceAccount('operator', 'VIEWER');

  const output = await invoke(
    'grafana-token',
    {},
    {
      WORKSPACE_ID: estate.amg.id,
      WORKSPACE_REGION: REGION,
      SERVICE_ACCOUNT: 'operator',
      SECRET_ARN: 'arn:aws:secretsmanager:ap-northeast-2:111122223333:secret:grafana-abcdef',
      ROTATE_AFTER: '1728000',
    },
  );

  expect(estate.amg.valid(estate.secrets.at('AWSCURRENT')?.token ?? '')).toBeDefined();
  expect(output).toContain('"because":"the secret has no token"');
  expect(output).not.toContain('glsa_');
});

import { join } from 'node:path';
import { type RunResult, run } from '../engines/run';
import { ManagedGrafana } from '../kit/managed-grafana';
import { Moto } from '../kit/moto';
import { repository, worldOf } from '../kit/rendered';

/**
 * The function that keeps a token of Grafana valid, as it is in the package: bundled, in a process of its own, with the AWS
 * SDK beside it. Its secret is in moto's Secrets Manager, so that labels of versions are not ours to make up.
 */
const constructs = join(repository, 'packages', 'constructs');
const bundle = join(constructs, 'assets', 'grafana-token', 'index.js');
const serviceAccount = 'operator-admin-01234567';
const { account, region } = worldOf('dev');

let moto: Moto;
let grafana: ManagedGrafana;
let secretArn: string;

beforeAll(async () => {
  moto = await Moto.start(account, region);
}, 90_000);

afterAll(() => moto?.stop());

beforeEach(async () => {
  grafana = await ManagedGrafana.start(serviceAccount);
  // As the template makes it: without a value.
  const name = `grafana-${process.pid}-${Date.now()}-${Math.random()}`;
  secretArn = (await secretsManager<{ ARN: string }>('CreateSecret', { Name: name })).ARN;
});

afterEach(() => grafana.stop());

test('fills a secret that has no value, with a token that Grafana takes', async () => {
  expect(await rotate(20 * 86_400)).toMatchObject({ status: 0, stderr: '' });

  expect(await tokenAt('AWSCURRENT')).toBe(grafana.tokens[0]?.key);
  await expect(tokenAt('AWSPREVIOUS')).rejects.toThrow();
});

test('leaves a young token alone', async () => {
  await rotate(20 * 86_400);
  const { stdout } = await rotate(20 * 86_400);

  expect(JSON.parse(stdout)).toMatchObject({ rotated: false });
  expect(grafana.tokens).toHaveLength(1);
});

test('replaces an old token, which stays as the previous version and goes on working', async () => {
  await rotate(20 * 86_400);
  const { stdout } = await rotate(0);

  expect(JSON.parse(stdout)).toMatchObject({ rotated: true });
  const [first, second] = grafana.tokens.map(({ key }) => key);
  expect(await tokenAt('AWSCURRENT')).toBe(second);
  expect(await tokenAt('AWSPREVIOUS')).toBe(first);
});

test('fails, and leaves the secret as it was, when Grafana does not answer to the new token', async () => {
  await rotate(20 * 86_400);
  const before = await tokenAt('AWSCURRENT');
  grafana.status = 403;

  const { status, stderr } = await rotate(0);

  expect(status).toBe(1);
  expect(stderr).toContain('Try the new token; the secret keeps the old one: Grafana answered 403');
  expect(await tokenAt('AWSCURRENT')).toBe(before);
});

test('tells no token', async () => {
  const told = [await rotate(20 * 86_400), await rotate(0)];
  grafana.status = 403;
  told.push(await rotate(0));

  expect(grafana.tokens.length).toBeGreaterThanOrEqual(3);
  expect(told.map(({ stdout, stderr }) => stdout + stderr).join()).not.toContain('glsa_');
});

/** One run, with tokens of this age in seconds held to be old. */
function rotate(rotateAfter: number): Promise<RunResult> {
  const code = `require(${JSON.stringify(bundle)}).handler().catch((error) => { console.error(error.stack); process.exit(1); })`;
  return run([process.execPath, '-e', code], {
    cwd: constructs,
    timeout: 60_000,
    env: {
      ...moto.environment(),
      AWS_ENDPOINT_URL_GRAFANA: grafana.url,
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      WORKSPACE_ID: grafana.workspaceId,
      WORKSPACE_REGION: region,
      SERVICE_ACCOUNT: serviceAccount,
      SECRET_ARN: secretArn,
      ROTATE_AFTER: `${rotateAfter}`,
    },
  });
}

async function tokenAt(stage: string): Promise<string> {
  const body = { SecretId: secretArn, VersionStage: stage };
  const { SecretString } = await secretsManager<{ SecretString: string }>('GetSecretValue', body);
  return (JSON.parse(SecretString) as { token: string }).token;
}

function secretsManager<T>(action: string, body: object): Promise<T> {
  return moto.json<T>('secretsmanager', `secretsmanager.${action}`, body);
}

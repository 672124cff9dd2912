import { ControlPlane } from '../../handlers/common/control-plane';
import { type Outcome, rotate, type Step } from '../../handlers/grafana-token/rotation';
import { Estate } from './support/estate';

const DAY = 24 * 3_600_000;
const SECRET = 'arn:aws:secretsmanager:ap-northeast-2:111122223333:secret:grafana-abcdef';

let estate: Estate;

beforeEach(async () => {
  estate = await new Estate().start();
  await new ControlPlane(estate.grafanaClient, estate.amg.id, estate.clock).ensureServiceAccount('operator', 'VIEWER');
});

afterEach(() => estate.stop());

function run(before?: (step: Step) => void): Promise<Outcome> {
  return rotate({
    controlPlane: new ControlPlane(estate.grafanaClient, estate.amg.id, estate.clock),
    secretsManager: estate.secretsManager,
    secretArn: SECRET,
    serviceAccount: 'operator',
    rotateAfter: 20 * DAY,
    before,
  });
}

/** What a reader of the secret gets now, if Grafana takes it. */
function working(stage = 'AWSCURRENT') {
  return estate.amg.valid(estate.secrets.at(stage)?.token ?? '');
}

test('the first run writes a token that works, with all that a reader may need', async () => {
  const outcome = await run();

  expect(outcome).toEqual({
    rotated: true,
    because: 'the secret has no token',
    expiresAt: '2026-12-22T00:00:00.000Z',
    deleted: 0,
  });
  expect(working()).toBeDefined();
  expect(estate.secrets.at('AWSCURRENT')).toEqual({
    token: estate.amg.keys[0],
    tokenId: expect.any(String),
    serviceAccountId: estate.amg.accounts[0].id,
    workspaceId: 'g-0123456789',
    url: estate.server.url,
    createdAt: '2026-11-22T00:00:00.000Z',
    expiresAt: '2026-12-22T00:00:00.000Z',
  });
});

test('a young token that works stays', async () => {
  await run();
  estate.clock.pass(19 * DAY);

  expect(await run()).toMatchObject({ rotated: false, because: 'it works' });
  expect(estate.amg.keys).toHaveLength(1);
});

test('over three months there is never a moment without a token that works, nor more than three of them', async () => {
  await run();
  for (let half = 0; half < 200; half += 1) {
    estate.clock.pass(DAY / 2);
    // Before the run: what readers see at the worst moment.
    expect(working()).toBeDefined();
    await run();
    expect(estate.amg.tokens.length).toBeLessThanOrEqual(3);
  }

  expect(estate.amg.keys).toHaveLength(6);
});

test('who has read the old token a moment before can use it for ten days more', async () => {
  await run();
  const old = estate.secrets.at('AWSCURRENT')?.token ?? '';
  estate.clock.pass(20 * DAY);
  await run();

  expect(estate.secrets.at('AWSCURRENT')?.token).not.toBe(old);
  expect(estate.secrets.at('AWSPREVIOUS')?.token).toBe(old);
  estate.clock.pass(9.9 * DAY);
  expect(estate.amg.valid(old)).toBeDefined();
});

test('a rotation that fails for ten days has a try left on each of them', async () => {
  await run();
  estate.clock.pass(20 * DAY);
  const down = { status: 500, body: {}, headers: { 'x-amzn-errortype': 'InternalServerException' } };
  estate.server.fail(/POST .*\/tokens/, down, 10_000);
  for (let day = 20; day < 30; day += 1) {
    await expect(run()).rejects.toThrow('Make a token in g-0123456789: InternalServerException');
    expect(working()).toBeDefined();
    estate.clock.pass(0.9 * DAY);
  }

  estate.server.heal();
  await run();
  expect(working()).toBeDefined();
});

describe.each([
  ['on the first day', 0],
  ['on day 21', 21 * DAY],
  ['on day 31, when the old token is dead', 31 * DAY],
])('a crash %s', (_, later) => {
  test.each<Step>(['create', 'verify', 'write', 'clean'])(
    'before step %s leaves a secret that works, or mends it',
    async (step) => {
      if (later > 0) {
        await run();
        estate.clock.pass(later);
      }
      const crash = (at: Step) => {
        if (at === step) {
          throw new Error(`crashed before ${at}`);
        }
      };

      await expect(run(crash)).rejects.toThrow(`crashed before ${step}`);
      if (later < 30 * DAY && later > 0) {
        expect(working()).toBeDefined();
      }

      // Lambda tries again after a minute; the schedule comes again after half a day.
      estate.clock.pass(60_000);
      await run();
      expect(working()).toBeDefined();
      estate.clock.pass(DAY / 2);
      await run();
      expect(working()).toBeDefined();
      const inSecret = ['AWSCURRENT', 'AWSPREVIOUS'].map((stage) => estate.secrets.at(stage)?.tokenId);
      expect(estate.amg.tokens.map(({ id }) => id).filter((id) => !inSecret.includes(id))).toEqual([]);
    },
  );
});

describe('while the new token does not answer', () => {
  test.each([401, 403, 404, 302])('with 200 but %d, the secret keeps the old one', async (status) => {
    await run();
    const old = estate.secrets.at('AWSCURRENT')?.token;
    estate.clock.pass(21 * DAY);
    estate.server.fail(/GET \/api\/search/, { status, body: { message: 'no' } }, 100);

    await expect(run()).rejects.toThrow(
      `Try the new token; the secret keeps the old one: Grafana answered ${status} (no)`,
    );

    expect(estate.secrets.at('AWSCURRENT')?.token).toBe(old);
    expect(working()).toBeDefined();
  });

  test('for some seconds, it is waited for', async () => {
    estate.server.fail(/GET \/api\/search/, { status: 401, body: {} }, 3);

    await run();

    expect(estate.secrets.versions).toHaveLength(1);
  });
});

describe('a new token is made at once', () => {
  test('when somebody has deleted the one in the secret', async () => {
    await run();
    estate.amg.tokens = [];

    expect(await run()).toMatchObject({ rotated: true, because: 'Grafana does not accept the token any more' });
    expect(working()).toBeDefined();
  });

  test('when the service account is another one', async () => {
    await run();
    estate.amg.accounts.length = 0;
    await new ControlPlane(estate.grafanaClient, estate.amg.id, estate.clock).ensureServiceAccount('operator', 'ADMIN');

    expect(await run()).toMatchObject({ rotated: true, because: 'the token is of another service account' });
  });

  test.each(['', 'null', '{"username":"x"}'])('when the secret holds %p', async (text) => {
    estate.secrets.versions.push({ id: 'x', text, stages: ['AWSCURRENT'] });

    expect(await run()).toMatchObject({ rotated: true, because: 'the secret has no token' });
  });

  test('when nobody can tell how old the one in the secret is', async () => {
    await run();
    const [version] = estate.secrets.versions;
    const text = version.text.replace(/"createdAt":"[^"]*"/, '"createdAt":"yesterday"');
    estate.secrets.versions[0] = { ...version, text };

    expect(await run()).toMatchObject({ rotated: true });
  });
});

describe('under throttling', () => {
  const throttled = { status: 429, body: { message: 'slow' }, headers: { 'x-amzn-errortype': 'ThrottlingException' } };

  test('of everything, it gets through', async () => {
    estate.server.fail(/workspaces/, throttled, 9);
    estate.server.fail(/search/, { status: 429, body: {}, headers: { 'retry-after': '7' } }, 3);
    estate.server.fail(/PutSecretValue/, { status: 400, body: { __type: 'ThrottlingException', message: 'slow' } }, 3);
    estate.server.fail(/GetSecretValue/, { status: 500, body: { __type: 'InternalServiceError', message: 'oops' } }, 3);

    await run();

    expect(working()).toBeDefined();
    expect(estate.secrets.versions).toHaveLength(1);
  });

  test('that does not end, it fails with the name of the call', async () => {
    estate.server.fail(/POST .*\/tokens/, throttled, 1_000);

    await expect(run()).rejects.toThrow('Make a token in g-0123456789: ThrottlingException: slow');
  });
});

test('a lost answer to the making of a token costs a token, which is deleted half a day later', async () => {
  estate.server.fail(/POST .*\/tokens/, 'lose the answer');
  await run();
  expect(estate.amg.tokens).toHaveLength(2);
  expect(working()).toBeDefined();

  estate.clock.pass(DAY / 2);
  expect(await run()).toMatchObject({ rotated: false, deleted: 1 });
  expect(working()).toBeDefined();
});

test('a lost answer to the writing of the secret writes it once more and nothing else', async () => {
  estate.server.fail(/PutSecretValue/, 'lose the answer');

  await run();

  expect(estate.secrets.versions).toHaveLength(1);
  expect(working()).toBeDefined();
});

test('a run leaves the token of another run alone that is under way', async () => {
  await run();
  const { createToken } = ControlPlane.prototype;
  const other = new ControlPlane(estate.grafanaClient, estate.amg.id, estate.clock);
  const { id } = await createToken.call(other, estate.amg.accounts[0].id, 'other-run', 3_600);

  await run();

  expect(estate.amg.tokens.map((token) => token.id)).toContain(id);
});

test('without its service account it says what to do', async () => {
  estate.amg.accounts.length = 0;

  await expect(run()).rejects.toThrow('There is no service account operator in g-0123456789: somebody has deleted it.');
});

test('a secret that may not be written is told by its ARN', async () => {
  const denied = { status: 400, body: { __type: 'AccessDeniedException', Message: 'not authorized' } };
  estate.server.fail(/PutSecretValue/, denied, 100);

  await expect(run()).rejects.toThrow(`Write a new version of ${SECRET}: AccessDeniedException`);
  expect(estate.secrets.versions).toEqual([]);
});

test('a secret that may not be read is told by its ARN, and no token is made for it', async () => {
  const denied = { status: 400, body: { __type: 'AccessDeniedException', Message: 'not authorized' } };
  estate.server.fail(/GetSecretValue/, denied, 100);

  await expect(run()).rejects.toThrow(`Read AWSCURRENT of ${SECRET}: AccessDeniedException`);
  expect(estate.amg.keys).toEqual([]);
});

test('the token is in the secret and nowhere else: not in what is returned, thrown or logged', async () => {
  const spies = (['log', 'info', 'warn', 'error', 'debug'] as const).map((name) =>
    jest.spyOn(console, name).mockImplementation(),
  );
  const told: string[] = [JSON.stringify(await run())];
  estate.clock.pass(21 * DAY);
  const echo = { status: 400, body: { message: 'Bearer glsa_secret3' } };
  estate.server.fail(/GET \/api\/search/, { status: 401, body: {} }, 100);
  told.push(String(await run().catch((error: Error) => `${error.stack} ${error.cause}`)));
  estate.server.fail(/GET \/api\/search/, echo, 100);
  told.push(String(await run().catch((error: Error) => `${error.stack} ${error.cause}`)));

  for (const spy of spies) {
    told.push(JSON.stringify(spy.mock.calls));
    spy.mockRestore();
  }
  expect(told.join()).not.toContain('glsa_');
});

import { Estate } from './support/estate';

const GAMES = { Uid: 'games', Title: 'Games' };

let estate: Estate;

beforeEach(async () => {
  estate = await new Estate().start();
});

afterEach(() => estate.stop());

describe('the token', () => {
  test('lives a quarter of an hour, is an admin’s, and is deleted after use', async () => {
    await estate.create('Folder', GAMES);

    expect(estate.amg.accounts).toEqual([expect.objectContaining({ name: 'content', grafanaRole: 'ADMIN' })]);
    expect(estate.amg.keys).toHaveLength(1);
    expect(estate.amg.tokens).toEqual([]);
  });

  test('is deleted when the work fails, too', async () => {
    estate.server.fail(/POST \/api\/folders/, { status: 403, body: {} });

    await expect(estate.create('Folder', GAMES)).rejects.toThrow('403');

    expect(estate.amg.keys).toHaveLength(1);
    expect(estate.amg.tokens).toEqual([]);
  });

  test('that cannot be deleted expires, and hides no error and no success', async () => {
    const gone = { status: 500, body: { message: 'no' }, headers: { 'x-amzn-errortype': 'InternalServerException' } };
    estate.server.fail(/DELETE \/workspaces/, gone, 100);

    await estate.create('Folder', GAMES);
    expect(estate.amg.valid(estate.amg.keys[0])).toBeDefined();

    estate.clock.pass(15 * 60_000);
    expect(estate.amg.valid(estate.amg.keys[0])).toBeUndefined();
  });

  test('is nowhere in answers and errors, even if Grafana repeats it', async () => {
    const echo = { status: 400, body: { message: 'bad header Bearer glsa_secret2' } };
    estate.server.fail(/POST \/api\/folders/, echo);

    const error = await estate.create('Folder', GAMES).catch((failed: Error) => failed);

    expect(estate.amg.keys).toEqual(['glsa_secret2']);
    expect(String(error)).toContain('bad header Bearer ***');
    expect(JSON.stringify(await estate.create('Folder', GAMES))).not.toContain('glsa_');
  });

  test('that Grafana does not know yet is tried again for a while', async () => {
    estate.server.fail(/GET \/api\/folders/, { status: 401, body: { message: 'Invalid API key' } }, 3);

    await estate.create('Folder', GAMES);

    expect(estate.grafana.folders.has('games')).toBe(true);
  });

  test('that Grafana never takes is told with what to do', async () => {
    estate.server.fail(/GET \/api\/folders/, { status: 401, body: { message: 'Invalid API key' } }, 100);

    await expect(estate.create('Folder', GAMES)).rejects.toThrow(
      'Read folder games: Grafana answered 401 (Invalid API key). It does not accept the token of the service account: was',
    );
  });

  test('is of a service account that is made again when somebody has deleted it', async () => {
    const { PhysicalResourceId } = await estate.create('Folder', GAMES);
    estate.amg.accounts.length = 0;

    await estate.delete('Folder', GAMES, PhysicalResourceId);

    expect(estate.grafana.folders.size).toBe(0);
  });
});

describe('what may pass is tried again', () => {
  test.each([429, 500, 502, 503, 504])('an answer %d of Grafana', async (status) => {
    estate.server.fail(/POST \/api\/folders/, { status, body: '<html>', headers: { 'retry-after': '2' } }, 4);

    await estate.create('Folder', GAMES);

    expect(estate.server.count(/POST \/api\/folders/)).toBe(5);
  });

  test('not sooner than Grafana asks for', async () => {
    const start = estate.clock.now();
    estate.server.fail(/POST \/api\/folders/, { status: 429, body: {}, headers: { 'retry-after': '100' } });

    await estate.create('Folder', GAMES);

    expect(estate.clock.now() - start).toBeGreaterThanOrEqual(100_000);
  });

  test('a connection of Grafana that breaks', async () => {
    estate.server.fail(/POST \/api\/folders/, 'hang up', 2);

    await estate.create('Folder', GAMES);

    expect(estate.grafana.folders.size).toBe(1);
  });

  test.each([
    [429, 'ThrottlingException'],
    [409, 'ConflictException'],
    [500, 'InternalServerException'],
    [403, 'AccessDeniedException'],
  ])('an answer %d %s of the control plane', async (status, type) => {
    estate.server.fail(
      /POST \/workspaces/,
      { status, body: { message: 'later' }, headers: { 'x-amzn-errortype': type } },
      3,
    );

    await estate.create('Folder', GAMES);

    expect(estate.grafana.folders.size).toBe(1);
  });

  test('a connection of the control plane that breaks, also after the token was made', async () => {
    estate.server.fail(/POST .*\/tokens/, 'lose the answer');
    estate.server.fail(/GET \/workspaces/, 'hang up');

    await estate.create('Folder', GAMES);

    expect(estate.grafana.folders.size).toBe(1);
    // The lost one expires soon.
    expect(estate.amg.tokens).toHaveLength(1);
  });

  test('a workspace that is being changed', async () => {
    estate.amg.statuses = ['UPDATING', 'VERSION_UPDATING', 'UPGRADING', 'ACTIVE'];

    await estate.create('Folder', GAMES);

    expect(estate.grafana.folders.size).toBe(1);
  });
});

describe('what stays is told', () => {
  test('a Grafana that is unwell for minutes', async () => {
    estate.server.fail(/GET \/api\/folders/, { status: 503, body: { message: 'maintenance' } }, 1_000);

    await expect(estate.create('Folder', GAMES)).rejects.toThrow(
      'Grafana answered 503 to GET /api/folders/games (maintenance)',
    );
  });

  test('a Grafana that does not answer from here', async () => {
    estate.server.fail(/GET \/api\/folders/, 'hang up', 1_000);

    await expect(estate.create('Folder', GAMES)).rejects.toThrow(
      /did not answer GET \/api\/folders\/games: .*If the network access of the workspace is restricted, run the provider in a VPC/,
    );
  });

  test('a login page', async () => {
    estate.server.fail(/GET \/api\/folders/, { status: 302, body: '', headers: { location: '/login' } });

    await expect(estate.create('Folder', GAMES)).rejects.toThrow('302. It wants people to log in there');
  });

  test('an answer that nobody has thought of', async () => {
    estate.server.fail(/GET \/api\/folders/, { status: 418, body: '[' });

    await expect(estate.create('Folder', GAMES)).rejects.toThrow('418. Look into the documentation of the HTTP API');
  });

  test('a call that the role may not make', async () => {
    const denied = {
      status: 403,
      body: { message: 'not authorized' },
      headers: { 'x-amzn-errortype': 'AccessDeniedException' },
    };
    estate.server.fail(/GET \/workspaces/, denied, 1_000);

    await expect(estate.create('Folder', GAMES)).rejects.toThrow(
      'Describe the workspace in g-0123456789: AccessDeniedException: not authorized',
    );
  });

  test('a workspace that stays unready', async () => {
    estate.amg.statuses = ['VERSION_UPDATING'];

    await expect(estate.create('Folder', GAMES)).rejects.toThrow(
      'Workspace g-0123456789 is VERSION_UPDATING for more than 10 minutes. Deploy again when it is ACTIVE.',
    );
  });

  test('a workspace that there is none of', async () => {
    estate.amg.exists = false;

    await expect(estate.create('Folder', GAMES)).rejects.toThrow('There is no workspace g-0123456789 in this account');
  });

  test('a Grafana that is too old', async () => {
    estate.amg.version = '8.4';

    await expect(estate.create('Folder', GAMES)).rejects.toThrow(
      'Workspace g-0123456789 runs Grafana 8.4, which has no service accounts: upgrade it to 9 or newer.',
    );
  });

  test('a workspace whose last update failed is used as it is', async () => {
    estate.amg.statuses = ['UPDATE_FAILED'];

    await estate.create('Folder', GAMES);

    expect(estate.grafana.folders.size).toBe(1);
  });

  test('a template of another version', async () => {
    await expect(estate.create('Playlist', {})).rejects.toThrow('There is no kind Playlist; there are Dashboard,');
    await expect(estate.create('Folder', { Uid: 'x' })).rejects.toThrow('Property Title of Folder is missing');
  });
});

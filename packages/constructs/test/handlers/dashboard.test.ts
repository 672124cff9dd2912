import { Estate } from './support/estate';

const GAME = { Uid: 'game', Bucket: 'assets', Key: 'one.json', FolderUid: 'games' };
const MODEL = { id: 42, uid: 'exported', title: 'Tic-tac-toe', version: 17, panels: [{ type: 'timeseries' }] };

let estate: Estate;

beforeEach(async () => {
  estate = await new Estate().start();
  estate.bucket.objects.set('one.json', JSON.stringify(MODEL));
  estate.bucket.objects.set('two.json', JSON.stringify({ ...MODEL, title: 'Game' }));
  estate.grafana.folders.set('games', { uid: 'games', title: 'Games', version: 1 });
  estate.grafana.folders.set('attic', { uid: 'attic', title: 'Attic', version: 1 });
});

afterEach(() => estate.stop());

function saved(uid = 'game') {
  return estate.grafana.dashboards.get(uid);
}

test('is saved into its folder with its UID, whatever number and UID it was exported with', async () => {
  const answer = await estate.create('Dashboard', GAME);

  expect(answer).toEqual({ PhysicalResourceId: 'g-0123456789/dashboards/game', Data: { Uid: 'game' } });
  expect(saved()).toMatchObject({
    folderUid: 'games',
    version: 1,
    message: 'Dashboard of stack Grafana',
    model: { id: null, uid: 'game', title: 'Tic-tac-toe', panels: [{ type: 'timeseries' }] },
  });
});

test('may be at the top level', async () => {
  const { FolderUid: _, ...top } = GAME;

  await estate.create('Dashboard', top);

  expect(saved()?.folderUid).toBe('');
});

test('made again by the same request is ours', async () => {
  await estate.create('Dashboard', GAME);
  await estate.create('Dashboard', GAME);
  await estate.create('Dashboard', GAME);

  expect(estate.grafana.dashboards.size).toBe(1);
});

test('is made once when the answer to the first try got lost', async () => {
  estate.server.fail(/POST \/api\/dashboards/, 'lose the answer');

  await estate.create('Dashboard', GAME);

  expect(saved()?.version).toBe(1);
});

test('of somebody else with this UID is left alone, and taken over only if asked for', async () => {
  estate.grafana.dashboards.set('game', { model: { title: 'Mine' }, folderUid: 'games', version: 3 });

  await expect(estate.create('Dashboard', GAME)).rejects.toThrow('There is a dashboard with UID game already: "Mine"');
  expect(saved()?.model.title).toBe('Mine');

  await estate.create('Dashboard', { ...GAME, AdoptExisting: 'true' });
  expect(saved()?.model.title).toBe('Tic-tac-toe');
});

test('that somebody has worked on since is somebody else’s', async () => {
  estate.grafana.dashboards.set('game', { model: { title: 'Tic-tac-toe' }, folderUid: 'games', version: 3 });

  await expect(estate.create('Dashboard', GAME)).rejects.toThrow('There is a dashboard with UID game already');
});

test.each([409, 412])(
  'with the title of another in the folder is refused, whether by 412 or by 409: %d',
  async (status) => {
    const body = { message: 'A dashboard with the same name in the folder already exists', status: 'name-exists' };
    estate.server.fail(/POST \/api\/dashboards/, { status, body });

    await expect(estate.create('Dashboard', GAME)).rejects.toThrow(
      `Save dashboard game, called "Tic-tac-toe": Grafana answered ${status} (A dashboard with the same name in the folder ` +
        'already exists, name-exists). Something else has this',
    );
  },
);

test('that Grafana cannot save says so', async () => {
  estate.server.fail(/POST \/api\/dashboards/, { status: 422, body: { message: 'invalid schema' } });

  await expect(estate.create('Dashboard', GAME)).rejects.toThrow(
    'Grafana answered 422 (invalid schema). The model is not one that this version of Grafana can save.',
  );
});

test('the same title in the same folder is found out by Grafana', async () => {
  estate.grafana.dashboards.set('twin', { model: { title: 'Tic-tac-toe' }, folderUid: 'games', version: 1 });

  await expect(estate.create('Dashboard', GAME)).rejects.toThrow('Grafana answered 412');
});

test('in a folder that is gone says so', async () => {
  estate.grafana.folders.clear();

  await expect(estate.create('Dashboard', GAME)).rejects.toThrow('Grafana answered 404 (folder not found)');
});

test('whose file is gone says which', async () => {
  await expect(estate.create('Dashboard', { ...GAME, Key: 'none.json' })).rejects.toThrow(
    'Read s3://assets/none.json: NoSuchKey',
  );
  expect(estate.amg.keys).toEqual([]);
});

test('waits for the policy that lets it read the file', async () => {
  const denied = { status: 403, body: '<Error><Code>AccessDenied</Code><Message>no</Message></Error>' };
  estate.server.fail(/GET \/assets/, { ...denied, headers: { 'content-type': 'application/xml' } }, 3);

  await estate.create('Dashboard', GAME);

  expect(saved()).toBeDefined();
});

test('an update saves the new content and folder over whatever is there, and the old one on the way back', async () => {
  const { PhysicalResourceId } = await estate.create('Dashboard', GAME);
  const next = { ...GAME, Key: 'two.json', FolderUid: 'attic' };

  await estate.update('Dashboard', GAME, next, PhysicalResourceId);
  expect(saved()).toMatchObject({ folderUid: 'attic', model: { title: 'Game' } });

  await estate.update('Dashboard', next, GAME, PhysicalResourceId);
  expect(saved()).toMatchObject({ folderUid: 'games', model: { title: 'Tic-tac-toe' } });
});

test('an update makes it again when somebody has deleted it', async () => {
  const { PhysicalResourceId } = await estate.create('Dashboard', GAME);
  estate.grafana.dashboards.clear();

  await estate.update('Dashboard', GAME, GAME, PhysicalResourceId);

  expect(saved()).toBeDefined();
});

test('is deleted once and for all', async () => {
  const { PhysicalResourceId } = await estate.create('Dashboard', GAME);

  await estate.delete('Dashboard', GAME, PhysicalResourceId);
  await estate.delete('Dashboard', GAME, PhysicalResourceId);

  expect(saved()).toBeUndefined();
});

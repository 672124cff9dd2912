import { Estate } from './support/estate';

const GAMES = { Uid: 'games', Title: 'Games' };

let estate: Estate;

beforeEach(async () => {
  estate = await new Estate().start();
});

afterEach(() => estate.stop());

test('is made with its UID', async () => {
  const answer = await estate.create('Folder', GAMES);

  expect(answer).toEqual({ PhysicalResourceId: 'g-0123456789/folders/games', Data: { Uid: 'games' } });
  expect(estate.grafana.folders.get('games')).toMatchObject({ title: 'Games', parentUid: undefined });
});

test('may be in another folder', async () => {
  await estate.create('Folder', GAMES);
  await estate.create('Folder', { Uid: 'chess', Title: 'Chess', ParentUid: 'games' });

  expect(estate.grafana.folders.get('chess')).toMatchObject({ parentUid: 'games' });
});

test('made twice by the same request is made once', async () => {
  await estate.create('Folder', GAMES);
  await estate.create('Folder', GAMES);

  expect(estate.grafana.folders.get('games')?.version).toBe(1);
});

test('is made once when the answer to the first try got lost', async () => {
  estate.server.fail(/POST \/api\/folders/, 'lose the answer');

  await estate.create('Folder', GAMES);

  expect(estate.grafana.folders.size).toBe(1);
});

test('of somebody else with this UID is left alone, and taken over only if asked for', async () => {
  estate.grafana.folders.set('games', { uid: 'games', title: 'Toys', version: 1 });

  await expect(estate.create('Folder', GAMES)).rejects.toThrow('There is a folder with UID games already: "Toys"');
  expect(estate.grafana.folders.get('games')?.title).toBe('Toys');

  await estate.create('Folder', { ...GAMES, AdoptExisting: 'true' });
  expect(estate.grafana.folders.get('games')?.title).toBe('Games');
});

test('with the title of another is refused', async () => {
  estate.grafana.folders.set('other', { uid: 'other', title: 'Games', version: 1 });

  await expect(estate.create('Folder', GAMES)).rejects.toThrow(
    'Make folder games, called "Games": Grafana answered 409 (a folder with the same name already exists). Something',
  );
});

test('with a UID that Grafana does not take is refused', async () => {
  await expect(estate.create('Folder', { Uid: 'a b', Title: 'Games' })).rejects.toThrow(
    'Grafana answered 400 (uid contains illegal characters). What it was sent does not suit this version of Grafana.',
  );
});

describe('an update', () => {
  test('renames it, though somebody has changed it meanwhile', async () => {
    const { PhysicalResourceId } = await estate.create('Folder', GAMES);
    estate.grafana.folders.set('games', { uid: 'games', title: 'Toys', version: 9 });

    await estate.update('Folder', GAMES, { ...GAMES, Title: 'Play' }, PhysicalResourceId);

    expect(estate.grafana.folders.get('games')?.title).toBe('Play');
  });

  test('moves it into a folder, and back to the top', async () => {
    await estate.create('Folder', GAMES);
    const chess = { Uid: 'chess', Title: 'Chess' };
    const { PhysicalResourceId } = await estate.create('Folder', chess);

    await estate.update('Folder', chess, { ...chess, ParentUid: 'games' }, PhysicalResourceId);
    expect(estate.grafana.folders.get('chess')?.parentUid).toBe('games');

    await estate.update('Folder', { ...chess, ParentUid: 'games' }, chess, PhysicalResourceId);
    expect(estate.grafana.folders.get('chess')?.parentUid).toBeUndefined();
  });

  test('into a folder that is gone says so', async () => {
    const { PhysicalResourceId } = await estate.create('Folder', GAMES);

    await expect(estate.update('Folder', GAMES, { ...GAMES, ParentUid: 'x' }, PhysicalResourceId)).rejects.toThrow(
      'Move folder games, called "Games" to folder x: Grafana answered 404 (parent folder not found). What it refers to',
    );
  });

  test('makes it again when somebody has deleted it', async () => {
    const { PhysicalResourceId } = await estate.create('Folder', GAMES);
    estate.grafana.folders.clear();

    await estate.update('Folder', GAMES, GAMES, PhysicalResourceId);

    expect(estate.grafana.folders.has('games')).toBe(true);
  });

  test('that Grafana refuses with 412 says what to do', async () => {
    const { PhysicalResourceId } = await estate.create('Folder', GAMES);
    estate.server.fail(/PUT/, { status: 412, body: { message: 'changed', status: 'version-mismatch' } });

    await expect(estate.update('Folder', GAMES, { ...GAMES, Title: 'X' }, PhysicalResourceId)).rejects.toThrow(
      'Grafana answered 412 (changed, version-mismatch). Something else has this title in the same folder, or',
    );
  });
});

describe('a deletion', () => {
  test('of one that is gone already succeeds', async () => {
    const { PhysicalResourceId } = await estate.create('Folder', GAMES);

    await estate.delete('Folder', GAMES, PhysicalResourceId);
    await estate.delete('Folder', GAMES, PhysicalResourceId);

    expect(estate.grafana.deletedFolders).toEqual(['games']);
  });

  test('does not take with it what others have put there', async () => {
    const { PhysicalResourceId } = await estate.create('Folder', GAMES);
    for (const uid of ['a', 'b', 'c', 'd', 'e', 'f']) {
      estate.grafana.dashboards.set(uid, { model: { title: `By hand ${uid}` }, folderUid: 'games', version: 1 });
    }

    await expect(estate.delete('Folder', GAMES, PhysicalResourceId)).rejects.toThrow(
      'The folder games still holds "By hand a", "By hand b", "By hand c", "By hand d", "By hand e", …, which this ' +
        'stack has not made and Grafana would delete with it. Move or delete that, or keep the folder by removalPolicy RETAIN.',
    );
    expect(estate.grafana.dashboards.size).toBe(6);
    expect(estate.grafana.deletedFolders).toEqual([]);
  });

  test('waits until the search has forgotten what was deleted a moment ago', async () => {
    const { PhysicalResourceId } = await estate.create('Folder', GAMES);
    estate.grafana.staleSearches = 3;

    await estate.delete('Folder', GAMES, PhysicalResourceId);

    expect(estate.grafana.deletedFolders).toEqual(['games']);
  });

  test('is not done by a Grafana that cannot be searched', async () => {
    const { PhysicalResourceId } = await estate.create('Folder', GAMES);
    estate.server.fail(/search/, { status: 403, body: {} });

    await expect(estate.delete('Folder', GAMES, PhysicalResourceId)).rejects.toThrow(
      'Look into folder games: Grafana answered 403. The service account lacks a permission',
    );
    expect(estate.grafana.deletedFolders).toEqual([]);
  });

  test('succeeds when the whole workspace is gone or going', async () => {
    const { PhysicalResourceId } = await estate.create('Folder', GAMES);
    estate.amg.statuses = ['DELETING'];
    await estate.delete('Folder', GAMES, PhysicalResourceId);
    estate.amg.exists = false;
    await estate.delete('Folder', GAMES, PhysicalResourceId);

    expect(estate.server.count(/DELETE \/api/)).toBe(0);
  });
});

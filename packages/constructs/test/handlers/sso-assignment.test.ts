import { Estate } from './support/estate';

const [ANN, BEN, CAT] = ['a', 'b', 'c'].map((letter) => `${letter.repeat(8)}-89ab-cdef-0123-456789abcdef`);
const EDITORS = { Role: 'EDITOR', Users: [ANN], Groups: [BEN] };

let estate: Estate;

beforeEach(async () => {
  estate = await new Estate().start();
  for (const id of [ANN, BEN, CAT]) {
    estate.amg.known.add(id);
  }
});

afterEach(() => estate.stop());

function roles(): Record<string, string> {
  return Object.fromEntries(estate.amg.roles);
}

test('gives the role to users and groups', async () => {
  const answer = await estate.create('SsoAssignment', EDITORS);

  expect(answer.PhysicalResourceId).toBe('g-0123456789/permissions/SsoAssignment');
  expect(roles()).toEqual({ [`SSO_USER ${ANN}`]: 'EDITOR', [`SSO_GROUP ${BEN}`]: 'EDITOR' });
});

test('done again changes nothing', async () => {
  await estate.create('SsoAssignment', EDITORS);
  const batches = estate.amg.batches.length;
  await estate.create('SsoAssignment', EDITORS);

  expect(estate.amg.batches).toHaveLength(batches);
});

test('takes another role away first', async () => {
  estate.amg.roles.set(`SSO_USER ${ANN}`, 'VIEWER');

  await estate.create('SsoAssignment', EDITORS);

  expect(roles()[`SSO_USER ${ANN}`]).toBe('EDITOR');
});

test('sends no more than 20 instructions in a call, and reads all pages', async () => {
  const ids = [...Array(45).keys()].map((i) => `${String(i).padStart(8, '0')}-89ab-cdef-0123-456789abcdef`);
  for (const id of ids) {
    estate.amg.known.add(id);
  }
  const all = { Role: 'VIEWER', Users: ids };

  const { PhysicalResourceId } = await estate.create('SsoAssignment', all);
  expect(estate.amg.batches).toEqual([20, 20, 5]);
  expect(estate.amg.roles.size).toBe(45);

  await estate.delete('SsoAssignment', all, PhysicalResourceId);
  expect(estate.amg.roles.size).toBe(0);
});

test('errors inside of an answer 200 are a failure that names whom, and nothing stays half done', async () => {
  estate.amg.known.delete(BEN);
  estate.amg.roles.set(`SSO_USER ${CAT}`, 'EDITOR');

  await expect(estate.create('SsoAssignment', { ...EDITORS, Users: [ANN, CAT] })).rejects.toThrow(
    'Amazon Managed Grafana refused 1 of 1 changes of permissions in g-0123456789: ' +
      `ADD EDITOR for SSO_GROUP ${BEN}: No such user or group ${BEN} (400). Users and groups must exist`,
  );
  expect(roles()).toEqual({ [`SSO_USER ${CAT}`]: 'EDITOR' });
});

test('waits a little for a group that the same stack has made a moment ago', async () => {
  estate.amg.known.delete(BEN);
  const since = estate.clock.now();
  estate.amg.knows = (id) => id === BEN && estate.clock.now() > since + 10_000;

  await estate.create('SsoAssignment', EDITORS);

  expect(roles()).toEqual({ [`SSO_USER ${ANN}`]: 'EDITOR', [`SSO_GROUP ${BEN}`]: 'EDITOR' });
});

describe('an update', () => {
  test('adds and drops', async () => {
    const { PhysicalResourceId } = await estate.create('SsoAssignment', EDITORS);
    const next = { Role: 'EDITOR', Users: [CAT], Groups: [BEN] };

    await estate.update('SsoAssignment', EDITORS, next, PhysicalResourceId);

    expect(roles()).toEqual({ [`SSO_USER ${CAT}`]: 'EDITOR', [`SSO_GROUP ${BEN}`]: 'EDITOR' });
  });

  test('may change the role of all', async () => {
    const { PhysicalResourceId } = await estate.create('SsoAssignment', EDITORS);

    await estate.update('SsoAssignment', EDITORS, { ...EDITORS, Role: 'ADMIN' }, PhysicalResourceId);

    expect(roles()).toEqual({ [`SSO_USER ${ANN}`]: 'ADMIN', [`SSO_GROUP ${BEN}`]: 'ADMIN' });
  });

  test('that fails half way is undone by the way back', async () => {
    const { PhysicalResourceId } = await estate.create('SsoAssignment', EDITORS);
    const wrong = { Role: 'EDITOR', Users: [CAT, 'dddddddd-89ab-cdef-0123-456789abcdef'], Groups: [] };

    await expect(estate.update('SsoAssignment', EDITORS, wrong, PhysicalResourceId)).rejects.toThrow('No such user');
    await estate.update('SsoAssignment', wrong, EDITORS, PhysicalResourceId);

    expect(roles()).toEqual({ [`SSO_USER ${ANN}`]: 'EDITOR', [`SSO_GROUP ${BEN}`]: 'EDITOR' });
  });

  test.each([
    ['first', ['promote', 'drop']],
    ['last', ['drop', 'promote']],
  ])('of two assignments between which somebody moves ends well when the new one is %s', async (_, order) => {
    const editors = { Role: 'EDITOR', Users: [ANN] };
    const { PhysicalResourceId } = await estate.create('SsoAssignment', editors);
    const steps: Record<string, () => Promise<unknown>> = {
      promote: () => estate.create('SsoAssignment', { Role: 'ADMIN', Users: [ANN] }, 'Admins'),
      drop: () => estate.update('SsoAssignment', editors, { Role: 'EDITOR', Users: [] }, PhysicalResourceId),
    };

    for (const step of order) {
      await steps[step]();
    }

    expect(roles()).toEqual({ [`SSO_USER ${ANN}`]: 'ADMIN' });
  });
});

test('a deletion takes the role from those who still have it', async () => {
  const { PhysicalResourceId } = await estate.create('SsoAssignment', EDITORS);
  estate.amg.roles.set(`SSO_USER ${ANN}`, 'ADMIN');

  await estate.delete('SsoAssignment', EDITORS, PhysicalResourceId);
  await estate.delete('SsoAssignment', EDITORS, PhysicalResourceId);

  expect(roles()).toEqual({ [`SSO_USER ${ANN}`]: 'ADMIN' });
});

test('a deletion takes the role from viewers, too, whom the service may not list', async () => {
  const viewers = { Role: 'VIEWER', Users: [ANN, CAT] };
  const { PhysicalResourceId } = await estate.create('SsoAssignment', viewers);
  estate.amg.roles.delete(`SSO_USER ${CAT}`);
  estate.amg.hidesViewers = true;

  await estate.delete('SsoAssignment', viewers, PhysicalResourceId);
  await estate.delete('SsoAssignment', viewers, PhysicalResourceId);

  expect(roles()).toEqual({});
});

test('a deletion that is refused fails, so that nobody keeps a role unseen', async () => {
  const { PhysicalResourceId } = await estate.create('SsoAssignment', EDITORS);
  estate.amg.known.clear();

  await expect(estate.delete('SsoAssignment', EDITORS, PhysicalResourceId)).rejects.toThrow('refused 2 of 2 changes');
});

test('needs no token of Grafana', async () => {
  await estate.create('SsoAssignment', EDITORS);

  expect(estate.amg.accounts).toEqual([]);
  expect(estate.amg.keys).toEqual([]);
});

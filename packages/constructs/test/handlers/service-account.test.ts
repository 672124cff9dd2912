import { Estate } from './support/estate';

const ACCOUNT = { Name: 'grafana-operator', Role: 'ADMIN' };

let estate: Estate;

beforeEach(async () => {
  estate = await new Estate().start();
});

afterEach(() => estate.stop());

test('has a name that no other stack and no other resource makes', async () => {
  const { PhysicalResourceId, Data } = await estate.create('ServiceAccount', ACCOUNT);
  const other = await estate.create('ServiceAccount', ACCOUNT, 'Other');

  expect(Data?.Name).toMatch(/^grafana-operator-admin-[0-9a-f]{8}$/);
  expect(PhysicalResourceId).toBe(`g-0123456789/service-accounts/${Data?.Name}`);
  expect(other.Data?.Name).not.toBe(Data?.Name);
  expect(estate.amg.accounts.map(({ name, grafanaRole }) => [name, grafanaRole])).toEqual([
    [Data?.Name, 'ADMIN'],
    [other.Data?.Name, 'ADMIN'],
  ]);
});

test('made again by the same request is made once, also when the answer to the first try got lost', async () => {
  estate.server.fail(/POST \/workspaces/, 'lose the answer');

  await estate.create('ServiceAccount', ACCOUNT);
  await estate.create('ServiceAccount', ACCOUNT);

  expect(estate.amg.accounts).toHaveLength(1);
});

test('is found among many', async () => {
  for (const name of ['a', 'b', 'c', 'd', 'e']) {
    await estate.create('ServiceAccount', { ...ACCOUNT, Name: name });
  }

  await estate.create('ServiceAccount', { ...ACCOUNT, Name: 'e' });

  expect(estate.amg.accounts).toHaveLength(5);
});

test('with another role is another account, and the old one goes at the end', async () => {
  const first = await estate.create('ServiceAccount', ACCOUNT);
  const viewer = { ...ACCOUNT, Role: 'VIEWER' };

  const second = await estate.update('ServiceAccount', ACCOUNT, viewer, first.PhysicalResourceId);
  expect(second.PhysicalResourceId).not.toBe(first.PhysicalResourceId);

  await estate.delete('ServiceAccount', ACCOUNT, first.PhysicalResourceId);
  expect(estate.amg.accounts.map(({ grafanaRole }) => grafanaRole)).toEqual(['VIEWER']);
});

test('is deleted once and for all', async () => {
  const { PhysicalResourceId } = await estate.create('ServiceAccount', ACCOUNT);

  await estate.delete('ServiceAccount', ACCOUNT, PhysicalResourceId);
  await estate.delete('ServiceAccount', ACCOUNT, PhysicalResourceId);

  expect(estate.amg.accounts).toEqual([]);
});

describe('the first token', () => {
  const TOKEN = { Function: 'rotation' };

  test('is made by the rotation function; nothing of it passes', async () => {
    const answer = await estate.create('RotatedToken', TOKEN);
    await estate.update('RotatedToken', TOKEN, TOKEN, answer.PhysicalResourceId);

    expect(estate.functions.calls).toEqual(['rotation', 'rotation']);
    expect(answer).toEqual({ PhysicalResourceId: 'g-0123456789/tokens/RotatedToken', Data: {} });
  });

  test('that cannot be made fails the deployment with the reason', async () => {
    estate.functions.error = 'There is no service account x';

    await expect(estate.create('RotatedToken', TOKEN)).rejects.toThrow(
      'rotation failed: There is no service account x',
    );
  });

  test('waits for a function that is not ready, and for the policy that lets it be called', async () => {
    const pending = { 'x-amzn-errortype': 'ResourceConflictException' };
    estate.server.fail(/POST \/2015/, { status: 409, body: { Message: 'Pending' }, headers: pending }, 2);
    const denied = { 'x-amzn-errortype': 'AccessDeniedException' };
    estate.server.fail(/POST \/2015/, { status: 403, body: { Message: 'no' }, headers: denied }, 2);

    await estate.create('RotatedToken', TOKEN);

    expect(estate.functions.calls).toEqual(['rotation']);
  });

  test('is left to its service account when it is deleted', async () => {
    await estate.delete('RotatedToken', TOKEN, 'x');

    expect(estate.functions.calls).toEqual([]);
  });
});

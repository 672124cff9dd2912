import { Estate } from './support/estate';

const AMP = {
  Uid: 'amp',
  Definition: JSON.stringify({
    type: 'amp',
    name: 'Metrics',
    access: 'proxy',
    url: 'https://x',
    jsonData: { a: { b: [1] } },
  }),
};

let estate: Estate;

beforeEach(async () => {
  estate = await new Estate().start();
});

afterEach(() => estate.stop());

function source(uid = 'amp') {
  return estate.grafana.dataSources.get(uid);
}

test('is made with its UID, by a token that is gone afterwards', async () => {
  const answer = await estate.create('DataSource', AMP);

  expect(answer).toEqual({ PhysicalResourceId: 'g-0123456789/datasources/amp', Data: { Uid: 'amp' } });
  expect(source()).toMatchObject({ uid: 'amp', name: 'Metrics', url: 'https://x', jsonData: { a: { b: [1] } } });
  expect(estate.amg.keys).toHaveLength(1);
  expect(estate.amg.tokens).toEqual([]);
});

test.each([
  ['9.4', 'prometheus'],
  ['10.4', 'prometheus'],
  ['12.0', 'grafana-amazonprometheus-datasource'],
  ['13.1', 'grafana-amazonprometheus-datasource'],
])('of AMP has the plugin that Grafana %s signs with: %s', async (version, type) => {
  estate.amg.version = version;

  await estate.create('DataSource', AMP);

  expect(source()).toMatchObject({ type });
});

test('of another type keeps it', async () => {
  await estate.create('DataSource', { Uid: 'logs', Definition: JSON.stringify({ type: 'cloudwatch', name: 'Logs' }) });

  expect(source('logs')).toMatchObject({ type: 'cloudwatch' });
});

test('made twice by the same request is made once', async () => {
  const first = await estate.create('DataSource', AMP);
  const again = await estate.create('DataSource', AMP);

  expect(again).toEqual(first);
  expect(source()?.version).toBe(1);
});

test('is made once when the answer to the first try got lost', async () => {
  estate.server.fail(/POST \/api\/datasources/, 'lose the answer');

  await estate.create('DataSource', AMP);

  expect(estate.server.count(/POST \/api\/datasources/)).toBe(2);
  expect(estate.grafana.dataSources.size).toBe(1);
});

test('of somebody else with this UID is left alone, and taken over only if asked for', async () => {
  estate.grafana.dataSources.set('amp', { uid: 'amp', name: 'Mine', type: 'prometheus', version: 4 });

  await expect(estate.create('DataSource', AMP)).rejects.toThrow(
    'There is a data source with UID amp already: "Mine", which this stack has not made. Choose another UID',
  );
  expect(source()?.name).toBe('Mine');

  await estate.create('DataSource', { ...AMP, AdoptExisting: 'true' });
  expect(source()?.name).toBe('Metrics');
});

test('with a name that another has is refused with the name', async () => {
  estate.grafana.dataSources.set('other', { uid: 'other', name: 'Metrics', type: 'prometheus', version: 4 });

  await expect(estate.create('DataSource', AMP)).rejects.toThrow(
    'Make data source amp, called "Metrics": Grafana answered 409 (data source with the same name already exists). ' +
      'Something else has this name or UID: choose another',
  );
});

describe('an update', () => {
  const renamed = { ...AMP, Definition: JSON.stringify({ type: 'cloudwatch', name: 'Logs' }) };

  test('writes what is new, and the same on a replay and on the way back', async () => {
    const { PhysicalResourceId } = await estate.create('DataSource', AMP);
    await estate.update('DataSource', AMP, renamed, PhysicalResourceId);
    await estate.update('DataSource', AMP, renamed, PhysicalResourceId);
    expect(source()).toMatchObject({ name: 'Logs', type: 'cloudwatch' });

    await estate.update('DataSource', renamed, AMP, PhysicalResourceId);
    expect(source()).toMatchObject({ name: 'Metrics' });
  });

  test('makes again what somebody has deleted', async () => {
    const { PhysicalResourceId } = await estate.create('DataSource', AMP);
    estate.grafana.dataSources.clear();

    await estate.update('DataSource', AMP, renamed, PhysicalResourceId);

    expect(source()).toMatchObject({ name: 'Logs' });
  });

  test('of the UID makes another one, and leaves the old one for CloudFormation to delete', async () => {
    const { PhysicalResourceId } = await estate.create('DataSource', AMP);
    const moved = { Uid: 'other', Definition: JSON.stringify({ type: 'amp', name: 'Other' }) };

    const answer = await estate.update('DataSource', AMP, moved, PhysicalResourceId);

    expect(answer.PhysicalResourceId).toBe('g-0123456789/datasources/other');
    expect([...estate.grafana.dataSources.keys()]).toEqual(['amp', 'other']);
    await estate.delete('DataSource', AMP, PhysicalResourceId);
    expect([...estate.grafana.dataSources.keys()]).toEqual(['other']);
  });

  test('to the UID of somebody else’s is refused', async () => {
    const { PhysicalResourceId } = await estate.create('DataSource', AMP);
    estate.grafana.dataSources.set('other', { uid: 'other', name: 'Mine', type: 'loki', version: 4 });

    await expect(estate.update('DataSource', AMP, { ...AMP, Uid: 'other' }, PhysicalResourceId)).rejects.toThrow(
      'There is a data source with UID other already: "Mine"',
    );
    expect(source('other')?.name).toBe('Mine');
  });
});

test('is deleted once and for all', async () => {
  const { PhysicalResourceId } = await estate.create('DataSource', AMP);

  await estate.delete('DataSource', AMP, PhysicalResourceId);
  await estate.delete('DataSource', AMP, PhysicalResourceId);

  expect(estate.grafana.dataSources.size).toBe(0);
  expect(estate.amg.tokens).toEqual([]);
});

test('that cannot be deleted says why', async () => {
  const { PhysicalResourceId } = await estate.create('DataSource', AMP);
  const reply = { status: 403, body: { message: 'Cannot delete read-only data source' } };
  estate.server.fail(/DELETE \/api/, reply);

  await expect(estate.delete('DataSource', AMP, PhysicalResourceId)).rejects.toThrow(
    'Delete data source amp: Grafana answered 403 (Cannot delete read-only data source). The service account lacks',
  );
});

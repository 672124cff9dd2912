import { CollectedCluster } from '../kit/collected-cluster';
import { collectorOf, forms } from '../kit/collector-forms';

/** Pods of the game, and every collector as a target of all others. */
const targets = 2 + forms().length;

/** One of two copies, but for the pods on nodes, which have none. */
const changes = (name: string) => ({ highAvailability: name !== 'alloy-on-nodes' });

/** How often, how long and how much was scraped is a matter of each scrape. */
const game = 'pod=~"tictactoe-.+"';

describe('every way of collecting metrics', () => {
  let cluster: CollectedCluster;

  beforeAll(async () => {
    const collectors = forms().map((form, index) => collectorOf(form, `10.77.0.${10 + index}`, changes(form.name)));
    const arrived = async (one: CollectedCluster) => {
      const counts = await Promise.all(
        forms().map(({ name }) => one.query(`count(up{cluster="${name}"} == 1) == ${targets}`)),
      );
      return counts.every((series) => series.length === 1);
    };
    cluster = await CollectedCluster.start(collectors, { arrived });
  }, 300_000);

  afterAll(() => cluster?.stop());

  const [first, ...others] = forms().map(({ name }) => name);

  test.each(others)(`%s delivers the label sets that ${first} delivers of the same pods`, async (name) => {
    const expected = await labelSets(first ?? '');
    expect(expected.length).toBeGreaterThan(50);
    expect(await labelSets(name)).toEqual(expected);
  });

  test.each(others)(`%s sees the targets that ${first} sees, with the same labels`, async (name) => {
    const up = (one: string) => withoutCluster(`up{cluster="${one}"}`);
    expect(await up(name)).toEqual(await up(first ?? ''));
    expect(await up(name)).toHaveLength(targets);
  });

  test.each([first ?? '', ...others])(
    'what %s sends names the copy that sent it, by which the workspace tells two apart',
    async (name) => {
      const copies = await cluster.query(`count by (__replica__) ({cluster="${name}"})`);
      expect(copies).toEqual([changes(name).highAvailability ? { __replica__: `${name}-0` } : {}]);
    },
  );

  test('nobody adds a label or a series of its own', async () => {
    expect(await cluster.query('{__name__=~"target_info|otel_.*"}')).toEqual([]);
    const added = ['otel_scope_name', 'otel_scope_version', 'exported_job', 'exported_instance', 'service_name'];
    expect(await cluster.query(added.map((label) => `{__name__!="",${label}!=""}`).join(' or '))).toEqual([]);
    expect(await cluster.query(`count by (job) ({${game}})`)).toEqual([{ job: 'kubernetes-pods' }]);
  });

  function labelSets(name: string): Promise<string[]> {
    return withoutCluster(`{cluster="${name}",${game}}`);
  }

  async function withoutCluster(selector: string): Promise<string[]> {
    const series = await cluster.query(`last_over_time(${selector}[5m])`);
    return series.map(({ cluster: _, __replica__, ...labels }) => JSON.stringify(Object.entries(labels).sort())).sort();
  }
});

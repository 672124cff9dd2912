import { optionalEngine } from '../engines';
import { ApiServer } from '../kit/api-server';
import { howMany, randomCases, told } from '../kit/differential/cases';
import { MONITOR_NAMESPACES, monitorCase } from '../kit/differential/monitors/cases';
import { comparable, ourJobs } from '../kit/differential/monitors/jobs';
import { type MonitorReader, startAllocator, startAlloy } from '../kit/differential/monitors/readers';
import { until } from '../kit/until';

/** The jobs that we say a monitor becomes, against what real readers make of it in a real cluster. */
const COUNT = howMany(60);

let number = 0;
const monitors = randomCases(COUNT, (random) => monitorCase(number++, random));

const READERS = [
  { name: 'alloy', start: startAlloy, maker: { dialect: 'alloy', endpoints: 'endpoints' } },
  { name: 'target-allocator', start: startAllocator, maker: { dialect: 'operator', endpoints: 'endpointslice' } },
] as const;

let server: ApiServer;

beforeAll(async () => {
  server = await ApiServer.start();
  const namespaces = MONITOR_NAMESPACES.map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }));
  expect(await server.refused([...namespaces, ...monitors])).toEqual([]);
}, 300_000);

afterAll(() => server?.stop());

describe.each(READERS)('$name', ({ name, start, maker }) => {
  const program = optionalEngine(name);
  const reason = program ? '' : ` (skipped: no ${name} on this machine)`;

  (program ? test : test.skip)(
    `${COUNT} random monitors become the same jobs${reason}`,
    async () => {
      const reader: MonitorReader = await start(program?.command ?? [], server);
      const different: string[] = [];
      let jobs = 0;
      try {
        for (const monitor of monitors) {
          const ours = ourJobs(monitor, maker).map(comparable);
          await until(
            `${name} reads ${monitor.metadata.name}`,
            async () => (await reader.jobs(monitor)).length === ours.length,
            60_000,
          );
          const real = (await reader.jobs(monitor)).map(comparable);
          jobs += real.length;
          if (ours.join('\n') !== real.join('\n')) {
            different.push([JSON.stringify(monitor), ...ours, 'is really', ...real].join('\n'));
          }
        }
      } finally {
        await reader.stop();
      }
      told('monitors', name, { monitors: COUNT, jobs, differences: different.length });
      expect(different.slice(0, 2)).toEqual([]);
    },
    300_000,
  );
});

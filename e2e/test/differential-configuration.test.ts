import { findCollectors } from '@eks-sightline/wiring/lib/trace';
import { metricsPlan } from '@eks-sightline/wiring/lib/trace/collectors/metrics-collectors';
import { Environment } from '@eks-sightline/wiring/lib/trace/environment';
import { stringify } from 'yaml';
import { howMany, randomCases, told } from '../kit/differential/cases';
import { configuration } from '../kit/differential/configuration/prometheus';
import { checked } from '../kit/differential/configuration/promtool';
import { prometheusWith, worldOf } from '../kit/differential/world';

/** What we say Prometheus refuses to load, against promtool. That we take more than it does is no false alarm, and counted. */
const COUNT = howMany(400);

test(`${COUNT} random configurations, right and damaged: Prometheus refuses all that we say it refuses`, async () => {
  const cases = randomCases(COUNT, configuration);
  const texts = cases.map(({ tree }) => stringify(tree));
  const wanted = await checked(texts);
  const alarms: string[] = [];
  const missed = new Map<string, string[]>();
  const counts = { configurations: COUNT, refused: 0, 'refused by us too': 0 };
  for (const [index, { damage }] of cases.entries()) {
    const text = texts[index] ?? '';
    const said = wanted[index] ?? '';
    const got = ours(text);
    if (said !== '') counts.refused += 1;
    if (got !== '' && said !== '') counts['refused by us too'] += 1;
    if (got !== '' && said === '') alarms.push(`${damage}: ${got}\n${text}`);
    if (got === '' && said !== '') missed.set(damage, [...(missed.get(damage) ?? []), said.slice(-160)]);
  }
  told('acceptance of configurations', 'promtool', { ...counts, 'false alarms': alarms.length });
  if (process.env.SIGHTLINE_MISSED)
    for (const [damage, said] of missed)
      process.stdout.write(`${said.length} ${damage}: ${said.slice(0, 12).join('\n    ')}\n`);
  expect(alarms.slice(0, 5)).toEqual([]);
  expect(counts.refused).toBeGreaterThan(COUNT / 5);
}, 900_000);

/** Why our trace says that Prometheus does not load it; an empty text: it does. */
function ours(text: string): string {
  const world = worldOf(prometheusWith(text));
  const [collector] = findCollectors(world).collectors.filter(({ kind }) => kind === 'prometheus');
  if (!collector) return '';
  const environment = new Environment(world, collector.workload.object, collector.container);
  return metricsPlan(collector, environment, world).broken?.message ?? '';
}

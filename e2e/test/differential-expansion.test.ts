import { MappedText, SourceText } from '@eks-sightline/wiring';
import { textOf } from '@eks-sightline/wiring/lib/model';
import { readYaml } from '@eks-sightline/wiring/lib/read/yaml';
import { expander } from '@eks-sightline/wiring/lib/trace/collectors/opentelemetry/expand';
import { Environment } from '@eks-sightline/wiring/lib/trace/environment';
import { howMany, randomCases, told } from '../kit/differential/cases';
import { expanded } from '../kit/differential/expansion/oracle';
import { ENVIRONMENT, text } from '../kit/differential/expansion/texts';
import { worldOf } from '../kit/differential/world';

/** What the collector makes of `$` in its configuration, against a real one. */
const COUNT = howMany(80);

const metadata = { name: 'collector', namespace: 'monitoring' };
const env = Object.entries(ENVIRONMENT).map(([name, value]) => ({ name, value: value.replaceAll('$', '$$$$') }));
const spec = { containers: [{ name: 'collector', image: 'otel/opentelemetry-collector-contrib:0.156.0', env }] };
const world = worldOf([{ apiVersion: 'v1', kind: 'Pod', metadata, spec }]);

test(`${COUNT} random texts with dollars become what the collector makes of them`, async () => {
  const texts = [...new Set(randomCases(COUNT, text))];
  const answers = await expanded(texts, ENVIRONMENT, (one) => ['refused', 'unknown'].includes(ours(one)));
  const wanted = texts.map((one) => answers.get(one));
  const got = texts.map(ours);
  const different = texts.flatMap((one, index) =>
    got[index] === wanted[index] || got[index] === 'unknown'
      ? []
      : [`${one}: ours ${JSON.stringify(got[index])}, real ${JSON.stringify(wanted[index])}`],
  );
  told('expansion of $', 'OpenTelemetry collector', {
    texts: texts.length,
    refused: wanted.filter((one) => one === 'refused').length,
    unknown: got.filter((one) => one === 'unknown').length,
    differences: different.length,
  });
  expect(different.slice(0, 10)).toEqual([]);
}, 900_000);

function ours(one: string): string {
  const [document] = readYaml(MappedText.whole(new SourceText('config.yaml', JSON.stringify([one])))).documents;
  const scalar = document?.kind === 'list' ? document.items[0] : undefined;
  const [workload] = world.cluster.workloads;
  const [container] = workload?.pod.containers ?? [];
  if (scalar?.kind !== 'scalar' || !workload || !container) throw new Error(`not read: ${one}`);
  const environment = new Environment(world, workload.object, container);
  const { value, broken } = expander(environment, 'bare dollars stay')(scalar);
  return broken ? 'refused' : (textOf(value) ?? 'unknown');
}

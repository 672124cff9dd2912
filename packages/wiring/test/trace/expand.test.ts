import { describe as shown, textOf } from '../../src/model';
import { readYaml } from '../../src/read/yaml';
import { MappedText, SourceText } from '../../src/text';
import { type Dialect, expander } from '../../src/trace/collectors/opentelemetry/expand';
import { Environment } from '../../src/trace/environment';
import { worldOfObjects } from '../support/world';

const world = worldOfObjects({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'collector', namespace: 'monitoring' },
  spec: {
    containers: [
      {
        name: 'collector',
        env: [
          { name: 'NAME', value: 'value' },
          { name: 'EMPTY', value: '' },
        ],
      },
    ],
  },
});

function expanded(text: string, dialect: Dialect = 'bare dollars stay'): string {
  const [document] = readYaml(MappedText.whole(new SourceText('config.yaml', JSON.stringify([text])))).documents;
  const scalar = document?.kind === 'list' ? document.items[0] : undefined;
  const [{ object, pod }] = world.cluster.workloads;
  if (scalar?.kind !== 'scalar') throw new Error('no scalar');
  const { value, broken } = expander(new Environment(world, object, pod.containers[0]), dialect)(scalar);
  return broken ? 'refused' : (textOf(value) ?? shown(value));
}

/** Each is what a real collector made of it (e2e, differential-expansion). */
describe('dollars in the configuration of a collector', () => {
  it.each([
    ['$1', '$1'],
    ['$$1', '$1'],
    ['$$$1', '$$1'],
    ['${1}', 'refused'],
    ['$${1}', '${1}'],
    ['a${env:NAME}b', 'avalueb'],
    ['${env:NAME:-else}', 'value'],
    ['${env:UNSET:-else}', 'else'],
    ['${env:EMPTY:-else}', ''],
    ['$${env:NAME}', '${env:NAME}'],
    // Behind a reference that is escaped, none is looked for any more.
    ['$${1}:${env:NAME}', '${1}:${env:NAME}'],
    ['${env:NAME}:$${1}', 'value:${1}'],
    ['${env:NAME}}', 'value}'],
    ['${{env:NAME}}', 'refused'],
    ['${env:NAME', '${env:NAME'],
    ['{${env:NAME}}', '{value}'],
    ['$env:NAME', '$env:NAME'],
  ])('%s becomes %s', (text, result) => expect(expanded(text)).toBe(result));

  it.each([
    ['$NAME', 'value'],
    ['$$1', '$1'],
    ['$1', 'refused'],
  ])('%s was %s before bare dollars stayed', (text, result) => {
    expect(expanded(text, 'bare dollars are variables')).toBe(result);
  });
});

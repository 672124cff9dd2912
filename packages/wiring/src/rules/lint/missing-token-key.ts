import { type KubeObject, labelOf, type World } from '../../model';
import { at, itemsAt, mapAt, stringAt } from '../../read/access';
import type { Node } from '../../text';
import { example } from '../example';
import { DASHBOARDS } from '../examples/dashboards';
import type { LintRule } from './lint-rule';

export const missingTokenKey: LintRule = {
  id: 'dashboards/missing-token-key',
  severity: 'warning',
  summary: 'the secret with the token of a Grafana has not the key that is read',
  why: 'the operator cannot speak with the Grafana, and brings nothing into it',
  help: 'name a key that the secret has',
  example: example(DASHBOARDS, { file: 'grafana.yaml', good: '{secretKey: token,', bad: '{secretKey: key,' }),
  check: ({ world }) =>
    world.grafana.operated.flatMap(({ object }) => {
      const reference = at(object.node, 'spec', 'external', 'apiKey');
      const [name, key] = [stringAt(reference, 'name'), stringAt(reference, 'key')];
      if (name === undefined || key === undefined || !reference) return [];
      const makers = world.objects.flatMap((one) => keysOf(one, name, object) ?? []);
      const [maker] = makers;
      if (!maker || makers.some(({ keys }) => keys === undefined || keys.has(key))) return [];
      return [
        {
          subject: labelOf(object),
          message: `${labelOf(object)} reads key ${key} of Secret ${name}, which has ${[...(maker.keys ?? [])].join(', ')}`,
          span: spanOf(reference),
          related: [{ span: maker.object.name.span, message: `${labelOf(maker.object)} makes it` }],
        },
      ];
    }),
};

interface Maker {
  readonly object: KubeObject;
  /** Absent: nobody knows which. */
  readonly keys?: ReadonlySet<string>;
}

/** Who makes this secret, and with which keys: one that is written down, or an ExternalSecret that lists them. */
function keysOf(one: World['objects'][number], name: string, grafana: KubeObject): Maker | undefined {
  if (one.namespace?.value !== grafana.namespace?.value) return undefined;
  if (one.kind === 'Secret' && one.name.value === name) {
    const keys = ['data', 'stringData'].flatMap((field) => [...(mapAt(one.node, field)?.entries.keys() ?? [])]);
    return keys.length > 0 ? { object: one, keys: new Set(keys) } : { object: one };
  }
  if (one.kind !== 'ExternalSecret') return undefined;
  const target = stringAt(one.node, 'spec', 'target', 'name') ?? one.name.value;
  if (target !== name) return undefined;
  const keys = itemsAt(one.node, 'spec', 'data').flatMap((item) => stringAt(item, 'secretKey') ?? []);
  const isOpen = at(one.node, 'spec', 'dataFrom') || at(one.node, 'spec', 'target', 'template') || keys.length === 0;
  return isOpen ? { object: one } : { object: one, keys: new Set(keys) };
}

function spanOf(reference: Node) {
  return at(reference, 'key')?.span ?? reference.span;
}

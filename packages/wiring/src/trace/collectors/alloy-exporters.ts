import { known, type Missing, textOf } from '../../model';
import {
  type AlloyBlock,
  type AlloyExpression,
  type AlloyValue,
  attributeOf,
  blocksOf,
  componentId,
  plainValue,
} from '../../read/alloy';
import { INSIDE, type StaticTarget } from './scrape-plan';

const PREFIX = 'prometheus.exporter.';

/** Exporters whose metrics are those of the process, of its node, or of what is sent to them. */
const OWN = new Set(['self', 'unix', 'process', 'cadvisor', 'statsd', 'static', 'windows', 'blackbox', 'snmp']);

export function isExporter({ name }: AlloyBlock): boolean {
  return name.startsWith(PREFIX);
}

/** The targets that an exporter exports, as internal/component/prometheus/exporter makes them. */
export function exporterTargets(
  block: AlloyBlock,
  evaluate: (expression: AlloyExpression) => AlloyValue,
): { readonly addresses: readonly StaticTarget[]; readonly gaps: readonly Missing[] } {
  const id = componentId(block);
  const kind = block.name.slice(PREFIX.length);
  const span = block.nameSpan;
  const common = new Map([
    ['job', `integrations/${kind}`],
    ['__scheme__', 'http'],
    ['__metrics_path__', `/api/v0/component/${id}/metrics`],
    ['__meta_component_name', block.name],
    ['__meta_component_id', id],
  ]);
  const target = (labels: ReadonlyMap<string, string>): StaticTarget => ({
    address: known(`${INSIDE}:12345`, span),
    labels,
    open: ['instance'],
    span,
  });
  const asks: Missing = {
    kind: 'not-examined',
    what: `not examined by this version: whether ${id} gets at what it exports`,
  };
  const gaps = OWN.has(kind) ? [] : [asks];
  if (kind !== 'blackbox') return { addresses: [target(common)], gaps };
  const text = (body: AlloyBlock['body'], name: string) => {
    const attribute = attributeOf(body, name);
    return attribute ? textOf(plainValue(evaluate(attribute.value))) : undefined;
  };
  const probes = blocksOf(block.body, 'target').map((one) => {
    const labels = new Map([...common, ['job', `integrations/blackbox/${text(one.body, 'name') ?? one.label ?? ''}`]]);
    const [address, module] = [text(one.body, 'address'), text(one.body, 'module')];
    if (address) labels.set('__param_target', address);
    if (module) labels.set('__param_module', module);
    return target(labels);
  });
  const more = attributeOf(block.body, 'targets');
  const listed: Missing = { kind: 'value', what: `the targets that ${id} is given` };
  return { addresses: probes, gaps: more ? [listed] : [] };
}

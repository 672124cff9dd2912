import { type LabelSelector, type Located, type Missing, textOf, type Value, type World } from '../../../model';
import {
  type AlloyBlock,
  type AlloyExpression,
  type AlloyStatement,
  type AlloyValue,
  attributeOf,
  blocksOf,
  componentId,
  plainValue,
} from '../../../read/alloy';
import type { MonitorKind, MonitorMaker } from '../../../read/generated/monitors';
import type { RelabelRule } from '../../scrape/relabel';
import { rulesOf } from '../alloy-rules';
import type { Collector } from '../find';
import { accountOf, type Route, type ScrapePipeline } from '../scrape-plan';
import type { MonitorFilter } from './choice';
import { type MonitorPipelines, monitorPipelines } from './pipelines';

/** Components that do what the Prometheus operator does, each for one kind of monitors. */
export const MONITOR_COMPONENTS: Readonly<Record<string, MonitorKind>> = {
  'prometheus.operator.podmonitors': 'PodMonitor',
  'prometheus.operator.servicemonitors': 'ServiceMonitor',
  'prometheus.operator.probes': 'Probe',
  'prometheus.operator.scrapeconfigs': 'ScrapeConfig',
};

interface Around {
  readonly collector: Collector;
  readonly world: World;
  readonly evaluate: (expression: AlloyExpression) => AlloyValue;
  readonly routes: readonly Route[];
  readonly gaps: readonly Missing[];
}

/** The scrapes of a component `prometheus.operator.*` (Alloy, internal/component/prometheus/operator). */
export function alloyMonitors(block: AlloyBlock, around: Around): MonitorPipelines {
  const { collector, evaluate, world } = around;
  const kind = MONITOR_COMPONENTS[block.name];
  const component = componentId(block);
  const text = (name: string): Value | undefined => settingOf(block.body, name, evaluate);
  const namespaces = namesOf(block, evaluate);
  const selector = selectorOf(block, evaluate);
  const open: Missing[] = [...around.gaps];
  if (blocksOf(block.body, 'client').length > 0) {
    open.push({ kind: 'value', what: `the cluster that ${component} looks at by its client` });
  }
  if (!namespaces || !selector) open.push({ kind: 'value', what: `which monitors ${component} reads` });
  const filter: MonitorFilter = {
    who: component,
    span: block.nameSpan,
    labels: selector ?? { value: { requirements: [] }, span: block.nameSpan },
    namespaces: { value: { requirements: [] }, span: block.nameSpan },
    names: namespaces ?? { value: [], span: block.nameSpan },
  };
  const maker: MonitorMaker = {
    dialect: 'alloy',
    endpoints: textOf(text('kubernetes_role')) === 'endpointslice' ? 'endpointslice' : 'endpoints',
    podTargetLabels: [],
    ignoresNamespaces: false,
    scrapeClasses: [],
  };
  const account = accountOf(collector.workload);
  const { pipelines, ignored } = monitorPipelines(
    {
      maker,
      filters: { [kind]: filter },
      prefix: component,
      gaps: open,
      routes: (rules) => around.routes.map((route) => ({ ...route, rules: [...rules.map(asAlloy), ...route.rules] })),
      ...(account && { account }),
    },
    world,
  );
  const before = rulesOf(block, 'rule', component, evaluate);
  return { ignored, pipelines: pipelines.map((pipeline) => withRules(pipeline, before)) };
}

/** The component's own rules come before all others. */
function withRules(pipeline: ScrapePipeline, before: readonly RelabelRule[]): ScrapePipeline {
  const { monitor, sources } = pipeline;
  const port = monitor?.port === undefined ? {} : { port: monitor.port + before.length };
  return {
    ...pipeline,
    sources: sources.map((source) => ({ ...source, rules: [...before, ...source.rules.map(asAlloy)] })),
    ...(monitor && { monitor: { ...monitor, ...port } }),
  };
}

/** An empty setting of a rule in a monitor is the same to Alloy as none. */
function asAlloy(rule: RelabelRule): RelabelRule {
  return { ...rule, replacement: rule.replacement || '$1', separator: rule.separator || ';' };
}

function settingOf(body: readonly AlloyStatement[], name: string, evaluate: Around['evaluate']): Value | undefined {
  const attribute = attributeOf(body, name);
  return attribute && plainValue(evaluate(attribute.value));
}

/** `undefined`: not all of the list is known. */
function textsOf(value: AlloyValue | undefined): readonly string[] | undefined {
  if (!value) return [];
  if (value.kind !== 'list' || value.more) return undefined;
  const texts = value.items.map((item) => textOf(plainValue(item)));
  return texts.every((one) => one !== undefined) ? texts : undefined;
}

function namesOf({ body, nameSpan }: AlloyBlock, evaluate: Around['evaluate']): Located<readonly string[]> | undefined {
  const attribute = attributeOf(body, 'namespaces');
  const texts = textsOf(attribute && evaluate(attribute.value));
  return texts && { value: texts, span: attribute?.value.span ?? nameSpan };
}

const OPERATORS = ['In', 'NotIn', 'Exists', 'DoesNotExist'] as const;

function selectorOf({ body, nameSpan }: AlloyBlock, evaluate: Around['evaluate']): Located<LabelSelector> | undefined {
  const [selector] = blocksOf(body, 'selector');
  if (!selector) return { value: { requirements: [] }, span: nameSpan };
  const labels = attributeOf(selector.body, 'match_labels');
  const map = labels && evaluate(labels.value);
  if (map && map.kind !== 'object') return undefined;
  const requirements: LabelSelector['requirements'][number][] = [];
  for (const [key, { value }] of map?.entries ?? []) {
    const text = textOf(plainValue(value));
    if (text === undefined) return undefined;
    requirements.push({ key, operator: 'In', values: [text] });
  }
  for (const expression of blocksOf(selector.body, 'match_expression')) {
    const [key, said] = ['key', 'operator'].map((name) => textOf(settingOf(expression.body, name, evaluate)));
    const operator = OPERATORS.find((one) => one === said);
    const values = attributeOf(expression.body, 'values');
    const texts = textsOf(values && evaluate(values.value));
    if (key === undefined || !operator || !texts) return undefined;
    requirements.push({ key, operator, values: texts });
  }
  return { value: { requirements }, span: selector.nameSpan };
}

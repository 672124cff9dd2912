import { known, type Missing, missingIn, textOf, unknown, type Value, type World } from '../../model';
import {
  type AlloyBlock,
  type AlloyExpression,
  type AlloyReference,
  type AlloyStatement,
  type AlloyValue,
  attributeOf,
  blocksOf,
  componentId,
  evaluateAlloy,
  nameOfReference,
  plainValue,
} from '../../read/alloy';
import type { Span } from '../../text';
import type { Environment } from '../environment';
import type { Break } from '../path';
import type { RelabelRule } from '../scrape/relabel';
import { alloyBody } from './alloy-body';
import { exporterTargets, isExporter } from './alloy-exporters';
import { rulesOf } from './alloy-rules';
import type { Collector } from './find';
import type { MetricsSink } from './metrics-plan';
import { alloyMonitors, MONITOR_COMPONENTS } from './monitors/alloy';
import type { MonitorPipelines } from './monitors/pipelines';
import type { Role, Route, ScrapePipeline, StaticTarget, TargetSource } from './scrape-plan';

/** The way of targets and samples through the components of an Alloy configuration, one pipeline for each scrape. */
export function scrapePipelines(collector: Collector, environment: Environment, world: World): MonitorPipelines {
  const { body } = alloyBody(collector);
  const graph = new Graph(body, environment);
  const made = Object.keys(MONITOR_COMPONENTS).flatMap((name) =>
    blocksOf(body, name).map((block) => {
      const { routes, gaps, broken } = graph.routes(block, 0, []);
      const around = { collector, world, evaluate: graph.evaluate, routes, gaps };
      const { pipelines, ignored } = alloyMonitors(block, around);
      return { ignored, pipelines: pipelines.map((one) => ({ ...one, ...(broken && { broken }) })) };
    }),
  );
  return {
    pipelines: [
      ...blocksOf(body, 'prometheus.scrape').map((block) => graph.pipeline(block)),
      ...made.flatMap(({ pipelines }) => pipelines),
    ],
    ignored: made.flatMap(({ ignored }) => ignored),
  };
}

/** What an endpoint of a remote_write does to samples before it sends them, and which labels it gives them. */
export function writerOf(
  collector: Collector,
  environment: Environment,
  component: string,
  index: number,
): Pick<MetricsSink, 'rules' | 'externalLabels'> {
  const { body } = alloyBody(collector);
  const graph = new Graph(body, environment);
  const block = graph.block(component)?.body ?? [];
  const endpoint = blocksOf(block, 'endpoint')[index];
  const labels = attributeOf(block, 'external_labels');
  return {
    rules: endpoint ? rulesOf(endpoint, 'write_relabel_config', component, graph.evaluate) : [],
    ...(labels && { externalLabels: externalLabels(graph.evaluate(labels.value), component) }),
  };
}

function externalLabels(value: AlloyValue, component: string): ReadonlyMap<string, Value> {
  if (value.kind === 'object') return new Map([...value.entries].map(([key, entry]) => [key, plainValue(entry.value)]));
  return new Map([['', unknown('value', `the external labels of ${component}`)]]);
}

const ROLES: readonly Role[] = ['pod', 'endpoints', 'endpointslice', 'service', 'node'];

/** One target that is written down: an object of labels, `__address__` among them. */
function staticTarget(value: AlloyValue, span: Span): StaticTarget | undefined {
  if (value.kind !== 'object') return undefined;
  const labels = new Map<string, string>();
  let address: Value | undefined;
  for (const [key, entry] of value.entries) {
    const found = plainValue(entry.value);
    if (key === '__address__') address = found;
    else labels.set(key, textOf(found) ?? '');
  }
  return address && { address, labels, span: address.span ?? span };
}

/** Whether a scrape shows a token; a certificate of its own may do as well. */
function tokenOf({ body }: AlloyBlock): Pick<ScrapePipeline, 'hasToken'> {
  const isGiven = (name: string) => attributeOf(body, name) !== undefined || blocksOf(body, name).length > 0;
  if (['bearer_token', 'bearer_token_file', 'authorization', 'oauth2', 'basic_auth'].some(isGiven))
    return { hasToken: true };
  const [tls] = blocksOf(body, 'tls_config');
  return tls && ['cert_file', 'cert_pem'].some((name) => attributeOf(tls.body, name)) ? {} : { hasToken: false };
}

function listed(addresses: readonly StaticTarget[], component: string, span: Span): TargetSource {
  return {
    component,
    span,
    role: 'static',
    addresses,
    names: [],
    namesSpan: span,
    isOwnNamespace: false,
    selectors: [],
    also: [],
    missing: [],
    rules: [],
  };
}

/** Longer chains are loops, which Alloy refuses. */
const MAX_CHAIN = 50;
const BUILT_IN = new Set(['discovery', 'prometheus', 'loki', 'otelcol', 'local', 'remote', 'mimir', 'pyroscope']);

interface Targets {
  readonly sources: readonly TargetSource[];
  readonly gaps: readonly Missing[];
  readonly broken?: Break;
}

interface Routes {
  readonly routes: readonly Route[];
  readonly gaps: readonly Missing[];
  readonly broken?: Break;
}

class Graph {
  private readonly blocks: ReadonlyMap<string, AlloyBlock>;

  constructor(
    body: readonly AlloyStatement[],
    private readonly environment: Environment,
  ) {
    this.blocks = new Map(body.flatMap((s) => (s.kind === 'block' ? [[componentId(s), s] as const] : [])));
  }

  block(id: string): AlloyBlock | undefined {
    return this.blocks.get(id);
  }

  readonly evaluate = (expression: AlloyExpression): AlloyValue =>
    evaluateAlloy(expression, {
      env: (name, span): Value => this.environment.read(name)?.value ?? known('', span),
      hasComponent: (id) => this.blocks.has(id),
    });

  pipeline(block: AlloyBlock): ScrapePipeline {
    const targets = this.targets(block, 0);
    const routes = this.routes(block, 0, []);
    const setting = (name: string) => {
      const attribute = attributeOf(block.body, name);
      return attribute ? plainValue(this.evaluate(attribute.value)) : undefined;
    };
    const broken = targets.broken ?? routes.broken;
    const [path, scheme] = [setting('metrics_path'), setting('scheme')];
    const [job, honorsLabels] = [setting('job_name'), setting('honor_labels')];
    return {
      component: componentId(block),
      span: block.nameSpan,
      semantics: { labelsFirst: false },
      sources: targets.sources,
      gaps: [...targets.gaps, ...routes.gaps],
      routes: routes.routes,
      ...(attributeOf(block.body, 'forward_to') && { forwardSpan: attributeOf(block.body, 'forward_to')?.value.span }),
      ...tokenOf(block),
      ...(path && { path }),
      ...(scheme && { scheme }),
      job: job ?? known(componentId(block)),
      ...(honorsLabels && { honorsLabels }),
      ...(broken && { broken }),
    };
  }

  private targets(block: AlloyBlock, depth: number): Targets {
    const attribute = attributeOf(block.body, 'targets');
    if (!attribute || depth > MAX_CHAIN) return { sources: [], gaps: [] };
    return this.targetsOf(this.evaluate(attribute.value), componentId(block), depth);
  }

  private targetsOf(value: AlloyValue, user: string, depth: number): Targets {
    if (value.kind === 'list') {
      const more = (value.more ?? []).map((part) => this.targetsOf(part, user, depth));
      const own = value.items.map((item) => staticTarget(item, value.span));
      const addresses = own.flatMap((one) => one ?? []);
      const gaps = own.includes(undefined) ? [notExamined(`targets that ${user} lists itself`)] : [];
      const sources = addresses.length > 0 ? [listed(addresses, user, value.span)] : [];
      return {
        sources: [...sources, ...more.flatMap((part) => part.sources)],
        gaps: [...gaps, ...more.flatMap((part) => part.gaps)],
        ...firstBroken(more),
      };
    }
    if (value.kind !== 'reference') return { sources: [], gaps: [notExamined(`the targets of ${user}`)] };
    const lost = dangling(value, user);
    if (lost) return { sources: [], gaps: [], broken: lost };
    const block = value.component === undefined ? undefined : this.blocks.get(value.component);
    if (block?.name === 'discovery.relabel') {
      const before = this.targets(block, depth + 1);
      const rules = rulesOf(block, 'rule', componentId(block), this.evaluate);
      return {
        ...before,
        sources: before.sources.map((source) => ({ ...source, rules: [...source.rules, ...rules] })),
      };
    }
    if (block?.name === 'discovery.kubernetes') return this.discovery(block);
    if (block && isExporter(block)) {
      const { addresses, gaps } = exporterTargets(block, this.evaluate);
      return { gaps, sources: addresses.length > 0 ? [listed(addresses, componentId(block), block.nameSpan)] : [] };
    }
    return { sources: [], gaps: [notExamined(`the targets of ${nameOfReference(value)}`)] };
  }

  private discovery(block: AlloyBlock): Targets {
    const text = (body: readonly AlloyStatement[], name: string): Value | undefined => {
      const attribute = attributeOf(body, name);
      return attribute && plainValue(this.evaluate(attribute.value));
    };
    const component = componentId(block);
    const role = text(block.body, 'role');
    const kind = ROLES.find((one) => one === textOf(role));
    if (!kind) {
      return { sources: [], gaps: [notExamined(`${component} with role ${textOf(role) ?? 'that is not known'}`)] };
    }
    const missing: Missing[] = [];
    const [namespaces] = blocksOf(block.body, 'namespaces');
    const names = namespaces && attributeOf(namespaces.body, 'names');
    const list = names && this.evaluate(names.value);
    const items = list?.kind === 'list' ? list.items.map(plainValue) : [];
    if (list && (list.kind !== 'list' || list.more)) missing.push(open(`the namespaces that ${component} looks in`));
    missing.push(...items.flatMap(missingIn));
    const isOwn = namespaces && textOf(text(namespaces.body, 'own_namespace')) === 'true';
    const attach = blocksOf(block.body, 'attach_metadata')[0];
    const attached = (what: string) => attach !== undefined && textOf(text(attach.body, what)) === 'true';
    const elsewhere = ['api_server', 'kubeconfig_file'].find((name) => attributeOf(block.body, name));
    if (elsewhere) missing.push(open(`the cluster that ${component} looks at by its ${elsewhere}`));
    const source: TargetSource = {
      component,
      role: kind,
      span: block.nameSpan,
      names: items,
      namesSpan: names?.value.span ?? block.nameSpan,
      isOwnNamespace: isOwn ?? false,
      selectors: blocksOf(block.body, 'selectors')
        .filter((selector) => kind !== 'pod' || textOf(text(selector.body, 'role')) === 'pod')
        .map((selector) => {
          const [label, field] = [text(selector.body, 'label'), text(selector.body, 'field')];
          const of = ROLES.find((one) => one === textOf(text(selector.body, 'role'))) ?? 'pod';
          return { span: selector.nameSpan, role: of, ...(label && { label }), ...(field && { field }) };
        }),
      also: [...(attached('node') ? ['nodes'] : []), ...(attached('namespace') ? ['namespaces'] : [])],
      missing,
      rules: [],
    };
    return { sources: [source], gaps: [] };
  }

  routes(block: AlloyBlock, depth: number, rules: readonly RelabelRule[]): Routes {
    const attribute = attributeOf(block.body, 'forward_to');
    const value = attribute && this.evaluate(attribute.value);
    const user = componentId(block);
    if (!value || depth > MAX_CHAIN) return { routes: [], gaps: [] };
    if (value.kind !== 'list') return { routes: [], gaps: [notExamined(`where ${user} forwards to`)] };
    const parts = [...value.items, ...(value.more ?? [])].map((item) => this.route(item, user, depth, rules));
    return {
      routes: parts.flatMap((part) => part.routes),
      gaps: parts.flatMap(({ gaps }) => gaps),
      ...firstBroken(parts),
    };
  }

  private route(value: AlloyValue, user: string, depth: number, rules: readonly RelabelRule[]): Routes {
    if (value.kind !== 'reference') return { routes: [], gaps: [notExamined(`where ${user} forwards to`)] };
    const lost = dangling(value, user);
    if (lost) return { routes: [], gaps: [], broken: lost };
    const block = value.component === undefined ? undefined : this.blocks.get(value.component);
    if (block?.name === 'prometheus.remote_write') return { routes: [{ sink: componentId(block), rules }], gaps: [] };
    if (block?.name === 'prometheus.relabel') {
      return this.routes(block, depth + 1, [...rules, ...rulesOf(block, 'rule', componentId(block), this.evaluate)]);
    }
    return { routes: [], gaps: [notExamined(`what ${nameOfReference(value)} does with samples`)] };
  }
}

/** A reference to a component that the configuration does not have; Alloy does not load it. */
function dangling(reference: AlloyReference, user: string): Break | undefined {
  const { component, path, span } = reference;
  if (component !== undefined || path.length < 3 || !BUILT_IN.has(path[0])) return undefined;
  const name = path.slice(0, -1).join('.');
  return {
    claim: 'component-exists',
    message: `${user} refers to ${name}, which the configuration does not have`,
    span,
    related: [],
    help: `declare ${name}, or name a component that is there`,
  };
}

function firstBroken(parts: readonly { readonly broken?: Break }[]): { readonly broken?: Break } {
  const broken = parts.find((part) => part.broken)?.broken;
  return broken ? { broken } : {};
}

function notExamined(what: string): Missing {
  return { kind: 'not-examined', what: `not examined by this version: ${what}` };
}

function open(what: string): Missing {
  return { kind: 'value', what };
}

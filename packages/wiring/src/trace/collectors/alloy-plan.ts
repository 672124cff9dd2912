import { known, type Missing, type Value, type World, withPlaceholders } from '../../model';
import {
  type AlloyBlock,
  type AlloyStatement,
  attributeOf,
  blocksOf,
  componentId,
  evaluateAlloy,
  plainValue,
} from '../../read/alloy';
import type { Span } from '../../text';
import type { Environment } from '../environment';
import type { Break } from '../path';
import { alloyBody } from './alloy-body';
import { alloyFault } from './alloy-faults';
import { scrapePipelines, writerOf } from './alloy-graph';
import type { Collector } from './find';
import type { MetricsPlan, MetricsSink, Origin, Setting, Signing } from './metrics-plan';

const OTHER_AUTH = ['basic_auth', 'authorization', 'oauth2', 'azuread', 'google_iam'];
const IMPORTS = ['import.file', 'import.git', 'import.http', 'import.string'];

export function alloyPlan(collector: Collector, environment: Environment, world: World): MetricsPlan {
  const { body, problems } = alloyBody(collector);
  const [problem] = problems;
  const { pipelines, ignored } = scrapePipelines(collector, environment, world);
  const feeds = feedsOf(body);
  const sinks = sinksOf(body, environment).map((sink) => ({
    ...sink,
    feeds,
    ...writerOf(collector, environment, sink.component, sink.index),
  }));
  const gaps = IMPORTS.flatMap((name) => blocksOf(body, name)).map((block) => ({
    kind: 'alloy-module',
    what: `what ${componentId(block)} brings in`,
    help: 'modules are not examined by this version',
  }));
  if (!problem) {
    const fault = alloyFault(body);
    return { program: 'Alloy', sinks, pipelines, ignored, gaps, ...(fault && { broken: fault }) };
  }
  const message = `Alloy cannot load its configuration: ${problem.message}`;
  const related = (problem.related ?? []).map(({ span, message: text }) => ({ span, message: text }));
  const broken: Break = {
    claim: 'config-is-readable',
    message,
    related,
    ...(problem.span && { span: problem.span }),
    ...(problem.help && { help: problem.help }),
  };
  return { program: 'Alloy', sinks, pipelines, gaps, broken };
}

const SCRAPES = /^prometheus\.(?:scrape|relabel|operator\..*)$/;

/** Components that forward samples that others push to them. */
function feedsOf(body: readonly AlloyStatement[]): readonly Missing[] {
  return body.flatMap((block) => {
    const mayForward =
      block.kind === 'block' &&
      /^(?:prometheus\.|otelcol\.exporter\.prometheus$)/.test(block.name) &&
      !SCRAPES.test(block.name) &&
      attributeOf(block.body, 'forward_to') !== undefined;
    return mayForward ? [{ kind: 'not-examined', what: `what others push to ${componentId(block)}` }] : [];
  });
}

function sinksOf(all: readonly AlloyStatement[], environment: Environment): readonly Omit<MetricsSink, 'rules'>[] {
  const components = new Set(all.flatMap((s) => (s.kind === 'block' ? [componentId(s)] : [])));
  const setting = (body: readonly AlloyStatement[], name: string): Setting | undefined => {
    const attribute = attributeOf(body, name);
    if (!attribute) return undefined;
    let broken: Break | undefined;
    const unset: string[] = [];
    const origins: Origin[] = [];
    const env = (variable: string, span: Span): Value => {
      const reading = environment.read(variable);
      broken ??= reading?.broken;
      if (!reading) unset.push(variable);
      else if (reading.value.span) origins.push({ variable, span: reading.value.span });
      return reading ? reading.value : known('', span);
    };
    const value = withPlaceholders(
      plainValue(evaluateAlloy(attribute.value, { env, hasComponent: (id) => components.has(id) })),
    );
    return { value, span: attribute.value.span, unset, origins, ...(broken && { broken }) };
  };
  const sink = (write: AlloyBlock, endpoint: AlloyBlock, index: number): Omit<MetricsSink, 'rules'>[] => {
    const url = setting(endpoint.body, 'url');
    if (!url) return [];
    const [sigv4] = blocksOf(endpoint.body, 'sigv4');
    const otherAuth = OTHER_AUTH.find((name) => blocksOf(endpoint.body, name).length > 0);
    const bearer = ['bearer_token', 'bearer_token_file'].find((name) => attributeOf(endpoint.body, name));
    return [
      {
        component: componentId(write),
        index,
        url,
        span: endpoint.nameSpan,
        howToSign: 'add a sigv4 block with the region of the workspace',
        ...(sigv4 && { signing: signingOf(sigv4, setting) }),
        ...((otherAuth ?? bearer) && { otherAuth: otherAuth ?? bearer }),
      },
    ];
  };
  return blocksOf(all, 'prometheus.remote_write').flatMap((write) =>
    blocksOf(write.body, 'endpoint').flatMap((endpoint, index) => sink(write, endpoint, index)),
  );
}

function signingOf(
  block: AlloyBlock,
  setting: (body: readonly AlloyStatement[], name: string) => Setting | undefined,
): Signing {
  const region = setting(block.body, 'region');
  const roleArn = setting(block.body, 'role_arn');
  const service = setting(block.body, 'service_name');
  return {
    span: block.nameSpan,
    ...(region && { region }),
    ...(roleArn && { roleArn }),
    ...(service && { service }),
  };
}

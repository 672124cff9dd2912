import { known, type Missing, type Value, withPlaceholders } from '../../model';
import {
  type AlloyBlock,
  type AlloyFile,
  type AlloyStatement,
  attributeOf,
  blocksOf,
  componentId,
  evaluateAlloy,
  parseAlloy,
  plainValue,
} from '../../read/alloy';
import type { Span } from '../../text';
import type { Environment } from '../environment';
import type { Break } from '../path';
import type { Collector } from './find';

/** One place that a collector writes metrics to, whatever the collector is. */
export interface MetricsSink {
  /** Names the sink inside the collector: `prometheus.remote_write.amp`. */
  readonly component: string;
  readonly index: number;
  readonly url: Setting;
  readonly signing?: Signing;
  /** Another way to authenticate than SigV4, as the configuration calls it. */
  readonly otherAuth?: string;
  readonly span: Span;
}

export interface Signing {
  readonly region?: Setting;
  readonly roleArn?: Setting;
  /** Absent: the collector's default, `aps`. */
  readonly service?: Setting;
  readonly span: Span;
}

/** A setting with its value, and the fault that keeps it from having one. */
export interface Setting {
  readonly value: Value;
  readonly span: Span;
  readonly broken?: Break;
  /** Variables that are not set anywhere, so that the collector reads them as empty. */
  readonly unset: readonly string[];
  /** Where the variables in it get their values. */
  readonly origins: readonly Origin[];
}

export interface Origin {
  readonly variable: string;
  readonly span: Span;
}

/** The other ends of a setting, for a report. */
export function originsOf({ origins }: Setting): readonly { readonly span: Span; readonly message: string }[] {
  return origins.map(({ variable, span }) => ({ span, message: `${variable} comes from here` }));
}

export interface MetricsPlan {
  readonly sinks: readonly MetricsSink[];
  /** Parts of the configuration that this version cannot follow. */
  readonly gaps: readonly Missing[];
  readonly broken?: Break;
}

const OTHER_AUTH = ['basic_auth', 'authorization', 'oauth2', 'azuread', 'google_iam'];
const IMPORTS = ['import.file', 'import.git', 'import.http', 'import.string'];

export function alloyPlan(collector: Collector, environment: Environment): MetricsPlan {
  const files = collector.main.map(({ content }) => parseAlloy(content.text()));
  const problem = files.flatMap(({ problems }) => problems)[0];
  const sinks = files.flatMap((file) => sinksOf(file, environment));
  const gaps = files.flatMap(({ body }) =>
    IMPORTS.flatMap((name) => blocksOf(body, name)).map((block) => ({
      kind: 'alloy-module',
      what: `what ${componentId(block)} brings in`,
      help: 'modules are not examined by this version',
    })),
  );
  if (!problem) return { sinks, gaps };
  const message = `Alloy cannot load its configuration: ${problem.message}`;
  const related = (problem.related ?? []).map(({ span, message: text }) => ({ span, message: text }));
  const broken: Break = {
    claim: 'config-is-readable',
    message,
    related,
    ...(problem.span && { span: problem.span }),
    ...(problem.help && { help: problem.help }),
  };
  return { sinks, gaps, broken };
}

function sinksOf(file: AlloyFile, environment: Environment): readonly MetricsSink[] {
  const components = new Set(file.body.flatMap((s) => (s.kind === 'block' ? [componentId(s)] : [])));
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
  const sink = (write: AlloyBlock, endpoint: AlloyBlock, index: number): MetricsSink[] => {
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
        ...(sigv4 && { signing: signingOf(sigv4, setting) }),
        ...((otherAuth ?? bearer) && { otherAuth: otherAuth ?? bearer }),
      },
    ];
  };
  return blocksOf(file.body, 'prometheus.remote_write').flatMap((write) =>
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

import type { KubeObject } from '../../../model';
import type { MapNode, Node, ScalarNode, Span } from '../../../text';
import { at, booleanAt, itemsAt, mapAt, scalarAt, stringAt } from '../../access';
import { list, map, scalar } from '../tree';
import type { MonitorMaker } from './maker';
import { rule } from './rules';

/** Settings of an endpoint that a job has by the same meaning. */
export function settingsOf(endpoint: Node | undefined): Readonly<Record<string, Node | undefined>> {
  return {
    honor_labels: at(endpoint, 'honorLabels'),
    scrape_interval: at(endpoint, 'interval'),
    scrape_timeout: at(endpoint, 'scrapeTimeout'),
    metrics_path: given(endpoint, 'path'),
    params: at(endpoint, 'params'),
    scheme: lower(given(endpoint, 'scheme')),
    ...accessOf(endpoint),
  };
}

/** How a target is asked: only whether there is a token, and which certificates, matters on the way of a metric. */
export function accessOf(endpoint: Node | undefined): Readonly<Record<string, Node | undefined>> {
  const tls = mapAt(endpoint, 'tlsConfig');
  return {
    basic_auth: at(endpoint, 'basicAuth'),
    oauth2: at(endpoint, 'oauth2'),
    authorization: at(endpoint, 'authorization'),
    bearer_token_file: given(endpoint, 'bearerTokenFile'),
    bearer_token: stringAt(endpoint, 'bearerTokenSecret', 'name') ? at(endpoint, 'bearerTokenSecret') : undefined,
    tls_config:
      tls &&
      map(tls.span, {
        cert: at(tls, 'cert'),
        cert_file: given(tls, 'certFile'),
        insecure_skip_verify: at(tls, 'insecureSkipVerify'),
      }),
  };
}

/** Where a job looks: in the namespaces that the monitor says, else in its own. */
export function discovery(
  object: KubeObject,
  spec: Node | undefined,
  role: string,
  maker: MonitorMaker,
): Readonly<Record<string, Node | undefined>> {
  const { span } = object.name;
  const chosen = mapAt(spec, 'namespaceSelector');
  const isAny = booleanAt(chosen, 'any') === true && !maker.ignoresNamespaces;
  const named = maker.ignoresNamespaces ? [] : itemsAt(chosen, 'matchNames');
  const own = object.namespace ? [scalar(object.namespace.value, object.namespace.span)] : [];
  const names =
    named.length > 0 ? list(at(chosen, 'matchNames')?.span ?? span, named) : list(own[0]?.span ?? span, own);
  const node = booleanAt(spec, 'attachMetadata', 'node');
  const sd = map(span, {
    role: scalar(role, span),
    ...(!isAny && { namespaces: map(names.span, { names }) }),
    ...(node !== undefined && { attach_metadata: map(span, { node: scalar(node, span) }) }),
  });
  return { kubernetes_sd_configs: list(span, [sd]) };
}

/** The rules of users come last, and after them the label that the maker enforces. */
export function rulesOfUsers(rules: readonly Node[], object: KubeObject, { enforced }: MonitorMaker): readonly Node[] {
  if (typeof enforced?.value !== 'string' || enforced.value === '') return rules;
  const replacement = object.namespace?.value ?? '';
  return [...rules, rule(enforced.span, { target: enforced.value, replacement })];
}

/** Names of Secrets by which a job gets its credentials. */
export function secretsOf(endpoint: Node | undefined): readonly ScalarNode[] {
  const paths = [
    ['bearerTokenSecret'],
    ['basicAuth', 'username'],
    ['basicAuth', 'password'],
    ['authorization', 'credentials'],
    ['oauth2', 'clientSecret'],
    ['oauth2', 'clientId', 'secret'],
    ['tlsConfig', 'ca', 'secret'],
    ['tlsConfig', 'cert', 'secret'],
    ['tlsConfig', 'keySecret'],
  ];
  return paths.flatMap((path) => {
    const name = scalarAt(endpoint, ...path, 'name');
    return name && stringAt(name) ? [name] : [];
  });
}

/** A setting that is written and not empty. */
export function given(node: Node | undefined, key: string): ScalarNode | undefined {
  const found = scalarAt(node, key);
  return found && found.value !== null && found.value !== '' ? found : undefined;
}

export function lower(node: ScalarNode | undefined): ScalarNode | undefined {
  return node && scalar(`${node.value}`.toLowerCase(), node.span);
}

/** A number or the name of a port; a number in quotes is a name. */
export function portOf(node: ScalarNode | undefined): { readonly name?: string; readonly number?: string } {
  if (!node || node.value === null || node.value === '' || node.value === 0) return {};
  return typeof node.value === 'number' ? { number: `${node.value}` } : { name: `${node.value}` };
}

export function jobOf(
  name: string,
  span: Span,
  parts: Readonly<Record<string, Node | undefined>>,
  rules: readonly Node[],
  sampleRules: readonly Node[],
): MapNode {
  return map(span, {
    job_name: scalar(name, span),
    ...parts,
    relabel_configs: list(span, rules),
    ...(sampleRules.length > 0 && { metric_relabel_configs: list(span, sampleRules) }),
  });
}

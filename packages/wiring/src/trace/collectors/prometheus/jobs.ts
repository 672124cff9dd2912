import { type Missing, missingIn, textOf } from '../../../model';
import { at, itemsAt, mapAt, scalarAt } from '../../../read/access';
import type { MapNode, Node } from '../../../text';
import type { Role, Route, ScrapePipeline, TargetSource } from '../scrape-plan';
import { relabelRules } from './rules';
import type { Settings } from './settings';

const ROLES = new Set<string>(['pod', 'endpoints', 'endpointslice', 'service', 'node'] satisfies Role[]);

/** What is around the jobs of a configuration. */
export interface JobContext {
  readonly settings: Settings;
  /** How jobs are called in front of their name: `job`. */
  readonly prefix: string;
  /** Where the samples of a job go, given the rules that it has for them. */
  readonly routes: (rules: Route['rules']) => readonly Route[];
  readonly gaps: readonly Missing[];
}

/** The jobs of a list `scrape_configs`. */
export function scrapeJobs(list: readonly Node[], context: JobContext): readonly ScrapePipeline[] {
  return list.flatMap((node) => (node.kind === 'map' ? [scrapeJob(node, context)] : []));
}

function scrapeJob(node: MapNode, { settings, prefix, routes, gaps }: JobContext): ScrapePipeline {
  const name = settings.text(node, 'job_name') ?? 'without a name';
  const component = `${prefix} ${name}`;
  const rules = relabelRules(node, 'relabel_configs', component, settings);
  const sources: TargetSource[] = [];
  const open: Missing[] = [...gaps];
  for (const item of itemsAt(node, 'kubernetes_sd_configs')) {
    const source = discovery(item, component, settings);
    if ('role' in source) sources.push({ ...source, rules });
    else open.push(source);
  }
  const statics = itemsAt(node, 'static_configs');
  if (statics.length > 0) sources.push({ ...fixed(statics, node, component, settings), rules });
  for (const [key, { value }] of node.entries) {
    if (
      !key.endsWith('_sd_configs') ||
      key === 'kubernetes_sd_configs' ||
      (value.kind === 'list' && value.items.length === 0)
    )
      continue;
    open.push({ kind: 'not-examined', what: `not examined by this version: ${key} of ${component}` });
  }
  const [path, scheme] = [settings.value(node, 'metrics_path'), settings.value(node, 'scheme')];
  const honorsLabels = settings.value(node, 'honor_labels');
  const params = new Map<string, string>();
  for (const [key, { value }] of mapAt(node, 'params')?.entries ?? []) {
    const first = settings.text(value, 0);
    if (first !== undefined) params.set(`__param_${key}`, first);
  }
  return {
    component,
    span: scalarAt(node, 'job_name')?.span ?? node.span,
    semantics: { labelsFirst: true },
    sources,
    labels: new Map([['job', name], ...params]),
    ...tokenOf(node),
    routes: routes(relabelRules(node, 'metric_relabel_configs', component, settings)),
    gaps: open,
    ...(path && { path }),
    ...(scheme && { scheme }),
    ...(honorsLabels && { honorsLabels }),
  };
}

/** A certificate of its own may do as well. */
function tokenOf(job: MapNode): Pick<ScrapePipeline, 'hasToken'> {
  const isGiven = (key: string) => job.entries.has(key);
  if (['authorization', 'bearer_token', 'bearer_token_file', 'oauth2', 'basic_auth'].some(isGiven))
    return { hasToken: true };
  return at(job, 'tls_config', 'cert_file') || at(job, 'tls_config', 'cert') ? {} : { hasToken: false };
}

/** Defaults of kubernetes_sd_config: every namespace, no selector. */
function discovery(node: Node, component: string, settings: Settings): Omit<TargetSource, 'rules'> | Missing {
  const role = settings.text(node, 'role')?.toLowerCase();
  if (role === undefined || !ROLES.has(role)) {
    return {
      kind: 'not-examined',
      what: `not examined by this version: role ${role ?? 'that is not known'} of ${component}`,
    };
  }
  const names = settings.values(node, 'namespaces', 'names');
  const missing = names.flatMap(missingIn);
  const elsewhere = ['api_server', 'kubeconfig_file'].find((key) => textOf(settings.value(node, key)) !== undefined);
  if (elsewhere) missing.push({ kind: 'value', what: `the cluster that ${component} looks at by its ${elsewhere}` });
  const attached = (what: string) => settings.isTrue(node, 'attach_metadata', what);
  return {
    component,
    role: role as Role,
    span: scalarAt(node, 'role')?.span ?? node.span,
    names,
    namesSpan: at(node, 'namespaces', 'names')?.span ?? node.span,
    isOwnNamespace: settings.isTrue(node, 'namespaces', 'own_namespace'),
    selectors: itemsAt(node, 'selectors').map((selector) => {
      const [label, field] = [settings.value(selector, 'label'), settings.value(selector, 'field')];
      const of = settings.text(selector, 'role')?.toLowerCase() ?? role;
      return { span: selector.span, role: of as Role, ...(label && { label }), ...(field && { field }) };
    }),
    also: [...(attached('node') ? ['nodes'] : []), ...(attached('namespace') ? ['namespaces'] : [])],
    missing,
  };
}

function fixed(
  groups: readonly Node[],
  job: MapNode,
  component: string,
  settings: Settings,
): Omit<TargetSource, 'rules'> {
  const addresses = groups.flatMap((group) => {
    const { texts } = settings.texts(group, 'labels');
    return itemsAt(group, 'targets').flatMap((item) => {
      const address = settings.value(item);
      return address ? [{ address, labels: texts, span: item.span }] : [];
    });
  });
  const span = job.entries.get('static_configs')?.key ?? job.span;
  return {
    component,
    role: 'static',
    span,
    addresses,
    names: [],
    namesSpan: span,
    isOwnNamespace: false,
    selectors: [],
    also: [],
    missing: [],
  };
}

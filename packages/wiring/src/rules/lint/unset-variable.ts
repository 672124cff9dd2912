import type { World } from '../../model';
import type { MappedText, Node, Span } from '../../text';
import type { Collector } from '../../trace';
import { example } from '../example';
import { METRICS } from '../examples/metrics';
import type { LintRule } from './lint-rule';
import { nameOf } from './of-collector';

/** How each collector names a variable of its environment; a fallback beside it is a decision. */
const READS: Readonly<Partial<Record<Collector['kind'], RegExp>>> = {
  alloy: /(?<!coalesce\([^\n]*)(?:sys\.env|(?<![\w.])env)\("([A-Za-z_]\w*)"\)/g,
  opentelemetry: /(?<!\$)\$\{env:([A-Za-z_]\w*)\}/g,
};

/** What every container has, by the runtime or by the kubelet. */
const ALWAYS = /^(?:HOSTNAME|HOME|PATH|PWD|KUBERNETES_.*|.*_SERVICE_(?:HOST|PORT))$/;
/** What EKS's webhook adds for an account with a role. */
const INJECTED = /^AWS_(?:REGION|DEFAULT_REGION|ROLE_ARN|WEB_IDENTITY_TOKEN_FILE|STS_REGIONAL_ENDPOINTS|CONTAINER_.*)$/;

export const unsetVariable: LintRule = {
  id: 'metrics/unset-variable',
  severity: 'warning',
  summary: 'a configuration reads an environment variable that nobody sets',
  why: 'it reads an empty text: a label that is left out, or a default that nobody meant',
  help: 'set the variable in the container, or name the one that is set',
  example: example(METRICS, {
    file: 'collector.yaml',
    good: '    prometheus.remote_write "store" {\n',
    bad: '    prometheus.remote_write "store" {\n      external_labels = {cluster = sys.env("CLUSTER")}\n',
  }),
  check: ({ world, collectors }) => collectors.flatMap((collector) => [...unset(collector, world)]),
};

function* unset(collector: Collector, world: World) {
  const { container } = collector;
  const pattern = READS[collector.kind];
  if (!pattern || container.envFrom.length > 0) return;
  // One without a value is as good as none.
  const given = container.env.filter(({ source }) => source.kind !== 'value' || source.value !== '');
  const set = new Set(given.map(({ name }) => name.value));
  const seen = new Set<string>();
  for (const text of textsOf(collector)) {
    for (const found of text.text.matchAll(pattern)) {
      const [, name] = found;
      if (set.has(name) || seen.has(name) || ALWAYS.test(name) || (INJECTED.test(name) && hasRole(collector, world)))
        continue;
      // Without its parts a URL leads nowhere, and the path breaks.
      const line = `${text.text}\n`.slice(
        text.text.lastIndexOf('\n', found.index) + 1,
        `${text.text}\n`.indexOf('\n', found.index),
      );
      if (/:\/\//.test(line)) continue;
      seen.add(name);
      const span: Span = text.span(found.index, found.index + found[0].length);
      const alike = container.env
        .filter((one) => one.name.value.includes(name))
        .map((one) => ({ span: one.name.span, message: `${one.name.value}, which the container has` }));
      const message = `${nameOf(collector)} reads ${name}, which its container does not set`;
      yield {
        subject: `${nameOf(collector)} ${name}`,
        message,
        span,
        related: [...alike, { span: container.span, message: 'the container' }],
      };
    }
  }
}

/** The files that it loads, or the texts of the object that an operator makes its file of. */
function textsOf({ main, workload }: Collector): readonly MappedText[] {
  const { inline } = workload.object;
  return inline ? textsIn(inline.node) : main.map(({ content }) => content.text());
}

function textsIn(node: Node): readonly MappedText[] {
  if (node.kind === 'map') return [...node.entries.values()].flatMap(({ value }) => textsIn(value));
  if (node.kind === 'list') return node.items.flatMap(textsIn);
  return typeof node.value === 'string' && node.value.includes('$') ? [node.text()] : [];
}

/** By an annotation or an association; where neither is shown, nobody knows. */
function hasRole({ workload: { object, pod } }: Collector, world: World): boolean {
  const account = world.cluster.serviceAccount(object.namespace, pod.serviceAccountName?.value ?? 'default');
  return (
    account === undefined ||
    account.roleArn !== undefined ||
    account.object.role !== undefined ||
    world.aws.podIdentities.length > 0
  );
}

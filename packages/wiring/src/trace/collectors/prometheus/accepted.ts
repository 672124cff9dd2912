import { itemsAt, mapAt, scalarAt } from '../../../read/access';
import type { Node, Span } from '../../../text';
import type { Break } from '../../path';
import { relabelRegex } from '../../scrape/regex';
import type { Collector } from '../find';
import { secondsOf } from './durations';
import { agentFlag, flagFaults } from './flags';
import { ACTIONS, KNOWN } from './known-keys';
import { sourceText } from './settings';
import { misshapen } from './shapes';

interface Fault {
  readonly what: string;
  readonly span: Span;
  readonly help?: string;
}

/**
 * Why Prometheus does not load a configuration, as far as that holds for every version: a setting that is no setting and
 * looks like one, an expression that does not compile, what is there twice or is missing.
 */
export function refusal(root: Node, collector: Collector): Break | undefined {
  const isPartial = collector.workload.object.values !== undefined;
  const [fault] = [...faultsOf(root, isPartial), ...inAgentMode(root, collector), ...flagFaults(collector)];
  return fault && refused(fault, 'Prometheus');
}

/** The same of the part that the receiver of an OpenTelemetry collector has. */
export function refusalOfReceiver(root: Node): Break | undefined {
  const forbidden = ['remote_write', 'remote_read', 'rule_files'].flatMap((key) => {
    const entry = root.kind === 'map' ? root.entries.get(key) : undefined;
    const isEmpty = entry?.value.kind === 'list' && entry.value.items.length === 0;
    return entry && !isEmpty ? [{ what: `${key} is not allowed in a Prometheus receiver`, span: entry.key }] : [];
  });
  const [fault] = [...faultsOf(root), ...forbidden];
  return fault && refused(fault, 'the collector');
}

function refused({ what, span, help }: Fault, program: string): Break {
  return {
    claim: 'config-is-accepted',
    message: `${program} does not load its configuration: ${what}`,
    span,
    related: [],
    ...(help && { help }),
  };
}

function* faultsOf(root: Node, isPartial = false): Iterable<Fault> {
  yield* strange(root, KNOWN.top, 'the configuration');
  yield* strange(mapAt(root, 'global'), KNOWN.global, 'global');
  const names = new Map<string, Span>();
  for (const job of itemsAt(root, 'scrape_configs')) {
    const name = scalarAt(job, 'job_name');
    if ((name?.value ?? '') === '' || !name) {
      yield { what: 'a job of scrape_configs has no job_name', span: job.span };
      continue;
    }
    const text = sourceText(name);
    if (names.has(text)) yield { what: `two jobs are called ${text}`, span: name.span };
    names.set(text, name.span);
    yield* strange(job, KNOWN.job, `job ${text}`);
    const [interval, timeout] = ['scrape_interval', 'scrape_timeout'].map((key) => scalarAt(job, key));
    const fallback = scalarAt(root, 'global', 'scrape_interval');
    // Nothing, and no time at all, is what `global` says.
    const limit = secondsOf(`${interval?.value ?? ''}`) || secondsOf(`${fallback?.value ?? '1m'}`);
    if (timeout && limit !== undefined && (secondsOf(`${timeout.value}`) ?? 0) > limit) {
      yield { what: `the scrape_timeout of job ${text} is longer than its scrape_interval`, span: timeout.span };
    }
    for (const sd of itemsAt(job, 'kubernetes_sd_configs')) yield* discovery(sd, text);
    for (const group of itemsAt(job, 'static_configs'))
      yield* strange(group, KNOWN.static, `static_configs of job ${text}`);
    for (const key of ['relabel_configs', 'metric_relabel_configs']) {
      for (const rule of itemsAt(job, key)) yield* ruleFaults(rule, `job ${text}`);
    }
  }
  for (const write of itemsAt(root, 'remote_write')) {
    yield* strange(write, KNOWN.remoteWrite, 'remote_write');
    // An empty one is loaded, and leads nowhere.
    if (!isPartial && (scalarAt(write, 'url')?.value ?? null) === null)
      yield { what: 'a remote_write has no url', span: write.span };
    yield* strange(mapAt(write, 'sigv4'), KNOWN.sigv4, 'sigv4');
    for (const rule of itemsAt(write, 'write_relabel_configs')) yield* ruleFaults(rule, 'remote_write');
  }
}

function* discovery(node: Node, job: string): Iterable<Fault> {
  yield* strange(node, KNOWN.kubernetes, `kubernetes_sd_configs of job ${job}`);
  const role = scalarAt(node, 'role');
  const roles = ['node', 'pod', 'service', 'endpoints', 'endpointslice', 'ingress'];
  if (!role?.value) yield { what: `kubernetes_sd_configs of job ${job} has no role`, span: node.span };
  else if (!roles.includes(`${role.value}`) && !/[$<{]/.test(`${role.value}`)) {
    yield {
      what: `${role.value} is no role of kubernetes_sd_configs`,
      span: role.span,
      help: `roles are ${roles.join(', ')}`,
    };
  }
}

const RESOURCE_RULE = ['sourceLabels', 'separator', 'regex', 'modulus', 'targetLabel', 'replacement', 'action'];

/** Why whoever reads a monitor does not take it: one rule of it that Prometheus would refuse is enough. */
export function refusalOfMonitor(rules: readonly Node[], monitor: string, who: string): Break | undefined {
  for (const rule of rules) {
    for (const { what, span, help } of ruleFaults(rule, monitor, 'of resources')) {
      const message = `${who} does not take ${monitor}: ${what}`;
      return { claim: 'config-is-accepted', message, span, related: [], ...(help && { help }) };
    }
  }
  return undefined;
}

const NEEDS_TARGET = /^(?:replace|hashmod|lowercase|uppercase|keepequal|dropequal)$/;

function* ruleFaults(
  rule: Node,
  where: string,
  spelling: 'of Prometheus' | 'of resources' = 'of Prometheus',
): Iterable<Fault> {
  const isResource = spelling === 'of resources';
  yield* strange(rule, isResource ? RESOURCE_RULE : KNOWN.rule, `a rule of ${where}`);
  const target = isResource ? 'targetLabel' : 'target_label';
  const text = (key: string) => {
    const scalar = scalarAt(rule, key);
    return scalar && scalar.value !== null ? sourceText(scalar) : undefined;
  };
  const action = (text('action') ?? 'replace').toLowerCase();
  const at = (key: string) => scalarAt(rule, key)?.span ?? rule.span;
  if (!ACTIONS.includes(action)) {
    yield {
      what: `${action} is no action of a relabelling rule`,
      span: at('action'),
      help: `actions are ${ACTIONS.join(', ')}`,
    };
  } else if (NEEDS_TARGET.test(action) && !text(target)) {
    yield { what: `a rule of ${where} with action ${action} has no ${target}`, span: rule.span };
  } else if (action === 'hashmod' && /^0*$/.test(text('modulus') ?? '')) {
    yield { what: `a rule of ${where} with action hashmod has no modulus`, span: at('modulus') };
  } else if (/^label(?:drop|keep)$/.test(action)) {
    const other = ['source_labels', 'sourceLabels', target, 'modulus'].find((key) => !isUnset(rule, key));
    if (other)
      yield { what: `a rule of ${where} with action ${action} takes a regex only, no ${other}`, span: at(other) };
  }
  const regex = text('regex');
  if (regex !== undefined && !relabelRegex(regex) && isRefused(regex)) {
    yield { what: `the expression ${JSON.stringify(regex)} of ${where} does not compile`, span: at('regex') };
  }
}

function isUnset(rule: Node, key: string): boolean {
  const value = rule.kind === 'map' ? rule.entries.get(key)?.value : undefined;
  if (value?.kind === 'list') return value.items.length === 0;
  return value?.kind !== 'scalar' || value.value === null || value.value === '' || value.value === 0;
}

/** What RE2 certainly refuses: brackets that are not closed, or nothing to repeat. */
function isRefused(regex: string): boolean {
  try {
    new RegExp(
      regex.replace(/\(\?[a-zA-Z-]+\)|\(\?P</g, (found) => (found.endsWith('<') ? '(?<' : '')),
      'u',
    );
    return false;
  } catch {
    return true;
  }
}

/**
 * A setting of the wrong shape, or a key that Prometheus does not know and that is all but one that it does; one that is
 * wholly new may be of a later version.
 */
function* strange(node: Node | undefined, known: readonly string[], where: string): Iterable<Fault> {
  if (node?.kind !== 'map') return;
  for (const { what, node: wrong } of misshapen(node, where)) yield { what, span: wrong.span };
  for (const [key, entry] of node.entries) {
    if (known.includes(key)) continue;
    const meant = known.find((other) => isNear(key, other));
    if (meant) yield { what: `${where} has no setting ${key}`, span: entry.key, help: `write ${meant}` };
  }
}

/** One letter more, less or other, two that changed places, or other letters than the case: `relabel_config`, `sourceLabels`. */
export function isNear(a: string, b: string): boolean {
  const plain = (text: string) => text.toLowerCase().replace(/[_-]/g, '');
  if (plain(a) === plain(b)) return true;
  let head = 0;
  while (head < a.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < Math.min(a.length, b.length) - head && a.at(-1 - tail) === b.at(-1 - tail)) tail++;
  const [left, right] = [a.length - head - tail, b.length - head - tail];
  if (Math.max(a.length, b.length) < 4) return false;
  if (left <= 1 && right <= 1) return true;
  return left === 2 && right === 2 && a[head] === b[head + 1] && a[head + 1] === b[head];
}

function* inAgentMode(root: Node, collector: Collector): Iterable<Fault> {
  if (!agentFlag(collector) || root.kind !== 'map') return;
  for (const key of ['alerting', 'rule_files', 'remote_read']) {
    const entry = root.entries.get(key);
    const isEmpty =
      !entry ||
      (entry.value.kind === 'scalar' && entry.value.value === null) ||
      (entry.value.kind === 'list' && entry.value.items.length === 0) ||
      (entry.value.kind === 'map' && entry.value.entries.size === 0);
    if (entry && !isEmpty)
      yield { what: `${key} is not allowed in agent mode`, span: entry.key, help: `leave ${key} out` };
  }
}

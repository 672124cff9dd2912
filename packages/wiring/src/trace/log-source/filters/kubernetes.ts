import { textOf, type Value } from '../../../model';
import type { FluentBitSection } from '../../../read/fluent-bit';
import { type Failure, type Filter, type Flow, type FlowContext, goesOn, lacking, saw } from '../flow';
import { sampleOf, samplesOf } from '../log-files';
import { isOn } from '../parsers';
import { CONTENT, type Field, find, type LogRecord, MAYBE, map, text, withField, without } from '../record';
import { logRegex } from '../regex';

/** The names in a tag, behind the prefix (Fluent Bit, plugins/filter_kubernetes/kube_regex.h). */
const TAG_REGEX =
  '(?<pod_name>[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*)_(?<namespace_name>[^_]+)_(?<container_name>.+)-(?<docker_id>[a-z0-9]{64})\\.log$';
const DEFAULT_PREFIX = 'kube.var.log.containers.';

/** Adds what the API server knows of the pod, by the names that stand in the tag. */
export const kubernetes: Filter = (flow, section, context) => {
  const option = (key: string, otherwise: boolean) => {
    const value = textOf(section.get(key)?.value);
    return value === undefined ? otherwise : isOn(value);
  };
  if (option('use_journal', false) || section.get('kube_meta_preload_cache_dir')) {
    const what = 'what the kubernetes filter adds when it does not go by the tag';
    return goesOn(lacking({ ...flow, record: { ...flow.record, isOpen: true } }, { kind: 'not-examined', what }));
  }
  if (option('k8s-logging.exclude', false) && isExcluded(context)) {
    const why = 'its pod is annotated with fluentbit.io/exclude';
    return goesOn(flow, { dropped: { section, why, span: section.span, isAsked: true } });
  }
  const named = namesIn(flow, section, context);
  let next = flow;
  if ('failure' in named) next = { ...next, failures: [...next.failures, named.failure] };
  else if ('open' in named) next = lacking(withMeta(next, MAYBE), { kind: 'record', what: named.open });
  else next = asked(next, section, context, option, named.evidence);
  const isMerging = option('merge_log', false);
  if (isMerging && (next.isRaw || find(next.record, ['log']).isThere === 'no')) {
    const why = next.isRaw
      ? 'the line still begins with what containerd writes before it'
      : 'records have no key "log"';
    const setting = section.get('merge_log');
    const message = `Merge_Log has nothing to merge: ${why}`;
    const failure: Failure = { kind: 'merge', section, message, span: setting?.span ?? section.span, related: [] };
    next = { ...next, failures: [...next.failures, failure] };
  }
  return goesOn(next, { record: next.isRaw ? next.record : merged(next.record, section, option) });
};

type Option = (key: string, otherwise: boolean) => boolean;

function withMeta(flow: Flow, field: Field): Flow {
  return { ...flow, record: withField(flow.record, 'kubernetes', field) };
}

/** Asks the API server, or the kubelet, unless the tag is enough. */
function asked(flow: Flow, section: FluentBitSection, context: FlowContext, option: Option, evidence: string): Flow {
  const { file, workload } = context;
  const names = {
    pod_name: text(file.pod),
    namespace_name: text(file.namespace),
    container_name: text(file.container),
    docker_id: text(file.id),
  };
  const seen = saw(flow, evidence, section.get('kube_tag_prefix')?.span ?? section.span);
  if (option('use_tag_for_meta', false)) return withMeta(seen, map(names));
  const {
    truth,
    missing,
    failure,
    evidence: granted,
  } = context.metadata(section, option('use_kubelet', false) ? 'nodes/proxy' : 'pods');
  if (truth === 'no' && failure) {
    return { ...seen, failures: [...seen.failures, { kind: 'metadata', section, ...failure }] };
  }
  const extra: Record<string, Field> = {
    pod_id: CONTENT,
    host: CONTENT,
    container_hash: MAYBE,
    container_image: MAYBE,
  };
  const own = (entries: ReadonlyMap<string, { readonly value: string }>) =>
    map(Object.fromEntries([...entries].map(([key, { value }]) => [key, text(value)])), true);
  if (option('labels', true))
    extra.labels = workload && workload.pod.labels.size > 0 ? own(workload.pod.labels) : MAYBE;
  if (option('annotations', true)) {
    extra.annotations = workload && workload.pod.annotations.size > 0 ? own(workload.pod.annotations) : MAYBE;
  }
  if (option('owner_references', false)) extra.ownerReferences = MAYBE;
  let record = seen.record;
  if (option('namespace_labels', false) || option('namespace_annotations', false)) {
    record = withField(record, 'kubernetes_namespace', MAYBE);
  }
  const field = map({ ...names, ...extra });
  if (truth === 'unknown') {
    const next = withMeta({ ...seen, record }, MAYBE);
    return missing
      ? { ...next, record: withField(record, 'kubernetes', field), missing: [...next.missing, missing] }
      : next;
  }
  return withMeta({ ...seen, record, evidence: [...seen.evidence, ...granted] }, field);
}

/** Are the names that it finds in the tag those of the pod? */
function namesIn(
  flow: Flow,
  section: FluentBitSection,
  { file, parsers }: FlowContext,
): { readonly evidence: string } | { readonly failure: Failure } | { readonly open: string } {
  const setting = section.get('kube_tag_prefix');
  const prefix = setting ? textOf(setting.value) : DEFAULT_PREFIX;
  const own = section.get('regex_parser');
  const parser = own && parsers.parsers.get(textOf(own.value) ?? '');
  const regex = own ? parser?.regex && logRegex(parser.regex) : logRegex(TAG_REGEX);
  const tags = samplesOf(flow.tag);
  if (prefix === undefined || !regex || !tags) return { open: 'what names the kubernetes filter finds in the tag' };
  const wanted: readonly (readonly [string, Value])[] = [
    ['pod_name', file.pod],
    ['namespace_name', file.namespace],
  ];
  // Only the length of the prefix counts: as many letters are cut off, whatever they are.
  const found = tags.map((tag) =>
    prefix.length + 1 >= tag.length ? undefined : regex.search(tag.slice(prefix.length)),
  );
  const good = found.map((one, index) =>
    wanted.every(([name, value]) => one?.named.get(name) === sampleOf(value, index)),
  );
  if (good.every((one) => one)) return { evidence: `the tag behind ${prefix} names pod and namespace` };
  if (good.some((one) => one)) return { open: 'what names the kubernetes filter finds in the tag' };
  const seen = found[0]?.named.get('pod_name');
  const what = seen === undefined ? 'no pod' : `a pod called ${JSON.stringify(seen)}`;
  return {
    failure: {
      kind: 'metadata',
      section,
      message: `the kubernetes filter cuts ${JSON.stringify(prefix)} off the tag ${tags[0]} and finds ${what} behind it`,
      span: setting?.span ?? section.span,
      related: [],
    },
  };
}

/** `Merge_Log`: the keys of a line that is JSON become keys of the record. */
function merged(record: LogRecord, section: FluentBitSection, option: Option): LogRecord {
  const isParsed = option('k8s-logging.parser', false);
  if (!(option('merge_log', false) || isParsed) || find(record, ['log']).isThere === 'no') return record;
  const key = textOf(section.get('merge_log_key')?.value);
  const kept = option('keep_log', true) ? record : withField(record, 'log', MAYBE);
  return key === undefined
    ? { ...kept, isOpen: true }
    : withField(
        without(kept, (one) => one === key),
        key,
        MAYBE,
      );
}

function isExcluded({ workload, container }: FlowContext): boolean {
  const annotations = workload?.pod.annotations;
  return ['fluentbit.io/exclude', `fluentbit.io/exclude-${container?.name ?? ''}`].some((key) =>
    isOn(annotations?.get(key)?.value),
  );
}

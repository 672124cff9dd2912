import { labelOf } from '../../model';
import type { HopBuilder } from '../path';
import type { RelabelRule } from '../scrape/relabel';
import { annotationOf, PATH_ANNOTATION, PORT_ANNOTATION, SCHEME_ANNOTATION, type Scrape } from './scrape-of';

/** What rules may read beside the annotation without making a choice of pods. */
const NEUTRAL = /^(?:__address__|__meta_kubernetes_pod_ip|__meta_kubernetes_pod_host_ip|__scheme__|__metrics_path__)$/;

const SAID: readonly (readonly [annotation: string, what: string, form: RegExp, got: (s: Scrape) => string])[] = [
  [PORT_ANNOTATION, 'port', /^[1-9]\d{0,4}$/, ({ target }) => target.port],
  [PATH_ANNOTATION, 'path', /^\/[^?]*$/, ({ target }) => target.path],
  [SCHEME_ANNOTATION, 'scheme', /^https?$/, ({ target }) => target.scheme],
];

/** Rules that read what a pod says of its metrics, and then go somewhere else, do not do what they were written for. */
export function judgeFollowed(hop: HopBuilder, scrape: Scrape): void {
  const { source, pipeline, workload } = scrape;
  for (const [key, what, form, got] of SAID) {
    const written = annotationOf(scrape, key);
    if (!written || !form.test(written.value) || got(scrape) === written.value) continue;
    const chain = chainOf(source.rules, key);
    const last = chain[chain.length - 1];
    if (!last || target(scrape, what) === undefined) continue;
    const label = labelOf(workload.object);
    hop.breaks({
      claim: 'annotation-is-followed',
      message: `${pipeline.component} scrapes ${label} on ${what} ${got(scrape) || 'none'}, and ${key} says ${written.value}`,
      span: last.regexSpan ?? last.span,
      related: [
        { span: written.span, message: `the ${what} is said here` },
        ...chain.slice(0, -1).map((rule) => ({ span: rule.regexSpan ?? rule.span, message: 'a rule that reads it' })),
        { span: last.span, message: 'the last rule that reads it' },
      ],
    });
    return;
  }
}

function target({ target: { missing } }: Scrape, what: string): string | undefined {
  return missing.length === 0 ? what : undefined;
}

/** The rules that read the label of an annotation, and those that read what these write. */
function chainOf(rules: readonly RelabelRule[], annotation: string): readonly RelabelRule[] {
  const tainted = new Set(
    ['pod', 'service'].map((of) => `__meta_kubernetes_${of}_annotation_${annotation.replace(/[^a-zA-Z0-9]/g, '_')}`),
  );
  const chain: RelabelRule[] = [];
  for (const rule of rules) {
    if (rule.action !== 'replace' || !rule.sources.some((source) => tainted.has(source))) continue;
    if (chain.length === 0 && !rule.sources.every((source) => tainted.has(source) || NEUTRAL.test(source))) return [];
    chain.push(rule);
    // Labels that stay with the samples are for people; only what is read again, or read by the scrape, matters.
    if (rule.target.startsWith('__')) tainted.add(rule.target);
  }
  return chain.some((rule) => rule.target.startsWith('_')) ? chain : [];
}

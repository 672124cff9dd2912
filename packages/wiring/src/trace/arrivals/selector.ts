import type { Missing } from '../../model';
import { type Matcher, type Selector, takesValue } from '../../read/promql';
import type { Span } from '../../text';
import type { Evidence, Hop } from '../path';
import type { Arrival, Arriving } from './arrival';
import type { Store } from './look';
import { matchLabel } from './match';
import { nearest, shownValues } from './near';
import { ALERTS } from './recorded';
import { type FaultKind, few, no, open, type QueryFault, type QueryVerdict } from './verdict';

/** What one target says to a selector, and how near it comes. */
interface Answer {
  readonly truth: 'yes' | 'no' | 'unknown';
  readonly kind?: FaultKind;
  readonly missing?: Missing;
  readonly matcher?: Matcher;
  readonly value?: string;
  readonly arriving?: Arriving;
}

/** Hops between a workload and what scrapes it. */
const SCRAPED = new Set(['discovery', 'relabelling', 'scrape', 'network', 'configuration']);

const RANK: readonly (FaultKind | undefined)[] = [undefined, 'metric', 'dropped', 'label', 'value'];

/** The name that a selector asks for; `undefined`: more than one, or one that nobody knows. */
export function nameOf({ name, matchers }: Selector): string | undefined {
  if (name) return name.isOpen ? undefined : name.text;
  const own = matchers.find(({ label, op, isOpen }) => label === '__name__' && op === '=' && !isOpen);
  return own?.value;
}

/** Does a selector find series in a store? */
export function judgeSelector(selector: Selector, store: Store, extra: readonly Matcher[] = []): QueryVerdict {
  const matchers = [...selector.matchers.filter(({ label }) => label !== '__name__'), ...extra];
  const name = nameOf(selector);
  if (name === undefined && selector.isOpen) {
    return open({ kind: 'variable', what: `which metric ${selector.name?.text ?? 'the query'} stands for` });
  }
  const answers: (readonly [Arrival, Answer])[] = [];
  const unproven: Hop[] = [];
  for (const { first, members } of store.groups.of(matchers.map(({ label }) => label))) {
    const names = name === undefined ? namesFor(selector, first) : [name];
    const answer = best(names.map((one) => ask(first, one, matchers)));
    if (answer.truth === 'yes') {
      const proven = members.find((arrival) => !weakHop(arrival, store));
      if (proven) return { truth: 'yes', missing: [], evidence: [seen(proven, name)] };
      unproven.push(...[weakHop(first, store)].flatMap((hop) => hop ?? []));
    }
    answers.push([first, answer]);
  }
  if (unproven.length > 0) {
    const [hop] = unproven;
    const state = hop.status === 'broken' ? 'is broken' : 'is not proven';
    return open({
      kind: 'earlier-path',
      what: `whether ${name ?? 'it'} arrives: its metrics path ${state} at the hop "${hop.kind}"`,
    });
  }
  const unsure = answers.flatMap(([, answer]) => (answer.truth === 'unknown' ? (answer.missing ?? []) : []));
  const isUnsure = answers.some(([, { truth }]) => truth === 'unknown');
  if (isUnsure || store.open.length > 0) return open(...few([...unsure, ...store.open]));
  return no(fault(selector, name, store, answers));
}

/** The hop for which nobody knows whether samples of the target arrive. */
function weakHop({ flow }: Arrival, { isLocal }: Store): Hop | undefined {
  const { hops } = flow.path;
  return (isLocal ? hops.filter(({ kind }) => SCRAPED.has(kind)) : hops).find(({ status }) => status !== 'proven');
}

/** Every name of the pages that a matcher of the name takes. */
function namesFor({ matchers }: Selector, arrival: Arrival): readonly string[] {
  const ofName = matchers.filter(({ label }) => label === '__name__');
  return arrival.names().filter((name) => ofName.every((one) => one.isOpen || takesValue(one, name)));
}

function ask(arrival: Arrival, name: string, matchers: readonly Matcher[]): Answer {
  const asked = [...new Set(matchers.map(({ label }) => label))];
  const found = arrival.series(name, asked);
  if (found.length === 0) return { truth: 'no', kind: 'metric' };
  return best(found.map((arriving) => answerOf(arriving, name, matchers, arrival)));
}

function answerOf(arriving: Arriving, name: string, matchers: readonly Matcher[], { coverage }: Arrival): Answer {
  if (arriving.kind === 'dropped') return { truth: 'no', kind: 'dropped', arriving };
  if (arriving.kind === 'open') return { truth: 'unknown', missing: arriving.missing };
  let unsure: Answer | undefined;
  for (const matcher of matchers) {
    const label = arriving.labels.get(matcher.label);
    const truth = matchLabel(matcher, label, arriving.isOnPage);
    if (truth === 'no') {
      const isThere = (label?.value ?? '') !== '';
      const value = label?.value;
      return { truth, kind: isThere ? 'value' : 'label', matcher, arriving, ...(value !== undefined && { value }) };
    }
    const isSaved = arriving.isOnPage && coverage.pages.some(({ series }) => series.has(name));
    const what = isSaved
      ? `whether ${matcher.label} of ${name} is ever ${JSON.stringify(matcher.value)}: the saved page has no such series`
      : `whether ${name} has ${matcher.label}${matcher.op}${JSON.stringify(matcher.value)}`;
    if (truth === 'unknown') unsure ??= { truth, missing: { kind: 'label', what } };
  }
  if (unsure) return arriving.isOnPage || !coverage.missing ? unsure : { ...unsure, missing: coverage.missing };
  if (arriving.missing) return { truth: 'unknown', missing: arriving.missing };
  if (!arriving.isOnPage && coverage.missing) return { truth: 'unknown', missing: coverage.missing };
  return { truth: 'yes' };
}

/** The answer that says most. */
function best(answers: readonly Answer[]): Answer {
  const rank = ({ truth, kind }: Answer) => (truth === 'yes' ? 100 : truth === 'unknown' ? 50 : RANK.indexOf(kind));
  let found: Answer = { truth: 'no', kind: 'metric' };
  for (const answer of answers) if (rank(answer) > rank(found)) found = answer;
  return found;
}

function seen({ flow, coverage }: Arrival, name: string | undefined): Evidence {
  const { source } = flow.path;
  const who = `${source.kind} ${source.namespace ? `${source.namespace}/` : ''}${source.name}`;
  const page = coverage.pages.find(({ series }) => name !== undefined && series.has(name));
  const shape = page?.series.get(name ?? '')?.shapes[0];
  return {
    text: `${name ?? 'a metric that is asked for'} of ${who} arrives${page ? `, as ${page.file} shows` : ''}`,
    ...(shape && { span: shape.span }),
  };
}

function fault(
  selector: Selector,
  name: string | undefined,
  store: Store,
  answers: readonly (readonly [Arrival, Answer])[],
): QueryFault {
  const nearestAnswer = best(answers.map(([, answer]) => answer));
  const { kind = 'metric', matcher, arriving } = nearestAnswer;
  const what = name ?? 'what the query asks for';
  const [arrival] = answers.find(([, answer]) => answer === nearestAnswer) ?? [];
  const scrape = arrival?.flow.pipeline;
  const related = scrape ? [{ span: scrape.span, message: `${scrape.component} scrapes it` }] : [];
  const span: Span = selector.name?.span ?? selector.span;
  switch (kind) {
    case 'dropped': {
      const rule = arriving?.kind === 'dropped' ? arriving.rule : undefined;
      return {
        kind,
        message: `${what} never arrives in ${store.label}: ${rule?.component ?? 'a rule'} drops it`,
        span,
        related: rule
          ? [{ span: rule.regexSpan ?? rule.span, message: 'the rule that drops it' }, ...related]
          : related,
        help: `let the rule keep ${what}, or ask for a metric that arrives`,
      };
    }
    case 'label':
      return {
        kind,
        message: `${what} arrives in ${store.label} without a label ${matcher?.label}, which the query asks for`,
        span: matcher?.labelSpan ?? span,
        related,
        ...helpFor(matcher?.label, arriving?.kind === 'series' ? [...arriving.labels.keys()] : []),
      };
    case 'value': {
      const label = matcher?.label ?? '';
      return {
        kind,
        message: `no series of ${what} in ${store.label} has ${label}${matcher?.op}${JSON.stringify(matcher?.value)}`,
        span: matcher?.valueSpan ?? span,
        related,
        help: `values of ${label} are ${shownValues(answers.flatMap(([, { value }]) => value ?? []))}`,
      };
    }
    default:
      return {
        kind: 'metric',
        message: `nothing that is written to ${store.label} is called ${what}`,
        span,
        related: store.arrivals.slice(0, 1).map(({ flow }) => ({
          span: flow.sink.span,
          message: `${flow.sink.component} writes there`,
        })),
        ...helpFor(
          name,
          [...store.groups.of([]).flatMap(({ first }) => first.names()), ...store.recorded.keys()].filter(
            (one) => !ALERTS.includes(one),
          ),
        ),
      };
  }
}

function helpFor(wanted: string | undefined, there: readonly string[]): { readonly help?: string } {
  const near = wanted === undefined ? undefined : nearest(wanted, there);
  return near === undefined ? {} : { help: `did you mean ${near}?` };
}

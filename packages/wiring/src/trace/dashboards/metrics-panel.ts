import type { PanelQuery } from '../../model';
import { type PromqlQuery, readPromql } from '../../read/promql';
import type { MappedText } from '../../text';
import type { Claim } from '../claim';
import { blocked, type Hop, HopBuilder } from '../path';
import type { QueryJudge, QueryVerdict } from './judge';
import { mergeHops } from './merge';
import type { Store } from './store';

/** Asked of metrics: it can be read, and what it asks for arrives. */
export interface Asked {
  readonly who: string;
  readonly store: Store;
  readonly judge: QueryJudge;
}

/** The hops `query` and `metrics` of a panel that asks in PromQL. */
export function metricsHops(queries: readonly PanelQuery[], asked: Asked): readonly Hop[] {
  return mergeHops(
    ...queries.flatMap(({ expression }) => {
      if (!expression) return [];
      const { hop, query } = parseHop(expression.text(), asked);
      return [hop, arrivalHop(query, asked)];
    }),
  );
}

/** Only of Amazon's store it is certain that it takes PromQL and nothing else: others have dialects of their own. */
export function parseHop(
  text: MappedText,
  { who, store }: Pick<Asked, 'who' | 'store'>,
): { readonly hop: Hop; readonly query?: PromqlQuery } {
  const hop = new HopBuilder('query', who, 'PromQL');
  const { query, problems, open } = readPromql(text, { variables: true });
  const [problem] = problems;
  if (problem && !store.isAmazon) hop.lacks({ kind: 'query', what: `whether its store takes it: ${problem.message}` });
  else if (problem) {
    hop.breaks({
      claim: 'panel-query-parses',
      message: `${who} asks what Prometheus cannot read: ${problem.message}`,
      span: problem.span ?? text.whole,
      related: [],
      ...(problem.help && { help: problem.help }),
    });
  } else if (open) hop.lacks(open);
  else hop.saw('Prometheus can read it', text.whole);
  return { hop: hop.build(), ...(query && { query }) };
}

export function arrivalHop(query: PromqlQuery | undefined, { who, store, judge }: Asked): Hop {
  const from = store.workspace?.label ?? 'a workspace';
  if (!query) return blocked('metrics', from, who, 'query');
  if (!store.workspace) return blocked('metrics', from, who, 'url');
  return verdictHop(judge.query(query, store.workspace), from, who);
}

const CLAIMS: Readonly<Record<NonNullable<QueryVerdict['fault']>['kind'], Claim>> = {
  metric: 'panel-metric-arrives',
  dropped: 'panel-metric-arrives',
  label: 'panel-label-arrives',
  value: 'panel-value-arrives',
};

export function verdictHop(verdict: QueryVerdict, from: string, who: string): Hop {
  const hop = new HopBuilder('metrics', from, who);
  const { fault, missing, evidence } = verdict;
  if (fault) {
    const { kind, ...told } = fault;
    return hop.breaks({ claim: CLAIMS[kind], ...told }).build();
  }
  for (const { text, span } of evidence) hop.saw(text, span);
  return hop.lacks(...missing).build();
}

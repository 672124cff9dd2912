import type { QueryRule } from '../../model';
import { type PromqlQuery, readPromql } from '../../read/promql';
import type { FaultKind, QueryVerdict } from '../arrivals';
import type { Claim } from '../claim';
import { blocked, type Hop, HopBuilder } from '../path';

export interface RuleQuery {
  readonly hop: Hop;
  readonly query?: PromqlQuery;
}

/** Can the ruler read what a rule asks? */
export function queryHop(rule: QueryRule, who: string): RuleQuery {
  const hop = new HopBuilder('query', who, 'PromQL');
  const { expr } = rule;
  if (!expr || `${expr.value ?? ''}`.trim() === '') return { hop: blocked('query', who, 'PromQL', 'rules') };
  const { query, problems, open } = readPromql(expr.text(), { values: true });
  const [problem] = problems;
  if (problem) {
    hop.breaks({
      claim: 'rule-expression-is-readable',
      message: `${who} asks what Prometheus cannot read: ${problem.message}`,
      span: problem.span ?? expr.span,
      related: [],
      ...(problem.help && { help: problem.help }),
    });
  } else if (open) hop.lacks(open);
  else if (query?.type === 'matrix' || query?.type === 'string') {
    hop.breaks({
      claim: 'rule-expression-is-readable',
      message: `${who} asks for a ${query.type === 'matrix' ? 'range' : 'text'}, and a rule needs a vector or a number`,
      span: expr.span,
      related: [],
    });
  } else hop.saw('Prometheus can read it', expr.span);
  const isUsable = query && !hop.isBroken;
  return { hop: hop.build(), ...(isUsable && { query }) };
}

const CLAIMS: Readonly<Record<FaultKind, Claim>> = {
  metric: 'rule-metric-arrives',
  dropped: 'rule-metric-arrives',
  label: 'rule-label-arrives',
  value: 'rule-value-arrives',
};

/** Does what a rule asks for arrive in its store? */
export function metricsHop({ truth, fault, missing, evidence }: QueryVerdict, from: string, who: string): Hop {
  const hop = new HopBuilder('metrics', from, who);
  for (const { text, span } of evidence) hop.saw(text, span);
  if (truth === 'no' && fault) {
    const { kind, ...told } = fault;
    return hop.breaks({ claim: CLAIMS[kind], ...told }).build();
  }
  return hop.lacks(...missing).build();
}

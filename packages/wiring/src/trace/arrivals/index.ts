export { type Evaluator, type Evaluators, evaluatorsOf, serversOf } from './evaluators';
export { judgeLabel, judgeQuery, resultLabels } from './expression';
export { type LabelNames, type StrayLabel, strayLabels } from './labels';
export type { Look, Store } from './look';
export { ruleSetsOf } from './mounted-rules';
export { isOf, workspaceOf } from './owner';
export { Arrivals } from './store';
export type { FaultKind, QueryFault, QueryVerdict } from './verdict';

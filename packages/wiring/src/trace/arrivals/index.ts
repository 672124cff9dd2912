export { type Evaluator, type Evaluators, evaluatorsOf, serversOf } from './evaluators';
export { judgeLabel, judgeQuery, resultLabels } from './expression';
export { type LabelNames, type StrayLabel, strayLabels } from './labels';
export { ruleSetsOf } from './mounted-rules';
export { isOf, workspaceOf } from './owner';
export { Arrivals, type Look, type Store } from './store';
export type { FaultKind, QueryFault, QueryVerdict } from './verdict';

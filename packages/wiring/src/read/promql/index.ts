export { takesValue } from './matching';
export { type PromqlOptions, type PromqlReading, readPromql } from './read';
export {
  type Aggregate,
  type Binary,
  type Call,
  type Expr,
  type Grouping,
  type GroupingKind,
  type Matcher,
  type MatchOperator,
  type PromqlQuery,
  type Range,
  SET_OPERATORS,
  type Selector,
  type ValueType,
  type Word,
  walkExpr,
} from './syntax';

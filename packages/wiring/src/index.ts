export {
  type Explanation,
  explain,
  renderRule,
  renderRuleIndex,
  renderRulePage,
  renderRules,
  suggest,
} from './explain';
export { type Graph, type GraphEdge, type GraphNode, graphOf, renderDot, renderMermaid } from './graph';
export { type FileTree, MemoryFileTree } from './read/file-tree';
export type { Problem } from './read/problem';
export { type PromqlOptions, type PromqlQuery, type PromqlReading, readPromql } from './read/promql';
export { readSightlineConfig, type SightlineConfig, type Suppression, type WorldConfig } from './read/sightline-json';
export {
  type Assumption,
  type Finding,
  type HopVerdict,
  type PathVerdict,
  type Place,
  renderHtml,
  renderJson,
  renderSarif,
  renderText,
  type Status,
  type Summary,
  type TextOptions,
  type Verdict,
  type WorldSummary,
} from './report';
export { type Change, type Example, type Files, type Rule, rules, type Severity } from './rules';
export { MappedText, type Position, SourceText, type Span } from './text';
export { type VerifyOptions, verify } from './verify';

export { assemble } from './assemble';
export { renderHtml } from './html';
export { renderJson } from './json';
export { painter } from './paint';
export { renderSarif } from './sarif';
export { renderFinding, renderText, type TextOptions } from './text';
export type {
  Assumption,
  Finding,
  HopVerdict,
  PathVerdict,
  Place,
  Status,
  Summary,
  Verdict,
  WorldSummary,
} from './verdict';

export { assemble } from './assemble';
export { renderJson } from './json';
export { painter } from './paint';
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

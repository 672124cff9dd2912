export { type Excerpt, excerptsOf } from './excerpt';
export { type Explanation, explain } from './explain';
export { renderRuleIndex, renderRulePage } from './markdown';
export { runExample } from './run-example';
export { suggest } from './suggest';
export { renderRule, renderRules } from './text';

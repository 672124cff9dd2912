export { readInsights } from './parser';
export type { Command, Doubt, Expression, InsightsQuery, Item, Name } from './syntax';
export { RESULT_FIELDS, SYSTEM_FIELDS } from './vocabulary';

export { type JudgedQuery, judgeInsights } from './judge';
export { logQueryPaths } from './paths';
export { insightsPermission } from './permission';
export type { AskedGroup, LogQuery } from './query';

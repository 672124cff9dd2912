export { type Decision, decide, nearest, type StatementReview } from './evaluate';
export { managedPolicy } from './managed-policies';
export type { KeyValue, Request, RequestContext } from './request';

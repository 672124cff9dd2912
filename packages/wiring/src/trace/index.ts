export {
  type Arrivals,
  evaluatorsOf,
  judgeLabel,
  judgeQuery,
  resultLabels,
  ruleSetsOf,
  type Store,
  serversOf,
  strayLabels,
  workspaceOf,
} from './arrivals';
export { ASSUMPTIONS, type AssumptionId, assumptionsOf } from './assumptions';
export type { Claim } from './claim';
export {
  type Collector,
  type CollectorKind,
  type FoundCollectors,
  findCollectors,
  type MountedFile,
  type Unconfigured,
} from './collectors/find';
export { type LogsPlan, logsPlan, nameOf, pluginOf } from './collectors/logs-plan';
export { isMetricsCollector, metricsPlan } from './collectors/metrics-collectors';
export type { TargetSource } from './collectors/scrape-plan';
export { absentControllers } from './controllers';
export { panelQuestions, queryRights, shareGrafana } from './dashboards';
export { Environment } from './environment';
export { isExporter } from './exporter';
export { type AskedGroup, insightsPermission, type JudgedQuery, judgeInsights, type LogQuery } from './insights';
export { isForContainers, tailsOf } from './log-source/inputs';
export { isUnder } from './log-source/mounts';
export { type Route, type Routes, routesOf } from './log-source/routes';
export type { Break, Endpoint, Evidence, Hop, Path, Signal, Status } from './path';
export { isNeverGiven, metaLabelsOf } from './scrape/meta-labels';
export { type Traced, traceWorlds } from './trace';

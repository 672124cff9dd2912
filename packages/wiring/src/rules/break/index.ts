import type { Claim } from '../../trace';
import type { Rule } from '../rule';
import { alerts } from './alerts';
import { backends } from './backends';
import { dashboards } from './dashboards';
import { gitops } from './gitops';
import { identity } from './identity';
import { insights } from './insights';
import { logs } from './logs';
import { metrics } from './metrics';
import { metricsCollectors } from './metrics-collectors';
import { metricsMonitors } from './metrics-monitors';
import { network } from './network';

/** One rule for each claim that can fail. No logic: the trace has decided, this says what it means. */
export const breakRules: Readonly<Record<Claim, Rule>> = {
  ...identity,
  ...metrics,
  ...metricsCollectors,
  ...metricsMonitors,
  ...logs,
  ...insights,
  ...backends,
  ...alerts,
  ...network,
  ...gitops,
  ...dashboards,
};

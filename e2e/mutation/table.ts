import type { Operator } from './operator';
import { alloyOperators } from './operators/alloy';
import { dashboardOperators } from './operators/dashboards';
import { environmentOperators } from './operators/environment';
import { fluentBitOperators } from './operators/fluent-bit';
import { gitopsOperators } from './operators/gitops';
import { identityOperators } from './operators/identity';
import { monitorOperators } from './operators/monitors';
import { prometheusOperators } from './operators/prometheus';
import { ruleOperators } from './operators/rules';
import { workloadOperators } from './operators/workloads';

/** Every fault that is tried. Written down before anybody looked at what the rules catch; rules know nothing of it. */
export const operators: readonly Operator[] = [
  ...identityOperators,
  ...environmentOperators,
  ...workloadOperators,
  ...alloyOperators,
  ...fluentBitOperators,
  ...prometheusOperators,
  ...gitopsOperators,
  ...dashboardOperators,
  ...ruleOperators,
  ...monitorOperators,
];

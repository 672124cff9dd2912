import { type Expr, walkExpr } from '../../read/promql';
import { judgeQuery } from '../../trace';
import { example } from '../example';
import { ALERTS } from '../examples/alerts';
import type { LintRule } from './lint-rule';
import { askedRules } from './of-rules';

/** Jobs of what AWS runs: pods of a cluster cannot call them. */
const JOBS = /^(?:kube-scheduler|kube-controller-manager|etcd|kube-etcd)$/;

export const controlPlaneAlert: LintRule = {
  id: 'alerts/control-plane-alert',
  severity: 'warning',
  summary: 'an alert says that a part of the control plane is gone, which nobody can scrape on EKS',
  why: 'AWS runs the scheduler, the controller manager and etcd; the alert fires from the first day on, and people learn to overlook alerts',
  help: 'leave the rule out; kube-prometheus-stack does with kubeScheduler, kubeControllerManager and kubeEtcd set to enabled: false',
  example: example(ALERTS, {
    file: 'rules.yaml',
    good: '            expr: nginx_up == 0 or',
    bad: '            expr: absent(up{job="kube-scheduler", node=~".+"} == 1) or nginx_up == 0 or',
  }),
  check: ({ world, arrivals }) =>
    askedRules(world, arrivals).flatMap(({ rule, query, store, subject }) => {
      if (rule.kind !== 'alert' || !query) return [];
      const job = query.selectors
        .flatMap(({ matchers }) => matchers)
        .find((one) => one.label === 'job' && JOBS.test(one.value));
      if (!job || ![...walkExpr(query.expr)].some(isAbsent)) return [];
      // Where something of that name arrives, somebody scrapes EKS's own endpoint for it; where nothing can, the path is broken.
      if (store && judgeQuery(query, store).truth === 'no') return [];
      if (store?.arrivals.some((one) => one.labels().get('job')?.value === job.value)) return [];
      return [
        {
          subject: `${subject}: ${job.value}`,
          message: `alert ${rule.name.value} fires as long as ${job.value} is not scraped, and on EKS it cannot be`,
          span: job.valueSpan,
        },
      ];
    }),
};

function isAbsent(expr: Expr): boolean {
  return expr.kind === 'call' && expr.function === 'absent';
}

import type { KubeObject } from '../model';

/** Kinds by which the operators of Fluent Bit, Fluentd and others run collectors. */
const LOGGERS: Readonly<Record<string, readonly string[]>> = {
  'fluentbit.fluent.io': ['FluentBit', 'Collector'],
  'fluentd.fluent.io': ['Fluentd'],
  'logging.banzaicloud.io': ['Logging', 'FluentbitAgent'],
  'observability.openshift.io': ['ClusterLogForwarder'],
  'logging.openshift.io': ['ClusterLogForwarder'],
};

export function isLogger({ apiVersion, kind }: KubeObject): boolean {
  const group = apiVersion.slice(0, Math.max(0, apiVersion.indexOf('/')));
  return Object.hasOwn(LOGGERS, group) && LOGGERS[group].includes(kind);
}

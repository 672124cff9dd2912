import type { KubeObject } from '../../model';
import { operatedCollector } from './opentelemetry';
import { operatedPrometheus } from './prometheus-operator';
import { alloyRelease, fluxRelease } from './releases';

/**
 * The objects of a cluster with what operators make of their custom resources: a resource that becomes a collector is
 * replaced by the workload, which keeps its name.
 */
export function withGenerated(objects: readonly KubeObject[]): readonly KubeObject[] {
  const accounts = new Set(objects.filter(({ kind }) => kind === 'ServiceAccount').map(placeOf));
  return objects.flatMap((object) =>
    generated(object).filter(
      (made) => made.kind !== 'ServiceAccount' || made === object || !accounts.has(placeOf(made)),
    ),
  );
}

function generated(object: KubeObject): readonly KubeObject[] {
  if (object.kind === 'HelmRelease' && object.apiVersion.startsWith('helm.toolkit.fluxcd.io/')) {
    return [object, ...fluxRelease(object).flatMap(generated)];
  }
  if (object.kind === 'Alloy' && object.apiVersion.startsWith('collectors.grafana.com/')) {
    return [object, ...alloyRelease(object)];
  }
  if (object.kind === 'OpenTelemetryCollector' && object.apiVersion.startsWith('opentelemetry.io/')) {
    const made = operatedCollector(object);
    return made.length > 0 ? made : [object];
  }
  if (/^Prometheus(?:Agent)?$/.test(object.kind) && object.apiVersion.startsWith('monitoring.coreos.com/')) {
    const made = operatedPrometheus(object);
    return made.length > 0 ? made : [object];
  }
  return [object];
}

function placeOf({ namespace, name }: KubeObject): string {
  return `${namespace?.value ?? ''}/${name.value}`;
}

/** Kinds that collectors are made of; all of their tree is looked at. */
export const COLLECTOR_KINDS: ReadonlySet<string> = new Set([
  'Alloy',
  'HelmRelease',
  'OpenTelemetryCollector',
  'Prometheus',
  'PrometheusAgent',
]);
export { chartObjects, mayBeValues } from './values';

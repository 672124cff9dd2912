import { App, Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Json, JsonObject } from '../src/kustomize/json';
import { isObject } from '../src/kustomize/json';

/** Renders what `make` adds to an empty chart. */
export function render(make: (scope: Construct) => void): JsonObject[] {
  const chart = new Chart(new App(), 'chart');
  make(chart);
  return chart.toJson() as JsonObject[];
}

/** The only object of a kind. */
export function only(objects: JsonObject[], kind: string): JsonObject {
  const found = objects.filter((object) => object.kind === kind);
  if (found.length !== 1 || found[0] === undefined) {
    throw new Error(`expected one ${kind}, found ${found.length}`);
  }
  return found[0];
}

/** The only Deployment, DaemonSet or StatefulSet. */
export function workload(objects: JsonObject[]): JsonObject {
  const kinds = objects.map(({ kind }) => String(kind));
  return only(objects, kinds.find((kind) => ['Deployment', 'DaemonSet', 'StatefulSet'].includes(kind)) ?? 'workload');
}

/** The value at a path of keys and indexes, undefined when there is none. */
export function at(value: Json | undefined, ...path: (string | number)[]): Json | undefined {
  return path.reduce<Json | undefined>((current, step) => {
    if (Array.isArray(current) && typeof step === 'number') {
      return current[step];
    }
    return isObject(current) ? current[step] : undefined;
  }, value);
}

/** Pod spec of a workload. */
export function podSpec(workload: JsonObject): Json | undefined {
  return at(workload, 'spec', 'template', 'spec');
}

/** First container of a workload. */
export function container(workload: JsonObject): Json | undefined {
  return at(podSpec(workload), 'containers', 0);
}

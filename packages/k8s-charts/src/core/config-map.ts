import type { Construct } from 'constructs';
import type { IConfigMap } from 'kubernetes-models/v1';
import { addObject } from './manifest';

export interface ConfigMapProps {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Record<string, string>;
  /** Texts by the name of their file. */
  readonly data: Record<string, string>;
}

/** The ConfigMap with the configuration of a component. */
export function addConfigMap(scope: Construct, { name, namespace, labels, data }: ConfigMapProps): void {
  addObject(scope, 'config-map', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace, labels },
    data,
  } satisfies IConfigMap);
}

import { createHash } from 'node:crypto';
import { ApiObject, type ApiObjectProps } from 'cdk8s';
import type { Construct } from 'constructs';

/** The least that an object of ours has. Names are always given: a hashed one could not be named in a trust policy. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Record<string, string>;
    readonly annotations?: Record<string, string>;
  };
}

/** Adds an object to the chart exactly as written. */
export function addObject<T extends Manifest>(scope: Construct, id: string, manifest: T): ApiObject {
  return new ApiObject(scope, id, manifest as unknown as ApiObjectProps);
}

/** Annotation on a pod template: the pods are replaced when the configuration that they read changes. */
export const CONFIG_CHECKSUM = 'checksum/config';

/** SHA-256 of a configuration text, in hex. */
export function checksum(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

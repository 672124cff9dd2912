import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Json, JsonObject } from './json';

/** A rendered object and the file it goes to. */
export interface Rendered {
  /** Path below the base, such as `monitoring/grafana-alloy.yaml`. */
  readonly file: string;
  readonly id: string;
  readonly manifest: JsonObject;
}

/** The objects of a construct, in the order in which they were made. */
export function renderedObjects(source: IConstruct): JsonObject[] {
  return source.node
    .findAll()
    .filter((construct) => ApiObject.isApiObject(construct))
    .map((object) => object.toJson() as JsonObject);
}

/** What tells an object from all others of a cluster. */
export function objectId(manifest: JsonObject): string {
  const { name, namespace } = metadataOf(manifest);
  return [groupOf(manifest), manifest.kind, namespace ?? '', name].join('/');
}

export function metadataOf(manifest: JsonObject): { readonly [key: string]: Json } {
  return manifest.metadata as JsonObject;
}

function groupOf(manifest: JsonObject): string {
  const version = String(manifest.apiVersion);
  return version.includes('/') ? version.slice(0, version.indexOf('/')) : '';
}

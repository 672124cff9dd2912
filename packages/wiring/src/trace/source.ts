import type { Container, KubeObject } from '../model';
import type { Endpoint } from './path';

/** The start of a path that begins at a collector. */
export function sourceOf(object: KubeObject, container: Container): Endpoint {
  return {
    kind: object.kind,
    name: object.name.value,
    container: container.name,
    ...(object.namespace && { namespace: object.namespace.value }),
  };
}

import type { JsonObject } from './json';

/**
 * Which lists of a kind kustomize merges item by item, and by which field. All other lists are replaced as a whole.
 *
 * The table needs no completeness: a list that is missing here is left out of the base when environments differ, and what an
 * overlay adds to nothing is the same either way. What it says must be so in Kubernetes' OpenAPI schema
 * (`x-kubernetes-patch-merge-key`), by which kustomize goes.
 */
export interface Shape {
  /** Shapes of the fields of a map. */
  readonly fields?: Record<string, Shape>;
  /** Present for a list that is merged. */
  readonly list?: { readonly key: string; readonly item?: Shape };
}

const CONTAINERS: Shape = {
  list: {
    key: 'name',
    item: { fields: { env: { list: { key: 'name' } }, volumeMounts: { list: { key: 'mountPath' } } } },
  },
};

const POD: Shape = {
  fields: {
    spec: {
      fields: {
        containers: CONTAINERS,
        initContainers: CONTAINERS,
        volumes: { list: { key: 'name' } },
        imagePullSecrets: { list: { key: 'name' } },
      },
    },
  },
};

const POD_TEMPLATE: Shape = { fields: { spec: { fields: { template: POD } } } };

const SHAPES: Record<string, Shape> = {
  'v1/Pod': POD,
  'apps/v1/Deployment': POD_TEMPLATE,
  'apps/v1/DaemonSet': POD_TEMPLATE,
  'apps/v1/StatefulSet': POD_TEMPLATE,
  'batch/v1/Job': POD_TEMPLATE,
  'batch/v1/CronJob': { fields: { spec: { fields: { jobTemplate: POD_TEMPLATE } } } },
};

/** Custom kinds have no shape: kustomize merges their maps and replaces their lists. */
export function shapeOf(manifest: JsonObject): Shape | undefined {
  return SHAPES[`${manifest.apiVersion}/${manifest.kind}`];
}

import type { Container, World } from '../model';

/** Programs that are run for nothing but to be scraped: `nginx-prometheus-exporter`, `node-exporter`. */
const EXPORTER = /^(?:.*\/)?(?:[a-z0-9]+[-_])*exporter$/;

export function isExporter({ image, role }: Container): boolean {
  return role !== 'init' && EXPORTER.test((image?.value ?? '').replace(/@.*$/, '').replace(/:[^/:]*$/, ''));
}

/** A world that shows all it has, with an exporter in it. */
export function hasExporter({ closedManifests, cluster }: World): boolean {
  return closedManifests && cluster.workloads.some(({ pod }) => pod.containers.some(isExporter));
}

import type { Application, Delivery, Destination, World } from '../../model';

const ARN = /^arn:[\w-]+:eks:([a-z0-9-]+):(\d{12}):cluster\/(.+)$/;

export interface EksCluster {
  readonly region: string;
  readonly account: string;
  readonly name: string;
}

/** A cluster that EKS's capability for Argo CD knows by its ARN. */
export function eksCluster({ server }: Destination): EksCluster | undefined {
  const [, region, account, name] = ARN.exec(server?.value ?? '') ?? [];
  return name === undefined ? undefined : { region, account, name };
}

const LOCAL = 'https://kubernetes.default.svc';

/** The same text for the same cluster; `undefined` where a template leaves it open. */
export function clusterKey({ server, name }: Destination): string | undefined {
  const key = server?.value.replace(/\/+$/, '') ?? name?.value;
  return key === 'in-cluster' ? LOCAL : key;
}

export function isLocal(destination: Destination): boolean {
  return clusterKey(destination) === LOCAL;
}

/** Where the destination says the cluster. */
export function clusterSpan({ server, name, span }: Destination) {
  return (server ?? name)?.span ?? span;
}

/** Does the source bring the objects of this world, or some of them? */
export function delivers({ directory }: Delivery, { places }: World): boolean {
  return directory !== undefined && places.some((place) => holds(place, directory) || holds(directory, place));
}

/** The Applications that bring the objects of a world. */
export function applicationsOf(world: World, deliveries: readonly Delivery[]): readonly Application[] {
  return [...new Set(deliveries.filter((one) => delivers(one, world)).map(({ application }) => application))];
}

function holds(directory: string, path: string): boolean {
  return directory === '' || path === directory || path.startsWith(`${directory}/`);
}

/** Does the Application, or the annotation of the object, say this option? */
export function hasOption({ syncOptions }: Application, option: string): boolean {
  return syncOptions.some(({ value }) => value === option);
}

const ANNOTATION = 'argocd.argoproj.io/sync-options';

/** Sync options that an object has by its annotation. */
export function optionsOf(annotations: ReadonlyMap<string, { readonly value: string }>): readonly string[] {
  return (annotations.get(ANNOTATION)?.value ?? '').split(',').map((option) => option.trim());
}

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { engine } from '../engines';
import { succeed } from '../engines/run';

/** A Kubernetes object as plain data. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly [field: string]: unknown;
}

/** `apps/v1 Deployment monitoring/grafana-alloy`; a cluster-scoped object has no namespace before its name. */
export function idOf(object: KubernetesObject): string {
  const { name, namespace } = object.metadata;
  return `${object.apiVersion} ${object.kind} ${namespace ? `${namespace}/` : ''}${name}`;
}

export function parseObjects(text: string): KubernetesObject[] {
  return parseAllDocuments(text)
    .map((document) => {
      if (document.errors.length > 0) {
        throw document.errors[0];
      }
      return document.toJS() as KubernetesObject | null;
    })
    .filter((object) => object !== null);
}

/** What the real kustomize builds from a folder, sorted by id. */
export async function buildObjects(folder: string): Promise<KubernetesObject[]> {
  const { stdout } = await succeed([...engine('kustomize').command, 'build', folder], { timeout: 60_000 });
  return sorted(parseObjects(stdout));
}

/** The objects in the files that a kustomization names as resources, before any patch or transformer, sorted by id. */
export function sourceObjects(folder: string): KubernetesObject[] {
  const kustomization = parse(readFileSync(join(folder, 'kustomization.yaml'), 'utf8')) as { resources?: string[] };
  const objects = (kustomization.resources ?? []).flatMap((resource) => {
    const path = join(folder, resource);
    return existsSync(join(path, 'kustomization.yaml'))
      ? sourceObjects(path)
      : parseObjects(readFileSync(path, 'utf8'));
  });
  return sorted(objects);
}

/** The objects in the files of a folder that is no kustomization, sorted by id. */
export function directoryObjects(folder: string): KubernetesObject[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'));
  return sorted(files.flatMap((file) => parseObjects(readFileSync(join(folder, file), 'utf8'))));
}

/** The one object of that kind and name. */
export function only(objects: readonly KubernetesObject[], kind: string, name: string): KubernetesObject {
  const found = objects.filter((object) => object.kind === kind && object.metadata.name === name);
  const [first] = found;
  if (!first || found.length > 1) {
    throw new Error(`expected one ${kind} ${name}, there are ${found.length} among ${objects.map(idOf).join(', ')}`);
  }
  return first;
}

export function sorted(objects: readonly KubernetesObject[]): KubernetesObject[] {
  return [...objects].sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1));
}

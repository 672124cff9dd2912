import type { JsonObject } from './json';
import { metadataOf, type Rendered } from './objects';
import { split } from './split';
import { yamlFile } from './text';

/** Objects of all overlays, spread over the folders of a kustomize tree. */
export class Layout {
  private readonly baseFiles = new Map<string, JsonObject[]>();
  private readonly overlays = new Map<string, OverlayFiles>();

  constructor(rendered: Map<string, Rendered[]>) {
    for (const overlay of rendered.keys()) {
      this.overlays.set(overlay, { resources: new Map(), patches: new Map() });
    }
    for (const [id, file] of filesById(rendered)) {
      this.place(file, objectsById(rendered, id));
    }
  }

  /** Path to text, sorted by path. */
  public files(generatedBy: string): Map<string, string> {
    const files = new Map<string, JsonObject[]>();
    const folders = new Set<string>();
    for (const [file, objects] of this.baseFiles) {
      files.set(`base/${file}`, objects);
      folders.add(folderOf(file));
    }
    for (const folder of folders) {
      const resources = [...this.baseFiles.keys()].filter((file) => folderOf(file) === folder).map(fileNameOf);
      files.set(`base/${folder}/kustomization.yaml`, [kustomization(resources, [])]);
    }
    files.set('base/kustomization.yaml', [kustomization([...folders], [])]);
    for (const [name, overlay] of this.overlays) {
      const root = `overlays/${name}`;
      for (const [file, objects] of overlay.resources) {
        files.set(`${root}/${file}`, objects);
      }
      for (const [file, patch] of overlay.patches) {
        files.set(`${root}/${file}`, [patch]);
      }
      const resources = ['../../base', ...[...overlay.resources.keys()].sort()];
      files.set(`${root}/kustomization.yaml`, [kustomization(resources, [...overlay.patches.keys()])]);
    }
    const sorted = [...files].sort(([left], [right]) => (left < right ? -1 : 1));
    return new Map(sorted.map(([path, objects]) => [path, yamlFile(generatedBy, objects)]));
  }

  private place(file: string, objects: Map<string, JsonObject>): void {
    const parts = objects.size === this.overlays.size ? split(objects) : undefined;
    if (parts) {
      append(this.baseFiles, file, parts.base);
    }
    for (const [name, overlay] of this.overlays) {
      const patch = parts?.patches.get(name);
      const object = parts ? undefined : objects.get(name);
      if (patch) {
        overlay.patches.set(patchPath(file, patch, overlay.patches), patch);
      }
      if (object) {
        append(overlay.resources, file, object);
      }
    }
  }
}

interface OverlayFiles {
  readonly resources: Map<string, JsonObject[]>;
  readonly patches: Map<string, JsonObject>;
}

/** Every object with the one file it belongs to, in the order of the overlays. */
function filesById(rendered: Map<string, Rendered[]>): Map<string, string> {
  const files = new Map<string, string>();
  for (const objects of rendered.values()) {
    for (const { id, file } of objects) {
      const known = files.get(id) ?? file;
      if (known !== file) {
        throw new Error(
          `KustomizeTreeProps.overlays: got object "${id}" in "${known}" and in "${file}", allowed: one file for an object. ` +
            'Give the component the same file in every overlay.',
        );
      }
      files.set(id, file);
    }
  }
  return files;
}

function objectsById(rendered: Map<string, Rendered[]>, id: string): Map<string, JsonObject> {
  const found = new Map<string, JsonObject>();
  for (const [overlay, objects] of rendered) {
    const object = objects.find((candidate) => candidate.id === id);
    if (object) {
      found.set(overlay, object.manifest);
    }
  }
  return found;
}

function append(files: Map<string, JsonObject[]>, file: string, object: JsonObject): void {
  files.set(file, [...(files.get(file) ?? []), object]);
}

function patchPath(file: string, patch: JsonObject, taken: Map<string, JsonObject>): string {
  const { name, namespace } = metadataOf(patch);
  const stem = [`patches/${folderOf(file)}/${slug(name)}-${slug(patch.kind)}`, slug(namespace)];
  const candidates = [
    stem[0],
    stem.join('-'),
    ...[...taken.keys()].map((_, index) => `${stem.join('-')}-${index + 2}`),
  ];
  return candidates.map((candidate) => `${candidate}.yaml`).find((candidate) => !taken.has(candidate)) ?? '';
}

function slug(value: unknown): string {
  return String(value ?? 'cluster')
    .toLowerCase()
    .replace(/[^a-z0-9.-]+/g, '-');
}

function folderOf(file: string): string {
  return file.slice(0, file.lastIndexOf('/'));
}

function fileNameOf(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1);
}

/** No `namespace:`, ever: it renames Namespace objects and leaves alone the namespaces inside of custom resources. */
function kustomization(resources: string[], patches: string[]): JsonObject {
  return {
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    resources: [...resources].sort(),
    ...(patches.length === 0 ? {} : { patches: [...patches].sort().map((path) => ({ path })) }),
  };
}

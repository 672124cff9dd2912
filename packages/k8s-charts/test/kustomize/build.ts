import { parse, parseAllDocuments } from 'yaml';
import type { KustomizeFile } from '../../src';
import { isObject, type Json, type JsonObject } from '../../src/kustomize/json';

/** Fields by which kustomize merges list items in built-in workloads. Written apart from the library's own table. */
const LIST_KEYS: Record<string, string> = {
  containers: 'name',
  initContainers: 'name',
  env: 'name',
  volumes: 'name',
  volumeMounts: 'mountPath',
};

/**
 * Builds a kustomization out of generated files as `kustomize build` does, for the fields that the library writes: resources and
 * strategic-merge patches. The real kustomize is asked by the end-to-end tests.
 */
export function build(files: KustomizeFile[], folder: string): JsonObject[] {
  const kustomization = parse(text(files, `${folder}/kustomization.yaml`)) as JsonObject;
  const resources = strings(kustomization.resources).flatMap((resource) => {
    const path = join(folder, resource);
    return path.endsWith('.yaml') ? documents(files, path) : build(files, path);
  });
  const patches = (Array.isArray(kustomization.patches) ? kustomization.patches : []).map((patch) => {
    const path = isObject(patch) ? String(patch.path) : '';
    return parse(text(files, join(folder, path))) as JsonObject;
  });
  return patches.reduce(applyPatch, resources);
}

export function identity(object: JsonObject): string {
  const { name, namespace } = object.metadata as JsonObject;
  return [object.apiVersion, object.kind, namespace, name].join(' ');
}

function applyPatch(resources: JsonObject[], patch: JsonObject): JsonObject[] {
  if (resources.filter((resource) => identity(resource) === identity(patch)).length !== 1) {
    throw new Error(`patch for "${identity(patch)}" finds no object, or several`);
  }
  const builtIn = !String(patch.apiVersion).includes('.');
  return resources.map((resource) => {
    return identity(resource) === identity(patch) ? (merge(resource, patch, builtIn) as JsonObject) : resource;
  });
}

function merge(base: Json | undefined, patch: Json, builtIn: boolean, field = ''): Json {
  if (isObject(base) && isObject(patch)) {
    const result: Record<string, Json> = { ...base };
    for (const [key, value] of Object.entries(patch)) {
      result[key] = merge(base[key], value, builtIn, key);
    }
    return result;
  }
  const key = builtIn ? LIST_KEYS[field] : undefined;
  if (key === undefined || !Array.isArray(base) || !Array.isArray(patch)) {
    return patch;
  }
  const keyOf = (item: Json) => (isObject(item) ? item[key] : undefined);
  const front = patch.map((item) =>
    merge(
      base.find((candidate) => keyOf(candidate) === keyOf(item)),
      item,
      builtIn,
    ),
  );
  return [...front, ...base.filter((item) => !patch.some((candidate) => keyOf(candidate) === keyOf(item)))];
}

function documents(files: KustomizeFile[], path: string): JsonObject[] {
  return parseAllDocuments(text(files, path), { version: '1.1' }).map((document) => document.toJS() as JsonObject);
}

function text(files: KustomizeFile[], path: string): string {
  const file = files.find((candidate) => candidate.path === path);
  if (!file) {
    throw new Error(`no file "${path}"`);
  }
  return file.text;
}

function join(folder: string, path: string): string {
  const parts = folder.split('/');
  for (const part of path.split('/')) {
    if (part === '..') {
      parts.pop();
    } else {
      parts.push(part);
    }
  }
  return parts.join('/');
}

function strings(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { engine } from '../engines';
import { crdEngines } from '../engines/crds';
import type { KubernetesObject } from './objects';

export interface CustomResourceDefinition extends KubernetesObject {
  readonly spec: {
    readonly group: string;
    readonly scope: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly {
      readonly name: string;
      readonly schema: { readonly openAPIV3Schema: Readonly<Record<string, unknown>> };
    }[];
  };
}

/** The definition of a kind that a controller brings; undefined when no engine has it in that version. */
export function definitionOf(apiVersion: string, kind: string): CustomResourceDefinition | undefined {
  const [group, version] = apiVersion.split('/');
  // Reading all is quick, parsing all is not.
  const candidates = texts().filter((text) => text.includes(`group: ${group}\n`) && text.includes(`kind: ${kind}\n`));
  return candidates
    .map((text) => parse(text) as CustomResourceDefinition)
    .find(
      ({ spec }) =>
        spec.group === group && spec.names.kind === kind && spec.versions.some(({ name }) => name === version),
    );
}

let read: readonly string[] | undefined;

function texts(): readonly string[] {
  read ??= crdEngines.flatMap(({ name, check }) => {
    const path = join(engine(name).home, dirname('file' in check ? check.file : ''));
    const files = readdirSync(path).filter((file) => file.endsWith('.yaml') && file !== 'kustomization.yaml');
    return files.map((file) => readFileSync(join(path, file), 'utf8'));
  });
  return read;
}

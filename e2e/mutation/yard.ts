import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type Document, parseAllDocuments } from 'yaml';

/** Keys and indexes that lead from a document to a value. */
export type Path = readonly (string | number)[];

/** A Kubernetes object of a manifest, a resource of a template, or a whole file of another kind. */
export interface Thing {
  readonly file: string;
  /** Of the document in its file. */
  readonly index: number;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  /** Where it lies in its document: empty for a manifest, `Resources/ID` in a template. */
  readonly base: Path;
  readonly value: unknown;
}

export type Files = Readonly<Record<string, string>>;

/** A rendered environment that mutants are made of: its files, and what stands in them. */
export class Yard {
  public static read(root: string, parts: readonly string[]): Yard {
    const files: Record<string, string> = {};
    for (const part of parts) {
      for (const file of filesBelow(join(root, part))) {
        if (/\.(ya?ml|json|prom)$/.test(file) && !/(metadata|assets|manifest|validation-report)\.json$/.test(file)) {
          files[relative(root, file).replaceAll('\\', '/')] = readFileSync(file, 'utf8');
        }
      }
    }
    return new Yard(files);
  }

  public readonly things: readonly Thing[];

  public constructor(public readonly files: Files) {
    const written = Object.entries(files).filter(([file]) => !file.endsWith('.prom'));
    this.things = written.flatMap(([file, text]) => thingsIn(file, text));
  }

  public of(...kinds: readonly string[]): readonly Thing[] {
    return this.things.filter(({ kind }) => kinds.includes(kind));
  }
}

function filesBelow(path: string): string[] {
  if (/\.\w+$/.test(path) && !path.endsWith('.out')) {
    return [path];
  }
  const entries = readdirSync(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** The documents of a file, as they are edited and looked up. A template is one document. */
export function documentsOf(text: string): Document.Parsed[] {
  return [...parseAllDocuments(text)] as Document.Parsed[];
}

function thingsIn(file: string, text: string): Thing[] {
  return documentsOf(text).flatMap((document, index): Thing[] => {
    const value = document.toJS() as Record<string, never> | null;
    if (value === null || typeof value !== 'object') {
      return [];
    }
    const { kind, metadata, Resources } = value as {
      kind?: string;
      metadata?: { name?: string; namespace?: string };
      Resources?: Record<string, { Type: string }>;
    };
    if (Resources) {
      return Object.entries(Resources).map(([name, resource]) => ({
        ...{ file, index, kind: resource.Type, name, namespace: '' },
        ...{ base: ['Resources', name], value: resource },
      }));
    }
    const { name = '', namespace = '' } = metadata ?? {};
    return [{ file, index, kind: kind ?? 'File', name, namespace, base: [], value }];
  });
}

/** Every path of a thing that a pattern fits; `*` stands for any key or index. */
export function pathsOf(thing: Thing, pattern: Path): Path[] {
  const found: Path[] = [];
  const walk = (value: unknown, at: Path): void => {
    const step = pattern[at.length];
    if (step === undefined) {
      found.push(at);
    } else if (typeof value === 'object' && value !== null) {
      const keys = Array.isArray(value) ? value.map((_, index) => index) : Object.keys(value);
      for (const key of keys.filter((one) => step === '*' || one === step)) {
        walk((value as Record<string | number, unknown>)[key], [...at, key]);
      }
    }
  };
  walk(thing.value, []);
  return found;
}

export function valueAt(thing: Thing, path: Path): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<string | number, unknown>)?.[key], thing.value);
}

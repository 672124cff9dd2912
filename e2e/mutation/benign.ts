import { type Document, isMap, visit } from 'yaml';
import type { Benign } from './benign-change';
import { written } from './mutant';
import { renames } from './renames';
import { documentsOf, type Files, type Thing, type Yard } from './yard';

/** A way to write the same thing in another manner; undefined where it does not apply. */
type Manner = (text: string, file: string) => string | undefined;

const manners: Readonly<Record<string, Manner>> = {
  'comments in every place': (text) =>
    yaml(text, (lines) => lines.flatMap((line) => (/^[\w-]+:/.test(line) ? ['# why not', line] : [line]))),
  'blank lines between keys': (text) =>
    yaml(text, (lines) => lines.flatMap((line) => (/^[a-z]\w+:/.test(line) ? ['', line] : [line]))),
  'lines that end as on Windows': (text) => text.replaceAll('\n', '\r\n'),
  'a byte-order mark': (text) => `\ufeff${text}`,
  'wide indentation': (text) => rewritten(text, (documents) => documents, { indent: 6 }),
  'lists not indented': (text) => rewritten(text, (documents) => documents, { indentSeq: false }),
  'everything in quotes': (text) =>
    rewritten(text, (documents) => documents, { defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'PLAIN' }, true),
  'single quotes': (text) =>
    rewritten(text, (documents) => documents, { defaultStringType: 'QUOTE_SINGLE', defaultKeyType: 'PLAIN' }, true),
  'documents the other way round': (text) =>
    rewritten(text, (documents) => (documents.length > 1 ? [...documents].reverse() : [])),
  'keys the other way round': (text, file) =>
    file.endsWith('.json')
      ? JSON.stringify(reversed(JSON.parse(text)), undefined, 2)
      : rewritten(text, (documents) => documents.map(turned)),
  'documents as JSON': (text) =>
    rewritten(text, () => []) ??
    documentsOf(text)
      .map((document) => JSON.stringify(document.toJS()))
      .join('\n---\n'),
  'JSON in one line': (text, file) => (file.endsWith('.json') ? JSON.stringify(JSON.parse(text)) : undefined),
  'a marker before and after': (text) =>
    text.startsWith('{') ? undefined : `---\n${text}${text.endsWith('\n') ? '' : '\n'}...\n`,
  'an empty document at the end': (text) =>
    text.startsWith('{') || /^kind: Kustomization$/m.test(text) ? undefined : `${text}---\n# nothing\n`,
};

/** Every benign change of an environment. */
export function benignChanges(yard: Yard): Benign[] {
  const styles = Object.entries(manners).flatMap(([id, change]) =>
    Object.entries(yard.files).flatMap(([file, text]) => {
      if (file.endsWith('.prom')) {
        return [];
      }
      const after = file === 'sightline.json' && id.includes('byte-order') ? undefined : change(text, file);
      return after === undefined || after === text
        ? []
        : [{ id, title: file, files: { ...yard.files, [file]: after } }];
    }),
  );
  return [...styles, ...splits(yard), ...labels(yard), ...statements(yard), ...strangers(yard), ...renames(yard)];
}

function yaml(text: string, change: (lines: string[]) => string[]): string | undefined {
  return text.startsWith('{') ? undefined : change(text.split('\n')).join('\n');
}

function rewritten(
  text: string,
  change: (documents: Document.Parsed[]) => readonly Document[],
  options: Parameters<Document['toString']>[0] & { defaultStringType?: string; defaultKeyType?: string } = {},
  plain = false,
): string | undefined {
  if (text.startsWith('{')) {
    return undefined;
  }
  const documents = documentsOf(text);
  if (plain) {
    for (const document of documents) {
      visit(document, {
        Scalar: (_, node) => void (node.type === 'PLAIN' && typeof node.value === 'string' && delete node.type),
      });
    }
  }
  const after = change(documents);
  const style = options as Parameters<Document['toString']>[0];
  return after.length === 0 ? undefined : written(after, style);
}

/** The document with the keys of its maps the other way round. */
function turned(document: Document): Document {
  visit(document, { Map: (_, map) => void map.items.reverse() });
  return document;
}

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(reversed);
  }
  const entries = typeof value === 'object' && value !== null ? Object.entries(value).reverse() : undefined;
  return entries ? Object.fromEntries(entries.map(([key, inner]) => [key, reversed(inner)])) : value;
}

/** Each document in a file of its own. */
function splits(yard: Yard): Benign[] {
  return Object.entries(yard.files).flatMap(([file, text]) => {
    const documents = file.endsWith('.yaml') ? documentsOf(text) : [];
    const [folder, list] = listOf(yard, file);
    if (documents.length < 2 || !list) {
      return [];
    }
    const parts = documents.map(
      (document, index) => [`${file.replace('.yaml', '')}-${index}.yaml`, written([document])] as const,
    );
    const { [file]: _, ...rest } = yard.files;
    const relative = (path: string) => path.slice(folder.length + 1);
    const entry = `  - ${relative(file)}\n`;
    const kustomization = (yard.files[list] ?? '').replace(
      entry,
      parts.map(([path]) => `  - ${relative(path)}\n`).join(''),
    );
    return [
      {
        id: 'a file for each object',
        title: file,
        files: { ...rest, ...Object.fromEntries(parts), [list]: kustomization },
      },
    ];
  });
}

/** The kustomization that lists a file, and its folder. */
function listOf(yard: Yard, file: string): [string, string | undefined] {
  const lists = Object.keys(yard.files).filter((path) => path.endsWith('/kustomization.yaml'));
  const list = lists.find((path) => {
    const folder = path.replace('/kustomization.yaml', '');
    return file.startsWith(`${folder}/`) && yard.files[path]?.includes(`  - ${file.slice(folder.length + 1)}\n`);
  });
  return [list?.replace('/kustomization.yaml', '') ?? '', list];
}

/** A label and an annotation more on each object, which nothing asks for. */
function labels(yard: Yard): Benign[] {
  return yard.things
    .filter((thing) => thing.base.length === 0 && thing.kind !== 'Kustomization' && thing.name !== '')
    .map((thing) => ({
      id: 'a label and an annotation more',
      title: titleOf(thing),
      files: edited(yard, thing, (document) => {
        document.setIn(['metadata', 'labels', 'example.com/made-by'], 'games');
        document.setIn(['metadata', 'annotations', 'example.com/note'], 'yes');
      }),
    }));
}

/** What JSON policies may write in more than one way. */
function statements(yard: Yard): Benign[] {
  const ways: Record<string, (statement: Record<string, unknown>) => unknown> = {
    'actions as a list': (one) => ({ ...one, Action: [one.Action].flat() }),
    'resources as a list': (one) => (one.Resource ? { ...one, Resource: [one.Resource].flat() } : one),
    'a name for each statement': (one) => ({ Sid: 'Given', ...one }),
    'values of conditions as lists': (one) => ({
      ...one,
      ...(one.Condition ? { Condition: listed(one.Condition) } : {}),
    }),
    'actions in capitals': (one) => ({
      ...one,
      Action: [one.Action].flat().map((action) => String(action).toUpperCase()),
    }),
  };
  const files = Object.keys(yard.files).filter((file) => file.endsWith('.template.json'));
  return files.flatMap((file) =>
    Object.entries(ways).map(([id, change]) => {
      const template = JSON.parse(yard.files[file] ?? '', (key, value) =>
        key === 'Statement' && Array.isArray(value) ? value.map(change) : value,
      );
      return { id, title: file, files: { ...yard.files, [file]: JSON.stringify(template, undefined, 1) } };
    }),
  );
}

function listed(conditions: unknown): unknown {
  const operators = Object.entries(conditions as Record<string, Record<string, unknown>>);
  return Object.fromEntries(
    operators.map(([operator, keys]) => [
      operator,
      Object.fromEntries(Object.entries(keys).map(([key, value]) => [key, [value].flat()])),
    ]),
  );
}

/** Objects of somebody else in the same tree. */
function strangers(yard: Yard): Benign[] {
  const metadata = { name: 'somebody-else', namespace: 'default' };
  const pod = {
    containers: [{ name: 'app', image: 'docker.io/library/busybox:1.37', ports: [{ containerPort: 80 }] }],
  };
  const template = { metadata: { labels: { app: 'somebody-else' } }, spec: pod };
  const objects: object[] = [
    { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { key: 'value' } },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata,
      spec: { selector: { app: 'somebody-else' }, ports: [{ port: 80 }] },
    },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata,
      spec: { selector: { matchLabels: { app: 'somebody-else' } }, template },
    },
    { apiVersion: 'batch/v1', kind: 'Job', metadata, spec: { template: { spec: { ...pod, restartPolicy: 'Never' } } } },
    { apiVersion: 'example.com/v1', kind: 'Thing', metadata, spec: {} },
  ];
  const files = Object.keys(yard.files).filter((file) => /tictactoe-\w+\.yaml$/.test(file));
  return files.flatMap((file) =>
    objects.map((object) => ({
      id: 'an object of somebody else',
      title: `${(object as { kind: string }).kind} in ${file}`,
      files: { ...yard.files, [file]: `${yard.files[file]}---\n${JSON.stringify(object)}\n` },
    })),
  );
}

function edited(yard: Yard, thing: Thing, change: (document: Document) => void): Files {
  const documents = documentsOf(yard.files[thing.file] ?? '');
  const document = documents[thing.index];
  if (document && isMap(document.contents)) {
    change(document);
  }
  return { ...yard.files, [thing.file]: written(documents) };
}

export function titleOf({ file, kind, namespace, name }: Thing): string {
  return `${kind} ${[namespace, name].filter((part) => part !== '').join('/')} in ${file}`;
}

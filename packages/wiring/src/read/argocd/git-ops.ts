import type { Application, ApplicationSource, Delivery, GitOps, KubeObject } from '../../model';
import { labelOf } from '../../model';
import { at, itemsAt, stringAt } from '../access';
import type { FileTree } from '../file-tree';
import { applicationOf, readApplication, readProject } from './application';
import { type Directories, expand } from './application-set';
import { type Asked, Checkout, directoriesOf } from './checkout';

/** Objects of Argo CD that one Argo CD reads. */
export interface Parts {
  /** The world that they stand in; empty for what stands in none. */
  readonly scope: string;
  readonly objects: readonly KubeObject[];
}

/** The objects that a directory makes, as a source says it; `undefined` where something else makes them. */
type ObjectsOf = (directory: string, source: ApplicationSource) => readonly KubeObject[] | undefined;

/** Everything that Argo CD is told, with the directories of the input that it leads to. */
export function readGitOps(parts: readonly Parts[], files: FileTree, objectsOf: ObjectsOf): GitOps {
  const of = (kind: string) =>
    parts.flatMap(({ scope, objects }) =>
      objects.filter((one) => one.kind === kind).map((object) => ({ scope, object })),
    );
  const plain = of('Application').map(({ scope, object }) => readApplication(object, scope));
  const sets = of('ApplicationSet');
  const open: { label: string; what: string; span: KubeObject['name']['span'] }[] = [];
  const expanded: Application[] = [];
  const first = new Checkout(files, [...asked(plain), ...sets.flatMap(({ object }) => generated(object))]);
  const directories: Directories = (repository, glob) => {
    const root = first.rootDirectory(repository);
    return root === undefined || glob.includes('**') || glob.includes('{')
      ? undefined
      : directoriesOf(files, root, glob);
  };
  for (const { scope, object } of sets) {
    const expansion = expand(object, directories);
    if ('what' in expansion) open.push({ label: labelOf(object), ...expansion });
    else expanded.push(...expansion.fills.map((fill) => applicationOf(object, expansion.template, scope, fill)));
  }
  const applications = unique([...plain, ...expanded]);
  const all = asked(applications);
  const checkout = new Checkout(files, all);
  return {
    applications,
    projects: of('AppProject').map(({ scope, object }) => readProject(object, scope)),
    deliveries: all.map((one) => delivery(one, checkout, objectsOf)),
    open,
  };
}

/** An Application of a base that several overlays build is one, unless they make it different. */
function unique(applications: readonly Application[]): readonly Application[] {
  const seen = new Map<string, Application>();
  for (const one of applications) {
    const { label, object, sources, destination, project } = one;
    const texts = sources.flatMap(({ repository, path, chart, revision }) => [repository, path, chart, revision]);
    const { server, name, namespace } = destination;
    const { span } = object.name;
    const key = [
      label,
      span.source.file,
      span.start,
      ...[...texts, server, name, namespace, project].map((t) => t?.value),
    ];
    if (!seen.has(key.join('\n'))) seen.set(key.join('\n'), one);
  }
  return [...seen.values()];
}

interface AskedBy extends Asked {
  readonly application: Application;
}

function asked(applications: readonly Application[]): readonly AskedBy[] {
  return applications.flatMap((application) =>
    application.sources.map((source) => ({ application, source, file: application.object.name.span.source.file })),
  );
}

/** The fixed beginnings of a git generator's globs show where its repository lies. */
function generated(set: KubeObject): readonly Asked[] {
  const generators = itemsAt(set.node, 'spec', 'generators');
  const inner = generators.flatMap((one) => itemsAt(one, 'matrix', 'generators'));
  return [...generators, ...inner].flatMap((generator) => {
    const repository = stringAt(generator, 'git', 'repoURL');
    return itemsAt(generator, 'git', 'directories').flatMap((glob) => {
      const path = stringAt(glob, 'path')?.replace(/\/?[^/]*[*?[{].*$/, '');
      const span = at(glob, 'path')?.span;
      if (!path || !span || repository === undefined) return [];
      const located = (value: string) => ({ value, span });
      const source: ApplicationSource = {
        ...{ repository: located(repository), path: located(path), span },
        ...{ builds: [], changesObjects: false, recurses: false, isReference: false, isOpen: false },
      };
      return [{ source, file: set.name.span.source.file }];
    });
  });
}

function delivery({ application, source, file }: AskedBy, checkout: Checkout, objectsOf: ObjectsOf): Delivery {
  const directory = checkout.directory({ source, file });
  const absent = directory === undefined ? checkout.absent({ source, file }) : undefined;
  return {
    application,
    source,
    objects: () => (directory === undefined ? undefined : objectsOf(directory, source)),
    ...(directory !== undefined && { directory }),
    ...(absent && { absent }),
  };
}

import type {
  Application,
  ApplicationSource,
  AppProject,
  Destination,
  GroupKind,
  IgnoredDifference,
  KubeObject,
  Located,
} from '../../model';
import type { Node, Span } from '../../text';
import { at, booleanAt, itemsAt, listAt, mapAt, stringAt } from '../access';
import { located } from '../kubernetes';

/** Puts what a generator gives into a text of a template; `undefined` where something stays open. */
export type Fill = (text: string) => string | undefined;

const AS_WRITTEN: Fill = (text) => text;
const BUILDERS = ['helm', 'kustomize', 'directory', 'plugin'];
/** Settings of `source.kustomize` that leave names and the number of objects as they are. */
const HARMLESS = /^(?:images|replicas|common(?:Labels|Annotations)|label\w*|force\w*|version|kubeVersion|apiVersions)$/;

export function isArgoObject({ apiVersion }: KubeObject): boolean {
  return apiVersion.startsWith('argoproj.io/');
}

/** Source: https://argo-cd.readthedocs.io/en/stable/user-guide/application-specification/ */
export function readApplication(object: KubeObject, scope: string): Application {
  return applicationOf(object, object.node, scope, AS_WRITTEN);
}

/** @param node the Application itself, or the template that one is made of */
export function applicationOf(object: KubeObject, node: Node, scope: string, fill: Fill): Application {
  const text = reader(fill);
  const spec = at(node, 'spec');
  const name = text(node, 'metadata', 'name')?.value;
  const namespace = text(node, 'metadata', 'namespace')?.value ?? object.namespace?.value;
  const automated = at(spec, 'syncPolicy', 'automated');
  const isOn = automated?.kind === 'map' && booleanAt(automated, 'enabled') !== false;
  const flag = (key: string): Span | undefined =>
    isOn && booleanAt(automated, key) === true ? at(automated, key)?.span : undefined;
  const [prunes, selfHeals, project] = [flag('prune'), flag('selfHeal'), text(spec, 'project')];
  const sources = listAt(spec, 'sources') ? itemsAt(spec, 'sources') : [at(spec, 'source')];
  return {
    object,
    label: `Application ${namespace ? `${namespace}/` : ''}${name ?? object.name.value}`,
    scope,
    destination: destinationOf(at(spec, 'destination'), object.name.span, text),
    sources: sources.flatMap((source) => (source ? [sourceOf(source, text)] : [])),
    syncOptions: itemsAt(spec, 'syncPolicy', 'syncOptions').flatMap((item) => text(item) ?? []),
    ignored: itemsAt(spec, 'ignoreDifferences').map((item) => ignoredOf(item, text)),
    ...(project && { project }),
    ...(prunes && { prunes }),
    ...(selfHeals && { selfHeals }),
  };
}

export function readProject(object: KubeObject, scope: string): AppProject {
  const text = reader(AS_WRITTEN);
  const spec = at(object.node, 'spec');
  const kinds = listAt(spec, 'clusterResourceWhitelist');
  return {
    object,
    scope,
    repositories: itemsAt(spec, 'sourceRepos').flatMap((item) => text(item) ?? []),
    destinations: itemsAt(spec, 'destinations').map((item) => destinationOf(item, item.span, text)),
    ...(kinds && { clusterKinds: kinds.items.map(groupKind), clusterKindsSpan: kinds.span }),
  };
}

type Reader = (node: Node | undefined, ...path: readonly string[]) => Located<string> | undefined;

function reader(fill: Fill): Reader {
  return (node, ...path) => {
    const found = located(node, ...path);
    const value = found && fill(found.value);
    return found && value !== undefined && value !== '' ? { value, span: found.span } : undefined;
  };
}

function destinationOf(node: Node | undefined, fallback: Span, text: Reader): Destination {
  const [server, name, namespace] = ['server', 'name', 'namespace'].map((key) => text(node, key));
  return {
    span: node?.span ?? fallback,
    ...(server && { server }),
    ...(name && { name }),
    ...(namespace && { namespace }),
  };
}

function sourceOf(node: Node, text: Reader): ApplicationSource {
  const [repository, path, chart, revision] = ['repoURL', 'path', 'chart', 'targetRevision'].map((key) =>
    text(node, key),
  );
  return {
    builds: BUILDERS.filter((way) => at(node, way)),
    changesObjects:
      [...(mapAt(node, 'kustomize')?.entries.keys() ?? [])].some((key) => !HARMLESS.test(key)) ||
      ['include', 'exclude', 'jsonnet'].some((key) => at(node, 'directory', key)),
    recurses: booleanAt(node, 'directory', 'recurse') === true,
    isReference: at(node, 'ref') !== undefined,
    isOpen: ['path', 'chart', 'targetRevision'].some(
      (key) => at(node, key) && !text(node, key) && isText(at(node, key)),
    ),
    span: node.span,
    ...(repository && { repository }),
    ...(path && { path }),
    ...(chart && { chart }),
    ...(revision && { revision }),
  };
}

function ignoredOf(node: Node, text: Reader): IgnoredDifference {
  const [name, namespace] = [text(node, 'name')?.value, text(node, 'namespace')?.value];
  return {
    group: stringAt(node, 'group') ?? '',
    kind: stringAt(node, 'kind') ?? '',
    pointers: itemsAt(node, 'jsonPointers').flatMap((item) => text(item) ?? []),
    isOpen: ['jqPathExpressions', 'managedFieldsManagers'].some((key) => itemsAt(node, key).length > 0),
    span: node.span,
    ...(name && { name }),
    ...(namespace && { namespace }),
  };
}

function groupKind(node: Node): GroupKind {
  return { group: stringAt(node, 'group') ?? '', kind: stringAt(node, 'kind') ?? '' };
}

/** An empty text says nothing, and leaves nothing open. */
function isText(node: Node | undefined): boolean {
  return node?.kind === 'scalar' && typeof node.value === 'string' && node.value !== '';
}

import { itemsAt, mapAt, scalarAt } from '../../../read/access';
import type { MapNode, Node, Span } from '../../../text';
import type { Break } from '../../path';

/** A reference by name from the section `service` to a component. */
export interface Named {
  readonly name: string;
  readonly span: Span;
}

export interface Pipeline {
  /** `metrics` or `metrics/amp`. */
  readonly name: string;
  readonly span: Span;
  readonly receivers: readonly Named[];
  readonly processors: readonly Named[];
  readonly exporters: readonly Named[];
}

export type Section = 'receivers' | 'processors' | 'exporters' | 'connectors' | 'extensions';

/** `prometheusremotewrite/amp` is of type `prometheusremotewrite`. */
export function typeOf(name: string): string {
  const slash = name.indexOf('/');
  return slash === -1 ? name : name.slice(0, slash);
}

/** A component of a section; one that is written without settings is a component all the same. */
export function component(
  root: Node,
  section: Section,
  name: string,
): { readonly key: Span; readonly node: Node } | undefined {
  const entry = mapAt(root, section)?.entries.get(name);
  return entry && { key: entry.key, node: entry.value };
}

export function componentsOf(
  root: Node,
  section: Section,
  type: string,
): readonly { name: string; key: Span; node: Node }[] {
  return [...(mapAt(root, section)?.entries ?? [])]
    .filter(([name]) => typeOf(name) === type)
    .map(([name, { key, value }]) => ({ name, key, node: value }));
}

export function pipelinesOf(root: Node): readonly Pipeline[] {
  return [...(mapAt(root, 'service', 'pipelines')?.entries ?? [])].map(([name, { key, value }]) => ({
    name,
    span: key,
    receivers: named(value, 'receivers'),
    processors: named(value, 'processors'),
    exporters: named(value, 'exporters'),
  }));
}

export function enabledExtensions(root: Node): readonly Named[] {
  return named(mapAt(root, 'service'), 'extensions');
}

function named(node: Node | undefined, key: string): readonly Named[] {
  return itemsAt(node, key).flatMap((item) => {
    const scalar = scalarAt(item);
    return scalar && scalar.value !== null ? [{ name: `${scalar.value}`, span: scalar.span }] : [];
  });
}

/** What is named in `service` and declared nowhere, or missing altogether: the collector does not start. */
export function serviceFault(root: Node): Break | undefined {
  const lost = (section: Section, { name, span }: Named, user: string): Break => ({
    claim: 'component-exists',
    message: `${user} uses ${name}, which ${section} does not have`,
    span,
    related: similar(root, section, name),
    help: `declare ${name} in ${section}, or name one that is there`,
  });
  for (const extension of enabledExtensions(root)) {
    if (!component(root, 'extensions', extension.name)) return lost('extensions', extension, 'service');
  }
  const pipelines = pipelinesOf(root);
  const service = root.kind === 'map' ? root.entries.get('service') : undefined;
  if (service && pipelines.length === 0) {
    return {
      claim: 'config-is-accepted',
      message: 'the collector does not load its configuration: service has no pipeline',
      span: service.key,
      related: [],
      help: 'name a pipeline in service.pipelines',
    };
  }
  for (const pipeline of pipelines) {
    const user = `pipeline ${pipeline.name}`;
    for (const section of ['receivers', 'processors', 'exporters'] as const) {
      const found = pipeline[section].find(
        ({ name }) =>
          !component(root, section, name) && !(section !== 'processors' && component(root, 'connectors', name)),
      );
      if (found) return lost(section, found, user);
    }
    for (const section of ['receivers', 'exporters'] as const) {
      if (pipeline[section].length > 0) continue;
      return {
        claim: 'config-is-accepted',
        message: `the collector does not load its configuration: ${user} has no ${section}`,
        span: pipeline.span,
        related: [],
        help: `name one of ${section} in it`,
      };
    }
  }
  return undefined;
}

function similar(root: Node, section: Section, name: string): Break['related'] {
  const map: MapNode | undefined = mapAt(root, section);
  return [...(map?.entries ?? [])]
    .filter(([other]) => typeOf(other) === typeOf(name) || other.startsWith(name.slice(0, 4)))
    .slice(0, 2)
    .map(([other, { key }]) => ({ span: key, message: `${section} has ${other}` }));
}

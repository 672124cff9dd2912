import { idOf, type KubernetesObject } from './objects';

/** One place where two builds differ; an absent side is undefined. */
export interface Difference {
  /** `apps/v1 Deployment monitoring/x: spec.template.spec.containers[main].env[REGION].value` */
  readonly path: string;
  readonly left: unknown;
  readonly right: unknown;
}

/** Every leaf where two builds differ, objects matched by id, list items by `name` where they have one. */
export function differences(left: readonly KubernetesObject[], right: readonly KubernetesObject[]): Difference[] {
  const byId = (objects: readonly KubernetesObject[]) =>
    Object.fromEntries(objects.map((object) => [idOf(object), object]));
  return fields(byId(left), byId(right)).flatMap(([id, a, b]) => compare(`${id}: `, a, b));
}

function compare(path: string, left: unknown, right: unknown): Difference[] {
  const [a, b] = [keyed(left), keyed(right)];
  if (a && b) {
    return fields(a.fields, b.fields).flatMap(([name, x, y]) => compare(join(path, name, a.list), x, y));
  }
  return JSON.stringify(left) === JSON.stringify(right) ? [] : [{ path, left, right }];
}

function fields(left: Record<string, unknown>, right: Record<string, unknown>): [string, unknown, unknown][] {
  const names = [...new Set([...Object.keys(left), ...Object.keys(right)])].sort();
  return names.map((name) => [name, left[name], right[name]]);
}

function keyed(value: unknown): { fields: Record<string, unknown>; list: boolean } | undefined {
  if (Array.isArray(value)) {
    const names = value.map((item, index) => nameOf(item) ?? String(index));
    return { fields: Object.fromEntries(value.map((item, index) => [names[index], item])), list: true };
  }
  return typeof value === 'object' && value !== null
    ? { fields: value as Record<string, unknown>, list: false }
    : undefined;
}

function nameOf(item: unknown): string | undefined {
  const name = typeof item === 'object' && item !== null && 'name' in item ? item.name : undefined;
  return typeof name === 'string' ? name : undefined;
}

function join(path: string, name: string, list: boolean): string {
  if (list) {
    return `${path}[${name}]`;
  }
  const plain = /^[\w-]+$/.test(name);
  return path.endsWith(': ') ? `${path}${name}` : plain ? `${path}.${name}` : `${path}['${name}']`;
}

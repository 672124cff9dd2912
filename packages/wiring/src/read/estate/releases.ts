import type { KubeObject, Located } from '../../model';
import type { Node } from '../../text';
import { objectsOfChart } from '../generated/charts';
import { map, scalar } from '../generated/tree';
import type { Release } from '../shell';

/**
 * Values are installed where a script says; of several files of values for one chart only those that are installed count. A
 * release without a file of values, or of values that are not in the input, says nothing of them.
 */
export function withReleases(objects: readonly KubeObject[], releases: readonly Release[]): readonly KubeObject[] {
  const releaseOf = ({ values }: KubeObject) =>
    releases.find(
      ({ chart, values: files }) => chart === values?.chart && values.file !== undefined && files.includes(values.file),
    );
  const installed = new Set(objects.flatMap((object) => (releaseOf(object) ? [object.values?.chart] : [])));
  const made = new Set<Node>();
  return objects.flatMap((object) => {
    const { values } = object;
    if (!values || !installed.has(values.chart)) return [object];
    const release = releaseOf(object);
    if (!release || made.has(values.node)) return [];
    made.add(values.node);
    return install(values.chart, values.node, release);
  });
}

/** What a release makes of values: under its name, in its namespace, with what is set on the command line. */
function install(chart: string, node: Node, { name, namespace, set }: Release): readonly KubeObject[] {
  const values = [...set].reduce((tree, [path, value]) => setAt(tree, stepsOf(path), leafOf(value)), node);
  const release = { ...(name && { name: name.value }), ...(namespace && { namespace }) };
  return (objectsOfChart(chart, values, release) ?? []).map((object) => ({
    ...object,
    values: { chart, node: values },
    ...(!object.namespace && namespace && !object.kind.startsWith('ClusterRole') && { namespace }),
  }));
}

/** `a.b[0].c=value`; the name of an annotation has dots of its own. */
function stepsOf(path: string): readonly (string | number)[] {
  const [, before, name] = /^(.*\.annotations)\.(.+)$/.exec(path) ?? [];
  const dotted = (before ?? path).split('.').flatMap((step): (string | number)[] => {
    const [, key, index] = /^(.*)\[(\d+)\]$/.exec(step) ?? [];
    return index === undefined ? [step] : [key ?? '', Number(index)];
  });
  return name === undefined ? dotted : [...dotted, name];
}

/** Longer lists than this are nobody's command line. */
const MAX_INDEX = 1000;

function setAt(node: Node | undefined, [step, ...rest]: readonly (string | number)[], leaf: Node): Node {
  if (step === undefined) return leaf;
  if (typeof step === 'number') {
    const items = node?.kind === 'list' ? [...node.items] : [];
    if (step > MAX_INDEX) return node ?? leaf;
    while (items.length < step) items.push(map(leaf.span, {}));
    items[step] = setAt(items[step], rest, leaf);
    return { kind: 'list', span: node?.span ?? leaf.span, items };
  }
  const entries = new Map(node?.kind === 'map' ? node.entries : []);
  const before = entries.get(step);
  entries.set(step, { key: before?.key ?? leaf.span, value: setAt(before?.value, rest, leaf) });
  return { kind: 'map', span: node?.span ?? leaf.span, entries };
}

function leafOf({ value, span }: Located<string>): Node {
  return value === 'true' || value === 'false' ? scalar(value === 'true', span) : scalar(value, span);
}

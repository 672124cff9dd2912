import type { KubeObject, Located } from '../../model';
import type { Node } from '../../text';
import { objectsOfChart, overlaid } from '../generated/charts';
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
  const values = [...set].reduce((tree, [path, value]) => overlaid(tree, setAt(node, path, value)), node);
  const release = { ...(name && { name: name.value }), ...(namespace && { namespace }) };
  return (objectsOfChart(chart, values, release) ?? []).map((object) => ({
    ...object,
    values: { chart, node: values },
    ...(!object.namespace && namespace && !object.kind.startsWith('ClusterRole') && { namespace }),
  }));
}

const ANNOTATIONS = 'annotations';

/** `a.b.c=value`; the name of an annotation has dots of its own. */
function setAt(values: Node, path: string, { value, span }: Located<string>): Node {
  const [, before, name] = new RegExp(`^(.*\\.${ANNOTATIONS})\\.(.+)$`).exec(path) ?? [];
  const steps = before === undefined ? path.split('.') : [...before.split('.'), name ?? ''];
  const leaf = value === 'true' || value === 'false' ? scalar(value === 'true', span) : scalar(value, span);
  return steps.reduceRight<Node>((inner, step) => map(values.span, { [step]: inner }), leaf);
}

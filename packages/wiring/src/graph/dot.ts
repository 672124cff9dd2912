import type { Graph, GraphNode } from './graph';
import { edgeLabel } from './label';

const SHAPES = { source: 'box', collector: 'hexagon', store: 'cylinder', view: 'note' } as const;
const STYLES = {
  proven: 'color="#1a7f37", fontcolor="#1a7f37"',
  broken: 'color="#cf222e", fontcolor="#cf222e", penwidth=2.5, arrowhead=tee',
  unknown: 'color="#8a5a00", fontcolor="#8a5a00", style=dashed',
} as const;

/** For Graphviz (https://graphviz.org/doc/info/lang.html). */
export function renderDot({ worlds, nodes, edges }: Graph): string {
  const lines = [
    'digraph sightline {',
    '  rankdir=LR;',
    '  node [fontname="Helvetica", fontsize=11];',
    '  edge [fontname="Helvetica", fontsize=10];',
  ];
  for (const [index, world] of worlds.entries()) {
    const inside = nodes.filter((node) => node.world === world);
    if (inside.length === 0) continue;
    lines.push(`  subgraph cluster_${index} {`, `    label=${quoted(world)};`);
    for (const node of inside) lines.push(`    ${quoted(node.id)} [${attributes(node)}];`);
    lines.push('  }');
  }
  for (const edge of edges) {
    lines.push(
      `  ${quoted(edge.from)} -> ${quoted(edge.to)} [label=${quoted(edgeLabel(edge))}, ${STYLES[edge.status]}];`,
    );
  }
  return `${[...lines, '}'].join('\n')}\n`;
}

function attributes({ kind, label }: GraphNode): string {
  return `label=${quoted(label)}, shape=${SHAPES[kind]}`;
}

function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', ' ')}"`;
}

import type { Graph, GraphNode } from './graph';
import { edgeLabel } from './label';

const SHAPES = { source: ['[', ']'], collector: ['{{', '}}'], store: ['[(', ')]'], view: ['([', '])'] } as const;
/** A broken line ends in a cross, an unknown one is dotted. */
const ARROWS = { proven: '-->', broken: '--x', unknown: '-.->' } as const;
const STYLES = {
  proven: 'stroke:#1a7f37,stroke-width:2px',
  broken: 'stroke:#cf222e,stroke-width:3px',
  unknown: 'stroke:#8a5a00,stroke-width:2px',
} as const;

/** A flowchart for Mermaid (https://mermaid.js.org), which GitHub and GitLab draw in Markdown. */
export function renderMermaid({ worlds, nodes, edges }: Graph): string {
  const names = new Map(nodes.map(({ id }, index) => [id, `n${index}`]));
  const lines = ['flowchart LR'];
  for (const [index, world] of worlds.entries()) {
    const inside = nodes.filter((node) => node.world === world);
    if (inside.length === 0) continue;
    lines.push(`  subgraph w${index} ["${text(world)}"]`);
    for (const node of inside) lines.push(`    ${shape(node, names.get(node.id) ?? '')}`);
    lines.push('  end');
  }
  for (const edge of edges) {
    lines.push(`  ${names.get(edge.from)} ${ARROWS[edge.status]}|"${text(edgeLabel(edge))}"| ${names.get(edge.to)}`);
  }
  for (const status of ['proven', 'broken', 'unknown'] as const) {
    const of = edges.flatMap((edge, index) => (edge.status === status ? [index] : []));
    if (of.length > 0) lines.push(`  linkStyle ${of.join(',')} ${STYLES[status]}`);
  }
  return `${lines.join('\n')}\n`;
}

function shape({ kind, label }: GraphNode, name: string): string {
  const [open, close] = SHAPES[kind];
  return `${name}${open}"${text(label)}"${close}`;
}

/** Mermaid's own entities, which begin with `#`; nothing else has a meaning inside quotes. */
function text(label: string): string {
  return label.replace(/[#"<>&;`\\\n]/g, (letter) => `#${letter.codePointAt(0)};`);
}

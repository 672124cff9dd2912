export { renderDot } from './dot';
export { type Graph, type GraphEdge, type GraphNode, graphOf } from './graph';
export { renderMermaid } from './mermaid';

import type { GraphEdge } from './graph';

const SIGNS = { proven: '✓', broken: '✕', unknown: '?' } as const;

/** What stands at an edge: `✕ metrics: scrape is broken`. The sign and the word say it without colour. */
export function edgeLabel({ signal, status, hops }: GraphEdge): string {
  const bad = hops.filter((hop) => hop.status === status).map(({ kind }) => kind);
  const said = status === 'proven' ? 'proven' : `${bad.join(', ')} ${status}`;
  return `${SIGNS[status]} ${signal}: ${said}`;
}

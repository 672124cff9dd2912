import { instance } from '@viz-js/viz';
import { type Graph, graphOf, renderDot, renderMermaid } from '../src';
import { DASHBOARDS } from '../src/rules/examples/dashboards';
import { METRICS as SHOP } from '../src/rules/examples/metrics';
import { edited, fixture, verifyFiles } from './support/estate';

const BROKEN = edited(SHOP, [
  { file: 'shop.yaml', find: 'prometheus.io/port: "9113"', replace: 'prometheus.io/port: "9114"' },
]);
const ODD = 'a "b" \\ <c> & #d; `e`';

const renamed = (graph: Graph): Graph => ({
  ...graph,
  nodes: graph.nodes.map((node) => ({ ...node, label: `${ODD} ${node.label}` })),
});

describe('the graph', () => {
  it('leads from the workload over the collector to the store', () => {
    const { nodes, edges, worlds } = graphOf(verifyFiles(SHOP));
    expect(worlds).toEqual(['dev']);
    const label = (id: string) => nodes.find((node) => node.id === id)?.label;
    expect(edges.map(({ from, to, status }) => [label(from), label(to), status])).toEqual([
      ['Deployment observe/meter', 'Workspace observe/shop', 'proven'],
      ['Deployment shop/web', 'Deployment observe/meter', 'proven'],
    ]);
  });

  it('has the break on the stretch where it is', () => {
    const verdict = verifyFiles(BROKEN);
    const broken = graphOf(verdict).edges.filter(({ status }) => status === 'broken');
    expect(broken.map(({ hops }) => hops.filter(({ status }) => status === 'broken'))).toEqual([
      [{ kind: 'scrape', status: 'broken' }],
    ]);
    expect(broken[0].findings).toEqual(verdict.findings.map(({ id }) => id));
    expect(broken[0].paths).toEqual(verdict.paths.map(({ id }) => id));
  });

  it('lays paths on one another where they share a stretch', () => {
    const [web] = SHOP['shop.yaml'].split('---\n');
    const two = { ...SHOP, 'shop.yaml': `${SHOP['shop.yaml']}---\n${web.replace('name: web', 'name: api')}` };
    const { edges } = graphOf(verifyFiles(two));
    expect(edges.map(({ paths }) => paths.length)).toEqual([2, 1, 1]);
  });

  it('of an estate of two collectors has a place for what is not in the input', () => {
    const { nodes } = graphOf(verifyFiles(fixture('estate')));
    expect(nodes.filter(({ kind }) => kind === 'store').map(({ label }) => label)).toEqual([
      '/eks/shop',
      'Workspace ack-system/shop',
    ]);
  });
});

describe('the graph for Graphviz', () => {
  it.each([
    ['as it is', graphOf(verifyFiles(BROKEN))],
    ['with odd names', renamed(graphOf(verifyFiles(BROKEN)))],
    ['of nothing', graphOf(verifyFiles({}))],
  ])('%s is drawn by Graphviz', async (_, graph) => {
    const dot = renderDot(graph);
    const { status, output, errors } = (await instance()).render(dot, { format: 'svg' });
    expect({ status, errors: errors.filter(({ level }) => level === 'error') }).toEqual({
      status: 'success',
      errors: [],
    });
    for (const { label } of graph.nodes)
      expect(output).toContain(
        label
          .replaceAll('&', '&amp;')
          .replaceAll('<', '&lt;')
          .replaceAll('>', '&gt;')
          .replaceAll('"', '&quot;')
          .replaceAll('-', '&#45;'),
      );
  });

  it('says in words what is broken', () => {
    expect(renderDot(graphOf(verifyFiles(BROKEN)))).toContain('label="✕ metrics: scrape broken"');
  });
});

describe('the graph for Mermaid', () => {
  it('has a subgraph for each world and a cross for each break', () => {
    const text = renderMermaid(graphOf(verifyFiles(BROKEN)));
    expect(text).toMatch(/^flowchart LR\n {2}subgraph w0 \["dev"\]\n/);
    expect(text).toContain('--x|"✕ metrics: scrape broken"|');
  });

  it('keeps letters apart that mean something to Mermaid', () => {
    const lines = renderMermaid(renamed(graphOf(verifyFiles(SHOP)))).split('\n');
    expect(lines.filter((line) => line.includes('#34;'))).toHaveLength(3);
    for (const line of lines.filter((one) => one.includes('a #34;'))) expect(line.match(/"/g)).toHaveLength(2);
  });
});

describe('the graph of dashboards', () => {
  const of = graphOf(verifyFiles(DASHBOARDS));

  it('goes on from the store to the dashboard, whose panels are one', () => {
    expect(of.nodes.filter(({ kind }) => kind === 'view').map(({ label }) => label)).toEqual(['dashboard "Shop"']);
    const edge = of.edges.find(({ signal }) => signal === 'dashboards');
    expect([edge?.from, edge?.to, edge?.status]).toEqual([
      'dev/store/Workspace observe/shop',
      'dev/view/dashboard "Shop"',
      'proven',
    ]);
  });

  it('has one place for the store, whoever writes to it or reads it', () => {
    expect(of.nodes.filter(({ kind }) => kind === 'store').map(({ label }) => label)).toEqual([
      'Workspace observe/shop',
    ]);
  });
});

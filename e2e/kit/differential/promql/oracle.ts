import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { engine } from '../../../engines';
import { freePort, RunningProcess } from '../../process';
import { temporaryFolder } from '../../temporary';

/** What there is in an expression that decides which series and labels it asks for. */
export interface Parsed {
  /** Each with its matchers, sorted; `__name__` among them. */
  readonly selectors: readonly string[];
  readonly groupings: readonly string[];
  readonly functions: readonly string[];
}

const FEATURES =
  'promql-experimental-functions,promql-duration-expr,promql-extended-range-selectors,promql-binop-fill-modifiers';

/** The parser of a real Prometheus, asked over the loopback. */
export class PromqlParser {
  public static async start(): Promise<PromqlParser> {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'prometheus.yml'), '{}');
    const port = await freePort();
    const command = [
      ...engine('prometheus').command,
      `--config.file=${join(folder, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      `--enable-feature=${FEATURES}`,
    ];
    const started = new PromqlParser(port, RunningProcess.start(command, join(folder, 'prometheus.log')));
    await started.process.until('Prometheus is ready', () => started.isReady(), 60_000);
    return started;
  }

  private constructor(
    private readonly port: number,
    private readonly process: RunningProcess,
  ) {}

  public stop(): Promise<void> {
    return this.process.stop();
  }

  /** Or what it says against the text. */
  public async parse(text: string): Promise<Parsed | string> {
    const body = new URLSearchParams({ query: text });
    const answer = await fetch(this.url('parse_query'), { method: 'POST', body });
    const { status, error, data } = (await answer.json()) as { status: string; error?: string; data?: Ast };
    if (status !== 'success') return error ?? 'refused';
    const found = { selectors: [] as string[], groupings: [] as string[], functions: [] as string[] };
    collect(data, found);
    return {
      selectors: found.selectors.sort(),
      groupings: found.groupings.sort(),
      functions: found.functions.sort(),
    };
  }

  private async isReady(): Promise<boolean> {
    const answer = await fetch(`http://127.0.0.1:${this.port}/-/ready`).catch(() => undefined);
    return answer?.status === 200;
  }

  private url(path: string): string {
    return `http://127.0.0.1:${this.port}/api/v1/${path}`;
  }
}

type Ast = { readonly [field: string]: unknown } | readonly Ast[] | string | number | boolean | null | undefined;

interface Collected {
  readonly selectors: string[];
  readonly groupings: string[];
  readonly functions: string[];
}

function collect(node: Ast, into: Collected): void {
  if (Array.isArray(node)) for (const one of node) collect(one, into);
  if (typeof node !== 'object' || node === null || Array.isArray(node)) return;
  const { type, matchers, grouping, without, op, func, matching } = node as { readonly [field: string]: unknown };
  if (type === 'vectorSelector' || type === 'matrixSelector') {
    const texts = (matchers as { name: string; type: string; value: string }[]).map(
      (one) => `${one.name}${one.type}${JSON.stringify(one.value)}`,
    );
    into.selectors.push(texts.sort().join(','));
  }
  if (type === 'aggregation') {
    into.functions.push(`${op}`);
    const labels = (grouping ?? []) as string[];
    if (without || labels.length > 0) into.groupings.push(clause(without ? 'without' : 'by', labels));
  }
  if (type === 'call') into.functions.push((func as { name: string }).name);
  if (type === 'binaryExpr' && matching) {
    const { labels, on, include } = matching as { labels: string[]; on: boolean; include: string[] };
    if (on || labels.length > 0) into.groupings.push(clause(on ? 'on' : 'ignoring', labels));
    if (include.length > 0) into.groupings.push(clause('include', include));
  }
  for (const [field, part] of Object.entries(node)) {
    if (!['matchers', 'matching', 'func', 'grouping'].includes(field)) collect(part as Ast, into);
  }
}

function clause(kind: string, labels: readonly string[]): string {
  return `${kind} ${[...labels].sort().join(',')}`;
}

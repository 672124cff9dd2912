import { cacheRoot, receiptOf } from './cache';
import { describeSource, type Engine } from './engine';
import { provision } from './provision';
import { engines } from './table';

/** `npm run engines [-- NAME...]`: brings what is missing, checks all, prints the table. Progress goes to standard error. */
async function main(names: readonly string[]): Promise<number> {
  const chosen = select(names);
  const rows: string[][] = [['engine', 'version', 'source', 'brought in', 'size', 'result']];
  let failed = 0;
  process.stderr.write(`engines are kept in ${cacheRoot()}\n`);
  for (const [index, engine] of chosen.entries()) {
    const { result, ok } = await attempt(engine, `[${index + 1}/${chosen.length}] ${engine.name} ${engine.version}`);
    failed += ok ? 0 : 1;
    rows.push([engine.name, engine.version, describeSource(engine.source), ...sizes(engine), result]);
  }
  process.stdout.write(table(rows));
  return failed === 0 ? 0 : 1;
}

function select(names: readonly string[]): readonly Engine[] {
  const unknown = names.filter((name) => !engines.some((engine) => engine.name === name));
  if (unknown.length > 0) {
    throw new Error(
      `no engine is named ${unknown.join(', ')}; there are ${engines.map((engine) => engine.name).join(', ')}`,
    );
  }
  return names.length === 0 ? engines : engines.filter((engine) => names.includes(engine.name));
}

async function attempt(engine: Engine, title: string): Promise<{ result: string; ok: boolean }> {
  const started = performance.now();
  process.stderr.write(`${title}\n`);
  const alive = setInterval(() => {
    process.stderr.write(`${title}: ${Math.round((performance.now() - started) / 1000)} s\n`);
  }, 15_000);
  try {
    const provisioned = await provision(engine, (line) => process.stderr.write(`${title}: ${line}\n`));
    return { result: provisioned ? 'ready' : 'absent, the tests that need it are skipped', ok: true };
  } catch (error) {
    process.stderr.write(`${title}: ${error instanceof Error ? error.message : String(error)}\n`);
    return { result: 'failed', ok: false };
  } finally {
    clearInterval(alive);
  }
}

function sizes(engine: Engine): [string, string] {
  const receipt = engine.source.kind === 'path' ? undefined : receiptOf(engine);
  return receipt ? [`${receipt.seconds.toFixed(1)} s`, `${(receipt.bytes / 1e6).toFixed(1)} MB`] : ['-', '-'];
}

function table(rows: readonly string[][]): string {
  const width = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(width(column)))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}

main(process.argv.slice(2)).then(
  (status) => {
    process.exitCode = status;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  },
);

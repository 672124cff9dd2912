import { appendFileSync, writeFileSync } from 'node:fs';
import { type Outcome, runMutants } from './run';
import { operators } from './table';

/** `npm run mutate [-- OPERATOR...] [--survivors FILE]`: makes every mutant, prints how each operator fared. */
function main(args: readonly string[]): number {
  const at = args.indexOf('--survivors');
  const file = at === -1 ? undefined : args[at + 1];
  const names = args.filter((_, index) => at === -1 || (index !== at && index !== at + 1));
  const unknown = names.filter((name) => !operators.some(({ id }) => id === name));
  if (unknown.length > 0) {
    process.stderr.write(`no operator is named ${unknown.join(', ')}\n`);
    return 2;
  }
  const outcomes: Outcome[] = [];
  runMutants(
    (operator) => names.length === 0 || names.includes(operator),
    (outcome) => {
      outcomes.push(outcome);
      if (outcomes.length % 50 === 0) {
        process.stderr.write(`${outcomes.length} mutants\n`);
      }
    },
  );
  process.stdout.write(table(outcomes));
  if (file) {
    writeFileSync(file, '');
    for (const { mutant, why } of outcomes.filter(({ fate }) => fate === 'survived')) {
      appendFileSync(file, `${mutant.operator} | ${mutant.title} | ${why}\n`);
    }
  }
  return 0;
}

function table(outcomes: readonly Outcome[]): string {
  const count = (fate: string, operator?: string) =>
    outcomes.filter((one) => one.fate === fate && (!operator || one.mutant.operator === operator)).length;
  const rows = operators
    .map(({ id, does }) => ({ id, does, all: outcomes.filter(({ mutant }) => mutant.operator === id).length }))
    .filter(({ all }) => all > 0)
    .map(({ id, all, does }) =>
      [
        id.padEnd(34),
        ...[all, count('killed', id), count('equivalent', id), count('survived', id)].map(cell),
        ` ${does}`,
      ].join(''),
    );
  const killed = count('killed');
  const real = outcomes.length - count('equivalent');
  return [
    `${'operator'.padEnd(34)}${['mutants', 'killed', 'equal', 'alive'].map(cell).join('')}`,
    ...rows,
    '',
    `${rows.length} operators, ${outcomes.length} mutants: ${killed} killed, ${count('equivalent')} equivalent, ${count('survived')} survived; ${((100 * killed) / Math.max(1, real)).toFixed(1)} % of those that are not equivalent`,
    '',
  ].join('\n');
}

function cell(text: string | number): string {
  return String(text).padStart(9);
}

process.exitCode = main(process.argv.slice(2));

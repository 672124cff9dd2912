import { appendFileSync, writeFileSync } from 'node:fs';
import { type Answer, type Outcome, runBenign, runMutants } from './run';
import { operators } from './table';

/**
 * `npm run mutate [-- OPERATOR... | benign] [--survivors FILE | --fates FILE]`: makes every mutant and every benign change, and
 * prints how each operator fared; into the file goes each survivor, or the fate of each mutant. Exit code 1 for a false alarm.
 */
function main(args: readonly string[]): number {
  const everything = args.includes('--fates');
  const at = args.findIndex((one) => one === '--survivors' || one === '--fates');
  const file = at === -1 ? undefined : args[at + 1];
  const names = args.filter((_, index) => at === -1 || (index !== at && index !== at + 1));
  const unknown = names.filter((name) => name !== 'benign' && !operators.some(({ id }) => id === name));
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
  if (file) {
    writeFileSync(file, '');
    for (const { mutant, fate, why } of outcomes.filter((one) => everything || one.fate === 'survived')) {
      appendFileSync(file, `${everything ? `${fate} | ` : ''}${mutant.operator} | ${mutant.title} | ${why}\n`);
    }
  }
  const answers: Answer[] = [];
  if (names.length === 0 || names.includes('benign')) {
    runBenign(
      () => true,
      (answer) => answers.push(answer),
    );
  }
  process.stdout.write(
    `${outcomes.length > 0 ? table(outcomes) : ''}${answers.length > 0 ? benignTable(answers) : ''}`,
  );
  const alarms = answers.filter((answer) => answer.objection !== undefined).length;
  return alarms === 0 ? 0 : 1;
}

function benignTable(answers: readonly Answer[]): string {
  const ids = [...new Set(answers.map(({ change }) => change.id))];
  const rows = ids.map((id) => {
    const own = answers.filter(({ change }) => change.id === id);
    return [
      id.padEnd(34),
      ...[own.length, own.filter((answer) => answer.objection !== undefined).length].map(cell),
    ].join('');
  });
  const alarms = answers.filter((answer) => answer.objection !== undefined);
  return [
    '',
    `${'benign change'.padEnd(34)}${['changes', 'alarms'].map(cell).join('')}`,
    ...rows,
    '',
    `${answers.length} benign changes: ${alarms.length} false alarms`,
    ...alarms.map(({ change, objection }) => `  ${change.id}: ${change.title}: ${objection?.slice(0, 300)}`),
    '',
  ].join('\n');
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

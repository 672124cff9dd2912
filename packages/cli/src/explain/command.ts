import type { Command } from 'commander';
import type { ExitCode } from '../exit';
import type { Host } from '../host';

/** Adds `sightline explain`. */
export function explainCommand(program: Command, host: Host, done: (code: ExitCode) => void): void {
  program
    .command('explain')
    .description('say what a rule means, with an example; without a rule, list all')
    .argument('[rule]', 'id of a rule, such as identity/untrusted-subject')
    .action((rule: string | undefined) => {
      const { runExplain } = require('./run') as typeof import('./run');
      done(runExplain(rule, host));
    });
}

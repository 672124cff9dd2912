import { type Command, Option } from 'commander';
import type { ExitCode } from '../exit';
import type { Host } from '../host';
import type { VerifyFlags } from './flags';

const EPILOGUE = `
Exit codes:
  0  nothing at or above the threshold
  1  findings, or --require-proven and a path is not proven
  2  bad usage, unreadable input, or no signal path found (the rest is still reported)
  3  internal error
  130  interrupted

Without --config, sightline.json is looked for in PATH and in the directories above it.`;

/** Adds `sightline verify`. The work itself is loaded when it runs, so that --help stays quick. */
export function verifyCommand(program: Command, host: Host, done: (code: ExitCode) => void): void {
  program
    .command('verify')
    .description('follow every signal from its source to its store, and say where the line of sight is broken')
    .argument('[path...]', 'directories and files; kinds are recognised by content', ['.'])
    .addOption(
      new Option('--format <format>', 'form of the report').choices(['text', 'json', 'sarif', 'html']).default('text'),
    )
    .option('--output <file>', 'write the report to a file instead of stdout')
    .option('--overlay <name>', 'judge only this world')
    .option('--config <file>', 'sightline.json to use')
    .option('--metrics-catalog <file...>', 'saved /metrics pages, of targets that sightline.json names none for')
    .addOption(
      new Option('--fail-on <severity>', 'lowest severity that makes the exit code 1')
        .choices(['error', 'warning', 'never'])
        .default('error'),
    )
    .option('--require-proven', 'exit 1 while any path is not proven', false)
    .option('--allow-empty', 'finding no signal path is fine', false)
    .addHelpText('after', EPILOGUE)
    .action((paths: string[], flags: VerifyFlags) => {
      const { runVerify } = require('./run') as typeof import('./run');
      done(runVerify(paths, flags, host));
    });
}

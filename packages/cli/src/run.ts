import { Command, CommanderError } from 'commander';
import { Exit, type ExitCode, UsageError } from './exit';
import { explainCommand } from './explain/command';
import { graphCommand } from './graph/command';
import type { Host } from './host';
import { verifyCommand } from './verify/command';
import { version } from './version';

/** Runs one command line. Never throws; what went wrong is on stderr and in the exit code. */
export async function run(argv: readonly string[], host: Host): Promise<ExitCode> {
  let code: ExitCode = Exit.ok;
  const program = new Command('sightline')
    .description("proves an EKS cluster's observability wiring before it is deployed")
    .version(version(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'print help for a command')
    .exitOverride()
    .configureOutput({ writeOut: host.stdout, writeErr: host.stderr });
  const done = (result: ExitCode) => {
    code = result;
  };
  verifyCommand(program, host, done);
  graphCommand(program, host, done);
  explainCommand(program, host, done);
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    return report(error, host);
  }
}

function report(error: unknown, host: Host): ExitCode {
  // Commander has told the user already.
  if (error instanceof CommanderError) return error.exitCode === 0 ? Exit.ok : Exit.input;
  if (error instanceof UsageError) {
    host.stderr(`error: ${error.message}\n${error.help ? `help: ${error.help}\n` : ''}`);
    return Exit.input;
  }
  const text = error instanceof Error ? `${error.message}\n${error.stack ?? ''}` : `${error}`;
  host.stderr(`internal error: ${text}\nhelp: please report it at https://github.com/eks-sightline/sightline/issues\n`);
  return Exit.internal;
}

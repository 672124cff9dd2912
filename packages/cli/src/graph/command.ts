import { type Command, Option } from 'commander';
import type { ExitCode } from '../exit';
import type { Host } from '../host';
import type { GraphFlags } from './flags';

/** Adds `sightline graph`. */
export function graphCommand(program: Command, host: Host, done: (code: ExitCode) => void): void {
  program
    .command('graph')
    .description('draw every signal from its source to its store, with what is proven, broken and unknown')
    .argument('[path...]', 'directories and files; kinds are recognised by content', ['.'])
    .addOption(
      new Option('--format <format>', 'form of the picture')
        .choices(['mermaid', 'dot', 'json', 'html'])
        .default('mermaid'),
    )
    .option('--output <file>', 'write the picture to a file instead of stdout')
    .option('--overlay <name>', 'draw only this world')
    .option('--config <file>', 'sightline.json to use')
    .option('--allow-empty', 'finding no signal path is fine', false)
    .action((paths: string[], flags: GraphFlags) => {
      const { runGraph } = require('./run') as typeof import('./run');
      done(runGraph(paths, flags, host));
    });
}

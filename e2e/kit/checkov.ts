import { basename } from 'node:path';
import { engine } from '../engines';
import { run } from '../engines/run';
import { temporaryFolder } from './temporary';

export interface Finding {
  readonly check: string;
  readonly name: string;
  /** `Deployment.monitoring.grafana-alloy`; of a template `AWS::Logs::LogGroup.LOGICALID`. */
  readonly resource: string;
  readonly file: string;
}

export interface Verdict {
  readonly passed: number;
  readonly findings: readonly Finding[];
}

interface Report {
  readonly summary: { readonly passed: number; readonly parsing_errors: number };
  readonly results: {
    readonly failed_checks: readonly {
      readonly check_id: string;
      readonly check_name: string;
      readonly resource: string;
      readonly file_path: string;
    }[];
  };
}

/** All that checkov has against the files. It looks for its maker's service unless it is told not to. */
export async function findings(framework: 'kubernetes' | 'cloudformation', files: readonly string[]): Promise<Verdict> {
  const scratch = temporaryFolder();
  const { stdout, stderr } = await run(
    [
      ...[...engine('checkov').command, '--framework', framework, ...files.flatMap((file) => ['--file', file])],
      ...['--output', 'json', '--quiet', '--compact', '--skip-download'],
    ],
    // It keeps notes in the user's home and in the folder for temporary files.
    { timeout: 120_000, env: { ...process.env, HOME: scratch, TMPDIR: scratch } },
  );
  const { summary, results } = parsed(stdout, stderr);
  if (summary.parsing_errors > 0) {
    throw new Error(`checkov can't read all of ${files.join(', ')}`);
  }
  return {
    passed: summary.passed,
    findings: results.failed_checks.map(({ check_id, check_name, resource, file_path }) => ({
      check: check_id,
      name: check_name,
      // Its graph checks tell pods with all their labels.
      resource: resource.replace(/^(Pod\.[^.]+\.[^.]+)\..*$/, '$1'),
      file: basename(file_path),
    })),
  };
}

function parsed(stdout: string, stderr: string): Report {
  try {
    return JSON.parse(stdout) as Report;
  } catch {
    throw new Error(`checkov gave no report:\n${stdout}${stderr}`);
  }
}

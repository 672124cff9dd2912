/**
 * `npm start`: compile, render the tictactoe environment into the committed tree, prove what can be proven, and say in
 * a few lines what there is now.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { capture, root, turbo } from './run';

const app = 'apps/tictactoe-infra';
const cli = path.join(root, 'packages/cli/lib/sightline.js');

const built = turbo('sync', 'compile', '--filter=@eks-sightline/tictactoe-infra', '--filter=@eks-sightline/cli');
if (built !== 0) process.exit(built);

const verdict = capture(process.execPath, [cli, 'verify', app, '--format', 'json']);
if (verdict.status > 1) {
  process.stderr.write(verdict.stderr);
  process.exit(verdict.status);
}
printSummary(JSON.parse(verdict.stdout) as Report);
if (verdict.status !== 0) {
  process.stdout.write(capture(process.execPath, [cli, 'verify', app]).stdout);
  process.exit(verdict.status);
}

/** The part of the report (packages/wiring/schema/verify-report.schema.json) that the summary shows. */
interface Report {
  readonly summary: {
    readonly paths: Readonly<Record<'proven' | 'broken' | 'unknown', number>>;
    readonly findings: Readonly<Record<'error' | 'warning' | 'info', number>>;
  };
  readonly paths: readonly { readonly hops: readonly { readonly status: string }[] }[];
}

interface Rendered {
  readonly stacks: readonly { readonly name: string; readonly resources: number }[];
  readonly overlays: readonly { readonly name: string; readonly objects: number }[];
  readonly argocd: number;
}

function printSummary(report: Report): void {
  const rendered: Rendered = JSON.parse(fs.readFileSync(path.join(root, app, 'dist/rendered/summary.json'), 'utf8'));
  const { stacks, overlays, argocd } = rendered;
  const { paths, findings } = report.summary;
  const hops = report.paths.flatMap((one) => one.hops);
  const proven = hops.filter((hop) => hop.status === 'proven').length;
  const found = findings.error + findings.warning;
  const manifests = overlays.reduce((sum, overlay) => sum + overlay.objects, argocd);
  console.log(`
Rendered: the tictactoe environment
  ${stacks.length} CloudFormation stacks   ${stacks.map(({ name, resources }) => `${name} (${resources} resources)`).join(', ')}
                            in ${app}/cdk.out
  ${overlays.length} kustomize overlays     ${overlays.map(({ name, objects }) => `${name} (${objects} objects)`).join(', ')}
                            in ${app}/gitops, with ${argocd} Argo CD objects: ${manifests} manifests in all

sightline verify: ${found === 0 ? 'no finding' : `${findings.error} errors, ${findings.warning} warnings`}
  ${paths.proven + paths.broken + paths.unknown} signal paths: ${paths.proven} proven, ${paths.broken} broken, ${paths.unknown} not proven yet
  ${hops.length} hops on them: ${proven} proven; for each of the others the report says what is missing

Look next at
  1. the wiring, hop by hop:   node packages/cli/lib/sightline.js verify ${app}
  2. where it is all typed:    ${app}/src/environment.ts
  3. what differs from the documents that this implements, and why:   docs/differences.md
`);
}

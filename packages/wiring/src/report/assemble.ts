import { textOf, type World } from '../model';
import type { Estate } from '../read/estate';
import type { Suppression } from '../read/sightline-json';
import type { LintFinding } from '../rules';
import { ASSUMPTIONS, absentControllers, assumptionsOf, type Path } from '../trace';
import { BreakFindings } from './break-findings';
import { gapFindings, lintFindings, openSets, problemFinding } from './other-findings';
import { pathVerdict } from './path-verdict';
import { suppressionOf } from './suppress';
import type { Assumption, Finding, Place, Status, Verdict, WorldSummary } from './verdict';

export interface Assembly {
  readonly estate: Estate;
  readonly paths: readonly Path[];
  /** What lint rules have seen. */
  readonly spotted: readonly LintFinding[];
  readonly tool: { readonly name: string; readonly version: string };
  readonly ignore: readonly Suppression[];
}

/** Turns what the trace found into a verdict: plain data, sorted. */
export function assemble({ estate, paths, spotted, tool, ignore }: Assembly): Verdict {
  const broken = new BreakFindings();
  for (const path of paths) broken.addPath(path);
  const { folded, left } = broken.fold(estate.problems);
  const raw = [
    ...broken.all(folded),
    ...left.map(problemFinding),
    ...estate.worlds.flatMap(gapFindings),
    ...openSets(estate.gitOps),
    ...lintFindings(spotted),
  ];
  const findings = raw.map((finding) => suppressionOf(finding, ignore, estate)).sort(byPlace);
  const verdicts = paths.map((path) => pathVerdict(path, broken)).sort((a, b) => (a.id < b.id ? -1 : 1));
  const count = (severity: string) => findings.filter((f) => f.severity === severity && !f.suppressed).length;
  const having = (status: Status) => verdicts.filter((path) => path.status === status).length;
  return {
    schemaVersion: 1,
    tool,
    worlds: estate.worlds.map(summaryOf).sort((a, b) => (a.name < b.name ? -1 : 1)),
    assumptions: assumptions(estate, paths),
    summary: {
      paths: { proven: having('proven'), broken: having('broken'), unknown: having('unknown') },
      findings: { error: count('error'), warning: count('warning'), info: count('info') },
      suppressed: findings.filter(({ suppressed }) => suppressed).length,
    },
    findings,
    paths: verdicts,
    read: estate.counts,
  };
}

/** What is taken for granted, once. */
function assumptions({ worlds, gitOps }: Estate, paths: readonly Path[]): readonly Assumption[] {
  const controllers = absentControllers(worlds, gitOps.applications.length > 0);
  return [
    ...assumptionsOf(worlds, paths).map((id) => ({ id, text: ASSUMPTIONS[id] })),
    ...(controllers === undefined ? [] : [{ id: 'controllers', text: controllers }]),
  ];
}

function summaryOf({ name, surroundings: { account, region, cluster, issuer } }: World): WorldSummary {
  const [accountId, regionName] = [textOf(account), textOf(region)];
  return {
    name,
    ...(accountId && { account: accountId }),
    ...(regionName && { region: regionName }),
    ...(cluster && { cluster }),
    ...(issuer && { issuer: `https://${issuer.value}` }),
  };
}

function byPlace(a: Finding, b: Finding): number {
  return keyOf(a) < keyOf(b) ? -1 : 1;
}

function keyOf({ location, rule, world, id }: Finding): string {
  const at = (place: Place | undefined) => [place?.file ?? '', pad(place?.line), pad(place?.column)].join('\n');
  return [at(location), rule, world, id].join('\n');
}

function pad(count = 0): string {
  return `${count}`.padStart(9, '0');
}

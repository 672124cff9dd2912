import { createHash } from 'node:crypto';
import { textOf, type World } from '../model';
import type { Estate, EstateProblem } from '../read/estate';
import type { Suppression } from '../read/sightline-json';
import { breakRules, inputRule, type LintFinding, NOT_FOLLOWED, type Rule } from '../rules';
import { ASSUMPTIONS, assumptionsOf, type Break, type Hop, type Path } from '../trace';
import { placeOf } from './place';
import { suppressionOf } from './suppress';
import type { Finding, HopVerdict, PathVerdict, Place, Status, Verdict, WorldSummary } from './verdict';

const DOCS = 'https://eks-sightline.github.io/sightline/rules/';

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
  const broken = new Findings();
  for (const path of paths) broken.addPath(path);
  const { folded, left } = broken.fold(estate.problems);
  const raw = [
    ...broken.all(folded),
    ...left.map(problemFinding),
    ...estate.worlds.flatMap((world) => gapFindings(world)),
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
    assumptions: assumptionsOf(estate.worlds, paths).map((id) => ({ id, text: ASSUMPTIONS[id] })),
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

/** The order in which the hops of a broken path are asked for the cause: who writes, before where to. */
const CAUSES = [
  // Of the collector: what cuts all of its paths.
  'configuration',
  'input',
  'filters',
  'output',
  'service-account',
  'role',
  'trust',
  'remote-write',
  'log-group',
  'signature',
  'permission',
  'discovery',
];

/** The same for what is between a workload and the collector. */
const CAUSES_OF_SOURCE = ['relabelling', 'scrape', 'network', 'parser'];

/** One finding for each broken end of a path, the collector's and the workload's; paths that break at the same place for the same reason share one. */
class Findings {
  private readonly byKey = new Map<
    string,
    { cause: Break; others: readonly Break[]; world: string; paths: string[] }
  >();
  private readonly ofHop = new Map<string, string>();

  addPath(path: Path): void {
    const broken = path.hops.filter((hop): hop is Hop & { broken: Break } => hop.broken !== undefined);
    this.add(path, broken.filter(isOfSource), CAUSES_OF_SOURCE);
    this.add(
      path,
      broken.filter((hop) => !isOfSource(hop)),
      CAUSES,
    );
  }

  private add(path: Path, hops: readonly (Hop & { broken: Break })[], order: readonly string[]): void {
    const sorted = hops.toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
    const [cause, ...others] = sorted.map(({ broken }) => broken);
    if (!cause) return;
    const { span } = cause;
    const key = [path.world, cause.claim, span?.source.file, span?.start, cause.message].join('\n');
    const found = this.byKey.get(key) ?? { cause, others, world: path.world, paths: [] };
    found.paths.push(path.id);
    this.byKey.set(key, found);
    for (const { kind } of hops) this.ofHop.set(`${path.id}\n${kind}`, key);
  }

  idOf(path: string, hop: string): string | undefined {
    const found = this.byKey.get(this.ofHop.get(`${path}\n${hop}`) ?? '');
    return found && idOf(breakRules[found.cause.claim], found.world, [...found.paths].sort().join());
  }

  /** A patch for an object that is also missing on a path tells the same story twice: it goes into that finding. */
  fold(problems: readonly EstateProblem[]): { folded: readonly EstateProblem[]; left: readonly EstateProblem[] } {
    const isTold = ({ subject, worlds }: EstateProblem) =>
      worlds.length > 0 &&
      worlds.every((world) => [...this.byKey.values()].some((f) => f.world === world && isAbout(f.cause, subject)));
    return { folded: problems.filter(isTold), left: problems.filter((problem) => !isTold(problem)) };
  }

  all(folded: readonly EstateProblem[]): readonly Finding[] {
    return [...this.byKey.values()].map(({ cause, others, world, paths }) => {
      const rule = breakRules[cause.claim];
      const related = [
        ...cause.related,
        ...folded.filter(({ subject, worlds }) => worlds.includes(world) && isAbout(cause, subject)),
        ...others.map(({ message, span }) => ({ message: `on the same path: ${message}`, span })),
      ];
      const sorted = [...paths].sort();
      return finding(rule, world, {
        id: idOf(rule, world, sorted.join()),
        message: cause.message,
        help: cause.help ?? rule.help,
        paths: sorted,
        related: related.map(({ message, span }) => ({ ...(span && placeOf(span)), message })),
        ...(cause.span && { location: placeOf(cause.span) }),
      });
    });
  }
}

function isOfSource({ kind }: Hop): boolean {
  return CAUSES_OF_SOURCE.includes(kind);
}

function finding(
  rule: Rule,
  world: string,
  rest: Omit<Finding, 'rule' | 'severity' | 'why' | 'docs' | 'world'>,
): Finding {
  return { ...rest, rule: rule.id, severity: rule.severity, why: rule.why, docs: `${DOCS}${rule.id}`, world };
}

function isAbout({ subject }: Break, wanted: string | undefined): boolean {
  return subject !== undefined && subject === wanted;
}

function problemFinding(problem: EstateProblem): Finding {
  const rule = inputRule(problem.code);
  const { span, related = [] } = problem;
  return finding(rule, problem.worlds.length === 1 ? problem.worlds[0] : '', {
    id: idOf(rule, span?.source.file ?? '', problem.message),
    message: problem.message,
    help: problem.help ?? rule.help,
    paths: [],
    related: related.map((other) => ({ ...placeOf(other.span), message: other.message })),
    ...(span && { location: placeOf(span) }),
  });
}

function gapFindings(world: World): readonly Finding[] {
  return world.gaps.map(({ what, help, span }) =>
    finding(NOT_FOLLOWED, world.name, {
      id: idOf(NOT_FOLLOWED, world.name, what),
      message: what,
      help: help ?? NOT_FOLLOWED.help,
      paths: [],
      related: [],
      ...(span && { location: placeOf(span) }),
    }),
  );
}

/** What stands in a file that several worlds are built of is told once. */
function lintFindings(spotted: readonly LintFinding[]): readonly Finding[] {
  const byPlace_ = new Map<string, LintFinding[]>();
  for (const one of spotted) {
    const { rule, world, subject, message, span } = one;
    const key = [rule.id, subject, message, span ? `${span.source.file} ${span.start}` : world].join('\n');
    byPlace_.set(key, [...(byPlace_.get(key) ?? []), one]);
  }
  return [...byPlace_.values()].map((same) => {
    const [{ rule, subject, message, help, span, related = [] }] = same;
    const world = same.length === 1 ? same[0].world : '';
    return finding(rule, world, {
      id: idOf(rule, world, subject),
      message,
      help: help ?? rule.help,
      paths: [],
      related: related.map((other) => ({ ...(other.span && placeOf(other.span)), message: other.message })),
      ...(span && { location: placeOf(span) }),
    });
  });
}

function idOf(rule: Rule, ...names: readonly string[]): string {
  return createHash('sha256')
    .update([rule.id, ...names].join('\n'))
    .digest('hex')
    .slice(0, 16);
}

function pathVerdict(path: Path, findings: Findings): PathVerdict {
  const hops = path.hops.map((hop) => hopVerdict(hop, findings.idOf(path.id, hop.kind)));
  const broken = hops.some(({ status }) => status === 'broken');
  const proven = hops.every(({ status }) => status === 'proven');
  const { world, signal, source, sink } = path;
  return { id: path.id, world, signal, source, sink, status: broken ? 'broken' : proven ? 'proven' : 'unknown', hops };
}

function hopVerdict({ kind, from, to, status, missing, evidence }: Hop, finding_: string | undefined): HopVerdict {
  return {
    kind,
    from,
    to,
    status,
    ...(missing.length > 0 && { missing }),
    findings: status === 'broken' && finding_ ? [finding_] : [],
    evidence: evidence.map(({ span, text }) => ({ ...(span && { location: placeOf(span) }), text })),
  };
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

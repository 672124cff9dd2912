import type { EstateProblem } from '../read/estate';
import { breakRules } from '../rules';
import type { Break, Hop, Path } from '../trace';
import { finding, idOf } from './finding';
import { placeOf } from './place';
import type { Finding } from './verdict';

/** The order in which the hops of a broken path are asked for the cause: who writes, before where to. */
const CAUSES = [
  // Of the collector: what cuts all of its paths.
  'configuration',
  'rules',
  'input',
  'filters',
  'output',
  'dashboard',
  'data-source',
  'plugin',
  'url',
  'service-account',
  'role',
  'trust',
  'remote-write',
  'log-group',
  'signature',
  'permission',
  'discovery',
  'alert-manager',
  'route',
  'receiver',
];

/** The same for what is between a workload and the collector. */
const CAUSES_OF_SOURCE = ['relabelling', 'scrape', 'network', 'parser', 'query', 'metrics', 'fields'];

/** One finding for each broken end of a path, the collector's and the workload's; paths that break at the same place for the same reason share one. */
export class BreakFindings {
  private readonly byKey = new Map<
    string,
    { cause: Break; others: readonly Break[]; world: string; paths: string[] }
  >();
  private readonly ofHop = new Map<string, string>();
  private readonly ids = new Map<string, string>();

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

  /** The finding that tells of a hop, once all paths are added. */
  idOf(path: string, hop: string): string | undefined {
    const key = this.ofHop.get(`${path}\n${hop}`);
    const found = key === undefined ? undefined : this.byKey.get(key);
    if (key === undefined || !found) return undefined;
    const id = this.ids.get(key) ?? idOf(breakRules[found.cause.claim], found.world, [...found.paths].sort().join());
    this.ids.set(key, id);
    return id;
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

function isAbout({ subject }: Break, wanted: string | undefined): boolean {
  return subject !== undefined && subject === wanted;
}

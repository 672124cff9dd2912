import { type Finding, MemoryFileTree, readSightlineConfig, type Verdict, verify } from '@eks-sightline/wiring';
import { buildKustomization } from '@eks-sightline/wiring/lib/read/kustomize';
import { plain } from '../kit/wiring';
import type { Lines, Mutant } from './mutant';
import type { Operator } from './operator';
import { documentsOf, type Files } from './yard';

export type Fate = 'killed' | 'equivalent' | 'survived';

export interface Judgement {
  readonly fate: Fate;
  /** What was found; where that is no kill, why it is none. */
  readonly why: string;
}

/** `sightline verify .` in the root of the environment, in this process; with `--overlay` where one world is enough. */
export function verdictOf(files: Files, overlay?: string): Verdict {
  // The command takes byte-order marks off what it reads.
  const tree = new MemoryFileTree(
    Object.fromEntries(Object.entries(files).map(([file, text]) => [file, text.replace(/^\ufeff/, '')])),
  );
  const source = tree.read('sightline.json');
  const config = source && readSightlineConfig(source).config;
  return verify({
    files: tree,
    paths: [''],
    tool: { name: 'mutation', version: '0' },
    ...(config && { config }),
    ...(overlay && { overlay }),
  });
}

/** The world that a file is of; of a file that all build on, the first. Undefined for what is looked at beside the worlds. */
export function worldOf(files: Files, file: string): string | undefined {
  const { worlds } = JSON.parse(files['sightline.json'] ?? '{}') as {
    worlds: Record<string, { manifests: string[]; templates?: string[] }>;
  };
  const own = Object.entries(worlds).filter(
    ([, { manifests, templates = [] }]) =>
      manifests.some((path) => file.startsWith(`${path}/`)) || templates.includes(file),
  );
  const shared = file.includes('/base/') ? Object.keys(worlds) : [];
  return own.length === 1 ? own[0]?.[0] : shared[0];
}

/** Decides over one mutant, beside the environment that it was made of. */
export function judge(
  mutant: Mutant,
  { lint = {}, equal }: Operator,
  original: Files,
  verdictBefore: (overlay?: string) => Verdict,
): Judgement {
  const overlay = worldOf(original, mutant.file);
  const before = verdictBefore(overlay);
  const verdict = verdictOf(mutant.files, overlay);
  const known = new Set(before.findings.map(({ id }) => id));
  const wasBroken = new Set(before.paths.filter(({ status }) => status === 'broken').map(({ id }) => id));
  const broken = new Set(
    verdict.paths.filter(({ id, status }) => status === 'broken' && !wasBroken.has(id)).map(({ id }) => id),
  );
  const fresh = verdict.findings.filter(({ id, suppressed }) => !known.has(id) && !suppressed);
  const speaking = fresh.filter(({ rule, paths }) => paths.some((path) => broken.has(path)) || rule in lint);
  const pointing = speaking.find((finding) => pointsAt(finding, [...mutant.places, ...mutant.ends]));
  if (pointing) {
    const isBreak = pointing.paths.some((path) => broken.has(path));
    return { fate: 'killed', why: isBreak ? pointing.rule : `${pointing.rule} (lint)` };
  }
  if (speaking.length > 0) {
    return { fate: 'survived', why: `points elsewhere: ${speaking.map(shown).join('; ')}` };
  }
  if (fresh.length > 0) {
    return { fate: 'survived', why: `another finding: ${fresh.map(shown).join('; ')}` };
  }
  if (normalised(verdict) === normalised(before)) {
    if (effect(mutant.files) === effect(original)) {
      return { fate: 'equivalent', why: 'the same objects, resources and trace' };
    }
    if (equal) {
      return { fate: 'equivalent', why: `the same trace: ${equal}` };
    }
  }
  const counts = ({ summary }: Verdict) => `${summary.paths.proven} proven, ${summary.paths.unknown} unknown`;
  return { fate: 'survived', why: `no finding; ${counts(before)} before, ${counts(verdict)} after` };
}

/** What is wrong with a change that changes nothing; undefined when it is judged as the environment before it. */
export function objection(files: Files, before: Verdict): string | undefined {
  const verdict = verdictOf(files);
  const known = new Set(before.findings.map(({ id }) => id));
  const fresh = verdict.findings.filter(({ id, suppressed }) => !known.has(id) && !suppressed);
  if (fresh.length > 0) {
    return fresh.map(shown).join('; ');
  }
  const [was, is] = [before, verdict].map(statuses);
  return was === is ? undefined : `paths were ${was}, are ${is}`;
}

/** How many paths of each kind there are in each world; their names may have changed. */
function statuses({ paths }: Verdict): string {
  const counts = new Map<string, number>();
  for (const { world, signal, status } of paths) {
    const key = `${world} ${signal} ${status}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts]
    .map(([key, count]) => `${count} ${key}`)
    .sort()
    .join(', ');
}

function pointsAt({ location, related }: Finding, lines: readonly Lines[]): boolean {
  return [location, ...related].some(
    (place) =>
      place?.file !== undefined &&
      place.line !== undefined &&
      lines.some(
        ({ file, first, last }) => place.file === file && (place.line ?? 0) >= first && (place.line ?? 0) <= last,
      ),
  );
}

function shown({ rule, location }: Finding): string {
  return `${rule} at ${location ? `${location.file}:${location.line}` : 'no place'}`;
}

/** Every path with its hops and evidence, without places. */
function normalised({ paths }: Verdict): string {
  return JSON.stringify(paths, (key, value) => (key === 'location' ? undefined : value));
}

/** What a cluster and an account would get: built overlays, templates, and all that is applied as it stands, as values. */
function effect(files: Files): string {
  const tree = new MemoryFileTree(files);
  const overlays = Object.keys(files).filter((file) => /overlays\/[^/]+\/kustomization\.yaml$/.test(file));
  const built = overlays.map((file) => {
    const { objects, problems } = buildKustomization(tree, file.replace('/kustomization.yaml', ''));
    return [objects.map(({ node }) => JSON.stringify(plain(node))).sort(), problems.map(({ code }) => code)];
  });
  const trees = overlays.map((file) => file.slice(0, file.indexOf('overlays/')));
  const rest = Object.entries(files).filter(
    ([file]) => !file.endsWith('.prom') && (file.includes('argocd/') || !trees.some((tree) => file.startsWith(tree))),
  );
  return JSON.stringify([built, rest.map(([file, text]) => [file, documentsOf(text).map((one) => one.toJS())])]);
}

import { type Label, type RelabelRule, relabel } from '@eks-sightline/wiring/lib/trace/scrape/relabel';
import { engine } from '../engines';
import { run } from '../engines/run';

/** As YAML has it; what is absent is the default. */
interface Written {
  readonly source_labels?: readonly string[];
  readonly separator?: string;
  readonly regex?: string;
  readonly target_label?: string;
  readonly replacement?: string;
  readonly action?: string;
  readonly modulus?: number;
}

interface Case {
  readonly labels: Readonly<Record<string, string>>;
  readonly rules: readonly Written[];
}

type Answer = { readonly labels: Readonly<Record<string, string>> } | { readonly error: string } | null;

const SEED = 20_261_122;
const COUNT = 8000;

const NAMES = [
  '__address__',
  '__metrics_path__',
  '__scheme__',
  '__tmp',
  'job',
  'pod',
  'a',
  'b',
  'ab',
  '__meta_x',
  '__meta_x_y',
];
const VALUES = [
  '',
  '10.1.2.3:8080',
  '10.1.2.3',
  'true',
  'True',
  'https',
  '/metrics',
  'a;b',
  'a\nb',
  'ä€',
  '9113',
  '$1',
  'x',
];
const REGEXES = [
  '(.*)',
  '(.+)',
  '.*',
  'true',
  'true|https',
  '([^:]+)(?::\\d+)?;(\\d+)',
  '(.+):(\\d+)',
  '(?P<host>[^:]+):(?P<port>.+)',
  '(a)|b',
  '',
  '__meta_(.+)',
  '[^a]*',
  '(?i)TRUE',
  'a.b',
];
const REPLACEMENTS = ['$1', '$1:$2', '${1}x', '$2:$1', '$host', '${port}', '$$1', '', 'x', '$3', '$1x', 'm_$1'];
const ACTIONS = [
  'replace',
  'keep',
  'drop',
  'labelmap',
  'labeldrop',
  'labelkeep',
  'lowercase',
  'uppercase',
  'hashmod',
  'keepequal',
  'dropequal',
];

/** A small generator of numbers, so that every run has the same cases. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function cases(): readonly Case[] {
  const next = random(SEED);
  const one = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
  const some = <T>(list: readonly T[], most: number): T[] =>
    Array.from({ length: Math.floor(next() * (most + 1)) }, () => one(list));
  const rule = (): Written => {
    const action = one(ACTIONS);
    const sources = some(NAMES, 3);
    const regex = next() < 0.8 ? { regex: one(REGEXES) } : {};
    const separator = next() < 0.2 ? { separator: one([':', '', ';']) } : {};
    switch (action) {
      case 'labeldrop':
      case 'labelkeep':
        return { action, ...regex };
      case 'labelmap':
        return { action, ...regex, ...(next() < 0.5 && { replacement: one(REPLACEMENTS) }) };
      case 'keepequal':
      case 'dropequal':
        return { action, source_labels: sources, target_label: one(NAMES) };
      case 'hashmod':
        return {
          action,
          source_labels: sources,
          ...separator,
          target_label: one(NAMES),
          modulus: 1 + Math.floor(next() * 9),
        };
      case 'lowercase':
      case 'uppercase':
        return { action, source_labels: sources, ...separator, target_label: one(NAMES) };
      case 'replace':
        return {
          ...(next() < 0.5 && { action }),
          source_labels: sources,
          ...separator,
          ...regex,
          target_label: next() < 0.9 ? one(NAMES) : one(['${1}', 'x_$1']),
          ...(next() < 0.8 && { replacement: one(REPLACEMENTS) }),
        };
      default:
        return { action, source_labels: sources, ...separator, ...regex };
    }
  };
  return Array.from({ length: COUNT }, () => {
    const labels = Object.fromEntries(some(NAMES, 8).map((name) => [name, one(VALUES)]));
    return { labels, rules: [rule(), ...Array.from({ length: Math.floor(next() * 5) }, rule)] };
  });
}

function ours({ labels, rules }: Case): Answer {
  const nothing: ReadonlySet<never> = new Set();
  const start = new Map<string, Label>();
  for (const [name, value] of Object.entries(labels)) {
    if (value !== '') {
      start.set(name, { value, rests: nothing });
    }
  }
  const span = { source: { file: 'x' }, start: 0, end: 0 } as unknown as RelabelRule['span'];
  const outcome = relabel(
    start,
    rules.map((rule) => ({
      action: rule.action ?? 'replace',
      sources: rule.source_labels ?? [],
      separator: rule.separator ?? ';',
      regex: rule.regex ?? '(.*)',
      target: rule.target_label ?? '',
      replacement: rule.replacement ?? '$1',
      ...(rule.modulus !== undefined && { modulus: rule.modulus }),
      component: 'x',
      span,
    })),
  );
  if (outcome.kind !== 'kept') {
    return null;
  }
  const left = [...outcome.labels].filter(([, { value }]) => value !== '').map(([name, { value }]) => [name, value]);
  return { labels: Object.fromEntries(left) };
}

describe('relabelling', () => {
  test(`is that of Prometheus in ${COUNT} random chains`, async () => {
    const all = cases();
    const input = all.map(({ labels, rules }) => JSON.stringify({ labels, rules: JSON.stringify(rules) })).join('\n');
    const { status, stdout, stderr } = await run(engine('relabel-oracle').command, {
      input: `${input}\n`,
      timeout: 60_000,
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const answers = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Answer);
    expect(answers).toHaveLength(COUNT);
    const compared = all.flatMap((one, index) => {
      const answer = answers[index] as Answer;
      // What Prometheus refuses to load is judged elsewhere.
      return answer !== null && 'error' in answer ? [] : [{ one, answer, own: ours(one) }];
    });
    const different = compared.filter(({ answer, own }) => sorted(answer) !== sorted(own));
    expect(different.slice(0, 3)).toEqual([]);
    expect(compared.length).toBeGreaterThan(COUNT / 2);
    expect(compared.some(({ answer }) => answer === null)).toBe(true);
  });
});

function sorted(answer: Answer): string {
  return answer !== null && 'labels' in answer ? JSON.stringify(Object.entries(answer.labels).sort()) : 'dropped';
}

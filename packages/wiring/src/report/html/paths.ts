import type { Finding, HopVerdict, PathVerdict, Status, Verdict, WorldSummary } from '../verdict';
import { icon } from './icons';
import { anchor, count, escaped } from './markup';

/** Rows beyond these wait behind a line to click on: proven ones are many, and say little. */
const SHOWN = 25;
/** Of a cluster of thousands the page keeps what is read; everything is in the JSON report. */
const DETAILED = 400;

const ORDER: readonly Status[] = ['broken', 'unknown', 'proven'];
/** The way that signals take: what is shown comes from what was written. */
const SIGNALS = ['metrics', 'logs', 'dashboards', 'alerts'];

/** Each world with its paths as rows of hops, those that need a person first. */
export function worldsOf(verdict: Verdict): string {
  const byId = new Map(verdict.findings.map((finding) => [finding.id, finding]));
  let detailed = 0;
  return worst(verdict.worlds, (world) => verdict.paths.filter((path) => path.world === world.name))
    .map(worldSection)
    .join('\n');

  function worldSection(world: WorldSummary): string {
    const paths = verdict.paths.filter((path) => path.world === world.name);
    const found = new Set(paths.map(({ signal }) => signal));
    const names = [...new Set([...SIGNALS.filter((signal) => found.has(signal)), ...found])];
    const signals = worst(names, (name) => paths.filter(({ signal }) => signal === name));
    const facts = [
      world.account && `account ${world.account}`,
      world.region,
      world.cluster && `cluster ${world.cluster}`,
    ];
    const heading = `<h2>${escaped(world.name)} <small>${facts.flatMap((fact) => (fact ? escaped(fact) : [])).join(' · ')}</small></h2>`;
    const boards = signals.map((signal) =>
      boardOf(
        signal,
        paths.filter((path) => path.signal === signal),
      ),
    );
    return `<section class="world">${heading}${paths.length === 0 ? '<p class="soft">no signal path</p>' : boards.join('\n')}</section>`;
  }

  function boardOf(signal: string, paths: readonly PathVerdict[]): string {
    const kinds = columnsOf(paths);
    const sorted = paths.toSorted((a, b) => ORDER.indexOf(a.status) - ORDER.indexOf(b.status));
    const told = new Set<string>();
    const rows = sorted.map((path) => row(path, kinds, told));
    const open = Math.max(SHOWN, paths.filter(({ status }) => status !== 'proven').length);
    const rest = rows.length > open + 3 ? rows.slice(open) : [];
    const first = rest.length > 0 ? rows.slice(0, open) : rows;
    const heads = ['', 'from', ...kinds, 'to'].map(
      (head) => `<span>${escaped(head.replaceAll('-', '-\u200b'))}</span>`,
    );
    const more =
      rest.length > 0
        ? `<details class="more"><summary>${count(rest.length, 'more proven path')}</summary>${rest.join('')}</details>`
        : '';
    return (
      `<div><h3>${escaped(signal)} <span class="soft">${escaped(tally(paths))}</span></h3>` +
      `<div class="board" style="--n:${kinds.length}"><div class="row heads" aria-hidden="true">${heads.join('')}</div>${first.join('')}${more}</div></div>`
    );
  }

  function row(path: PathVerdict, kinds: readonly string[], told: Set<string>): string {
    const { source, sink, status, id, signal, world, hops } = path;
    const name = `${source.kind} ${source.namespace ? `${source.namespace}/` : ''}${source.name}`;
    const words = [name, sink.id, signal, world, status, ...hops.map(({ kind }) => kind)].join(' ').toLowerCase();
    const body = detailed++ < DETAILED ? details(hops, byId) : '<p>the JSON report has the hops of this path</p>';
    return (
      `<details class="path ${status}" id="${anchor('p', id)}" data-status="${status}" data-signal="${escaped(signal)}" data-world="${escaped(world)}" data-text="${escaped(words)}">` +
      `<summary class="row"><span class="word">${icon(status)} ${status}</span>` +
      `<span class="name">${namedEnd(name, source.port)}</span>${cells(hops, kinds)}` +
      `<span class="sink">${namedEnd(sink.id, undefined, sink.kind)}</span>${whyOf(hops, byId, told)}</summary>` +
      `<div class="hops">${body}</div></details>`
    );
  }
}

/** `Deployment shop/web` and `panel "Load" of dashboard "Shop"` as the name, and below it what and where it is. */
function namedEnd(label: string, port: number | undefined, kind = ''): string {
  const [, part, quoted, bare, whole] = /^(\w+) (?:"(.+?)"|(\S+)) of (\w+ "?.+)$/.exec(label) ?? [];
  if (whole) return `<b>${escaped(quoted ?? bare)}</b><small>${escaped(`${part} of ${whole}`)}</small>`;
  const [, what, namespace, name] = /^(\w+) (?:([^/ ]+)\/)?([^/ ]+)$/.exec(label) ?? [];
  const below = what ? `${what}${namespace ? ` in ${namespace}` : ''}` : kind.replaceAll('-', ' ');
  const colon = port === undefined ? '' : ` <small>:${port}</small>`;
  return `<b>${escaped(name ?? label)}${colon}</b><small>${escaped(below)}</small>`;
}

/** Those that hold a broken path first, then those that hold an unknown one; the rest as they are. */
function worst<T>(items: readonly T[], pathsOf: (item: T) => readonly PathVerdict[]): readonly T[] {
  const rank = (item: T) => Math.min(...pathsOf(item).map(({ status }) => ORDER.indexOf(status)), ORDER.length);
  const ranked = items.map((item) => ({ item, rank: rank(item) }));
  return ranked.toSorted((a, b) => a.rank - b.rank).map(({ item }) => item);
}

/** The hops of all paths in one order: each stands after those that it follows in any of them. */
export function columnsOf(paths: readonly PathVerdict[]): readonly string[] {
  const columns: string[] = [];
  for (const { hops } of paths.toSorted((a, b) => b.hops.length - a.hops.length)) {
    let at = 0;
    for (const { kind } of hops) {
      const found = columns.indexOf(kind);
      if (found === -1) columns.splice(at++, 0, kind);
      else at = found + 1;
    }
  }
  return columns;
}

function cells(hops: readonly HopVerdict[], kinds: readonly string[]): string {
  let cut = false;
  let line = hops[0]?.status ?? 'unknown';
  return kinds
    .map((kind) => {
      const hop = hops.find((one) => one.kind === kind);
      // A hop that others of the board have, and this path has not: the line goes on.
      if (!hop) return `<span class="hop none ${cut ? 'after' : line}"></span>`;
      const { status } = hop;
      line = status;
      const after = cut ? ' after' : '';
      cut ||= status === 'broken';
      return `<span class="hop ${status}${after}" role="img" aria-label="${escaped(kind)} ${status}" title="${escaped(kind)}: ${status}">${icon(status)}<i>${escaped(kind)}</i></span>`;
    })
    .join('');
}

/** Why a row is not proven, without having to open it; one cause is told once on a board. */
function whyOf(hops: readonly HopVerdict[], byId: ReadonlyMap<string, Finding>, told: Set<string>): string {
  const broken = hops.filter(({ status }) => status === 'broken');
  const seen = new Set<string>();
  const lines = broken.flatMap(({ kind, findings }) =>
    findings.flatMap((id) => {
      const finding = byId.get(id);
      if (!finding || seen.has(id)) return [];
      seen.add(id);
      const text = told.has(id) ? 'for the same reason as above' : finding.message;
      told.add(id);
      return `<b>${escaped(kind)}</b>: ${escaped(text)}`;
    }),
  );
  if (lines.length > 0) return `<span class="why">${lines.join('<br>')}</span>`;
  const open = new Map<string, string[]>();
  for (const { kind, missing = [] } of hops) {
    for (const { what, kind: why } of missing)
      if (why !== 'earlier-hop') open.set(what, [...(open.get(what) ?? []), kind]);
  }
  const [first, ...rest] = [...open].map(([what, kinds]) => `<b>${escaped(kinds.join(', '))}</b>: ${escaped(what)}`);
  if (first === undefined || told.has(first)) return '';
  told.add(first);
  return `<span class="why">${first}${rest.length > 0 ? ` <span class="soft">and ${rest.length} more</span>` : ''}</span>`;
}

function details(hops: readonly HopVerdict[], byId: ReadonlyMap<string, Finding>): string {
  const items = hops.map(({ kind, from, to, status, missing = [], findings, evidence }) => {
    const notes = [
      ...findings.flatMap((id) => {
        const finding = byId.get(id);
        return finding ? `<a href="#f-${id}">${escaped(finding.rule)}</a>: ${escaped(finding.message)}` : [];
      }),
      ...missing.map(({ what, help }) => `missing: ${escaped(what)}${help ? ` (${escaped(help)})` : ''}`),
      ...evidence.map(
        ({ text, location }) =>
          `${escaped(text)}${location ? ` <code>${escaped(`${location.file}:${location.line}`)}</code>` : ''}`,
      ),
    ];
    const list = notes.length > 0 ? `<ul>${notes.map((note) => `<li>${note}</li>`).join('')}</ul>` : '';
    return `<li class="${status}"><span class="word">${icon(status)} ${status}</span> <b>${escaped(kind)}</b> ${escaped(from)} → ${escaped(to)}${list}</li>`;
  });
  return `<ol>${items.join('')}</ol>`;
}

function tally(paths: readonly PathVerdict[]): string {
  const parts = ORDER.flatMap((status) => {
    const many = paths.filter((path) => path.status === status).length;
    return many > 0 ? `${many} ${status}` : [];
  });
  return parts.join(', ');
}

import { readFiles } from '../read-files';
import type { Verdict } from '../verdict';
import { findingsOf } from './findings';
import { icon, SYMBOLS } from './icons';
import { count, escaped } from './markup';
import { worldsOf } from './paths';
import { SCRIPT } from './script';
import { STYLE } from './style';

/** The browser itself refuses what a page that stands alone must not do. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/**
 * The report as one page that needs nothing else: whether all is well in its first line, then each path as a row of
 * hops from its source to its store, then the findings.
 */
export function renderHtml(verdict: Verdict): string {
  const { status, headline, rest } = headOf(verdict);
  const { assumptions, tool, read } = verdict;
  const assumed = assumptions.map(({ text }) => `<li>${escaped(text)}</li>`).join('');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(headline)}</title>
<style>${STYLE}</style>
</head>
<body>
${SYMBOLS}
<header class="${status}">
<h1><span class="word">${icon(status)}</span><span>${escaped(headline)}</span></h1>
<p class="soft">${rest}</p>
${toolsOf(verdict)}
</header>
<main>
${worldsOf(verdict)}
${findingsOf(verdict)}
${assumed === '' ? '' : `<section class="notes"><h2>Assumed <small>because no file can show it</small></h2><ul class="soft">${assumed}</ul></section>`}
</main>
<footer>${escaped(tool.name)} ${escaped(tool.version)}: ${readFiles(read)} read, ${count(read.skipped, 'other file')} skipped</footer>
<script>${SCRIPT}</script>
</body>
</html>
`;
}

/** The one sentence that has to be read. */
function headOf({ summary, worlds, findings }: Verdict): { status: string; headline: string; rest: string } {
  const { proven, broken, unknown } = summary.paths;
  const total = proven + broken + unknown;
  const { error, warning, info } = summary.findings;
  const notes = [count(error, 'error'), count(warning, 'warning'), ...(info > 0 ? [`${info} info`] : [])];
  if (summary.suppressed > 0) notes.push(`${summary.suppressed} accepted`);
  const told = notes.join(', ');
  const link = findings.length > 0 ? `<a href="#findings">${told}</a>` : told;
  const rest = `${count(total, 'signal path')} in ${count(worlds.length, 'world')}; ${link}`;
  if (total === 0) return { status: 'unknown', headline: 'No signal path found', rest };
  if (broken > 0) {
    return { status: 'broken', headline: `The line of sight is broken on ${broken} of ${count(total, 'path')}`, rest };
  }
  if (error > 0) return { status: 'broken', headline: `${count(error, 'error')}, no path is broken`, rest };
  if (unknown > 0)
    return { status: 'unknown', headline: `Nothing is broken; ${unknown} of ${count(total, 'path')} not proven`, rest };
  return { status: 'proven', headline: `Every line of sight is proven: ${proven} of ${count(total, 'path')}`, rest };
}

function toolsOf({ summary, worlds, paths }: Verdict): string {
  const toggles = (['broken', 'unknown', 'proven'] as const)
    .filter((status) => summary.paths[status] > 0)
    .map(
      (status) =>
        `<button type="button" class="${status}" data-status="${status}" aria-pressed="true"><span class="word">${icon(status)} ${summary.paths[status]} ${status}</span></button>`,
    );
  const signals = [...new Set(paths.map(({ signal }) => signal))].sort();
  return `<div class="tools" role="group" aria-label="filters">${toggles.join('')}
${choice(
  'world',
  'all worlds',
  worlds.map(({ name }) => name),
)}
${choice('signal', 'all signals', signals)}
<label><span class="soft">find</span> <input id="text" type="search" placeholder="workload, store, hop …" autocomplete="off"></label>
<span id="told" class="soft" role="status"></span></div>`;
}

function choice(id: string, all: string, names: readonly string[]): string {
  if (names.length < 2) return '';
  const options = names.map((name) => `<option>${escaped(name)}</option>`).join('');
  return `<select id="${id}" aria-label="${id}"><option value="">${all}</option>${options}</select>`;
}

import { isPlace } from '../is-place';
import { cut } from '../place';
import type { Finding, Place, Verdict } from '../verdict';
import { anchor, count, escaped } from './markup';

const SEVERITIES = ['error', 'warning', 'info'];
/** A path of a finding is a link; a cause may cut thousands. */
const LINKED = 12;

export function findingsOf(verdict: Verdict): string {
  const active = verdict.findings
    .filter(({ suppressed }) => !suppressed)
    .toSorted((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
  const suppressed = verdict.findings.filter((finding) => finding.suppressed);
  if (active.length + suppressed.length === 0) return '';
  const names = new Map(
    verdict.paths.map(({ id, source }) => [id, `${source.namespace ? `${source.namespace}/` : ''}${source.name}`]),
  );
  const accepted =
    suppressed.length > 0
      ? `<details class="notes"><summary>${count(suppressed.length, 'finding')} accepted</summary>${suppressed.map((one) => article(one, names)).join('\n')}</details>`
      : '';
  return `<section id="findings"><h2>Findings <small>${escaped(tally(active))}</small></h2>${active.map((one) => article(one, names)).join('\n')}${accepted}</section>`;
}

function article(finding: Finding, names: ReadonlyMap<string, string>): string {
  const { id, rule, severity, world, message, why, help, docs, location, related, paths, suppressed } = finding;
  const rows = [
    ['why', escaped(why)],
    ['help', escaped(help)],
    ...(suppressed ? [['accepted', escaped(suppressed.reason)]] : []),
    ...(paths.length > 0 ? [['breaks', linksTo(paths, names)]] : []),
  ];
  const ends = [
    ...(location ? [place(location, '', '^')] : []),
    ...related.map(({ message: text, ...end }) =>
      isPlace(end) ? place(end, text, '-') : `<div class="where">${escaped(text)}</div>`,
    ),
  ];
  return (
    `<article class="finding ${severity}" id="f-${id}"><h3><span class="word">${severity}</span> ${escaped(message)}</h3>` +
    `<div class="soft"><a href="${escaped(docs)}"><code>${escaped(rule)}</code></a>${world === '' ? '' : ` in world ${escaped(world)}`}</div>` +
    `${ends.join('')}<dl>${rows.map(([term, text]) => `<dt>${term}</dt><dd>${text}</dd>`).join('')}</dl></article>`
  );
}

function place(at: Place, text: string, mark: '^' | '-'): string {
  const where = `<div class="where"><code>${escaped(`${at.file}:${at.line}:${at.column}`)}</code>${text === '' ? '' : ` ${escaped(text)}`}</div>`;
  if (!at.quote) return where;
  const { text: line, column } = cut(at.quote.line, at.column);
  const length = Math.max(1, Math.min(at.quote.length, line.length - column + 1));
  const marks = `${' '.repeat(column - 1)}<mark${mark === '-' ? ' class="other"' : ''}>${mark.repeat(length)}</mark>`;
  return `${where}<pre>${escaped(line)}\n${marks}</pre>`;
}

function linksTo(paths: readonly string[], names: ReadonlyMap<string, string>): string {
  const links = paths.slice(0, LINKED).map((id) => `<a href="#${anchor('p', id)}">${escaped(names.get(id) ?? id)}</a>`);
  return `${links.join(', ')}${paths.length > LINKED ? ` and ${paths.length - LINKED} more` : ''}`;
}

function tally(findings: readonly Finding[]): string {
  return SEVERITIES.flatMap((severity) => {
    const many = findings.filter((finding) => finding.severity === severity).length;
    return many > 0 ? count(many, severity) : [];
  }).join(', ');
}

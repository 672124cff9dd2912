import type { Place, Verdict } from './verdict';

/** The report for machines. Deterministic: the same input gives the same bytes. */
export function renderJson(verdict: Verdict): string {
  const { read: _, ...contract } = verdict;
  const report = {
    ...contract,
    findings: verdict.findings.map(({ location, related, suppressed, why: __, ...rest }) => ({
      ...rest,
      ...(suppressed && { suppressed: { reason: suppressed.reason } }),
      ...(location && { location: bare(location) }),
      related: related.map(({ quote: ___, ...other }) => other),
    })),
    paths: verdict.paths.map((path) => ({
      ...path,
      hops: path.hops.map((hop) => ({
        ...hop,
        evidence: hop.evidence.map(({ location, text }) => ({ ...(location && { location: bare(location) }), text })),
      })),
    })),
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}

function bare({ file, line, column }: Place): Place {
  return { file, line, column };
}

import type { Estate } from '../read/estate';
import type { Suppression } from '../read/sightline-json';
import type { SourceText } from '../text';
import type { Finding } from './verdict';

const COMMENT = /(?:#|\/\/)\s*sightline-ignore\s+(\S+?):\s*(.+?)\s*$/;

/** A suppressed finding stays in the report with its reason, and never changes the status of a path. */
export function suppressionOf(finding: Finding, ignore: readonly Suppression[], estate: Estate): Finding {
  const entry = ignore.find(
    ({ rule, world, file }) =>
      rule === finding.rule &&
      (world === undefined || world === finding.world) &&
      (file === undefined || file === finding.location?.file),
  );
  const reason = entry?.reason ?? commentFor(finding, estate);
  return reason === undefined ? finding : { ...finding, suppressed: { reason, inSource: entry === undefined } };
}

/** `# sightline-ignore RULE: reason` on a line that the finding points at, or on the line above. */
function commentFor(finding: Finding, { sources }: Estate): string | undefined {
  for (const { file, line } of [finding.location, ...finding.related].filter((place) => place !== undefined)) {
    const source: SourceText | undefined = file === undefined ? undefined : sources(file);
    if (!source || line === undefined) continue;
    for (const text of [source.line(line), source.line(line - 1)]) {
      const [, rule, reason] = COMMENT.exec(text) ?? [];
      if (rule === finding.rule) return reason;
    }
  }
  return undefined;
}

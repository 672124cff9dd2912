import type { Rule } from '../rules';
import { rules } from '../rules';
import { isPlace } from './is-place';
import type { Finding, Place, Verdict } from './verdict';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
const HOME = 'https://eks-sightline.github.io/sightline';
const LEVELS = { error: 'error', warning: 'warning', info: 'note' } as const;

/**
 * SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/), for code scanning. Files are relative to the directory
 * that was judged from; a finding's id is its fingerprint, so that it stays the same when lines move.
 */
export function renderSarif(verdict: Verdict): string {
  const used = rules.filter(({ id }) => verdict.findings.some(({ rule }) => rule === id));
  const log = {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'sightline',
            fullName: verdict.tool.name,
            semanticVersion: verdict.tool.version,
            informationUri: HOME,
            rules: used.map(descriptor),
          },
        },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { ROOT: { description: { text: 'the directory that sightline was run in' } } },
        results: verdict.findings.map((finding) => result(finding, used)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function descriptor({ id, summary, why, help, severity }: Rule) {
  return {
    id,
    name: nameOf(id),
    shortDescription: { text: summary },
    fullDescription: { text: why },
    help: { text: help, markdown: `**${help}**\n\n${why}` },
    helpUri: `${HOME}/rules/${id}`,
    defaultConfiguration: { level: LEVELS[severity] },
    properties: { tags: [id.split('/')[0]] },
  };
}

/** `identity/no-role` is `IdentityNoRole`: some viewers want an identifier. */
function nameOf(id: string): string {
  return id.replace(/(?:^|[/-])(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function result(finding: Finding, used: readonly Rule[]) {
  const { id, rule, severity, world, message, help, location, related, paths, suppressed } = finding;
  return {
    ruleId: rule,
    ruleIndex: used.findIndex((one) => one.id === rule),
    level: LEVELS[severity],
    message: { text: `${message}\nhelp: ${help}` },
    locations: location ? [{ physicalLocation: physical(location) }] : [],
    relatedLocations: related.flatMap(({ message: text, ...place }, index) =>
      isPlace(place) ? [{ id: index + 1, physicalLocation: physical(place), message: { text } }] : [],
    ),
    partialFingerprints: { 'sightlineFinding/v1': id },
    ...(suppressed && {
      suppressions: [{ kind: suppressed.inSource ? 'inSource' : 'external', justification: suppressed.reason }],
    }),
    properties: { world, paths },
  };
}

function physical({ file, line, column, quote }: Place) {
  return {
    artifactLocation: { uri: file.split('/').map(encodeURIComponent).join('/'), uriBaseId: 'ROOT' },
    region: { startLine: line, startColumn: column, ...(quote && { endColumn: column + quote.length }) },
  };
}

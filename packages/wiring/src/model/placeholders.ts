import type { Span } from '../text';
import { concat, known, unknown, type Value } from './value';

/** Names of what differs from account to account, where somebody writes them instead of it. */
const NAMES =
  'ACCOUNT_?ID|ACCOUNT_?NUMBER|REGION|WORKSPACE_?ID|CLUSTER_?NAME|ROLE_?NAME|ROLE_?ARN|OIDC_?ID|OIDC_?PROVIDER';

/** What authors write where the reader has to fill something in. */
const PLACEHOLDER = new RegExp(
  [
    // {{region}}, <account>, ${ACCOUNT_ID}, $(ACCOUNT_ID), $ACCOUNT_ID
    /\{\{[^{}]*\}\}|<[A-Za-z][\w .-]*>|\$\{[A-Za-z_][\w.-]*\}|\$\([A-Za-z_][\w.-]*\)|\$[A-Z][A-Z0-9_]+/,
    // REPLACE_ME, changeme, REPLACE_WITH_YOUR_ROLE, YOUR_ROLE_HERE, your-role
    /(?<![A-Za-z0-9_-])(?:(?:REPLACE|CHANGE|FILL)[-_]?(?:ME|THIS|WITH|IN)(?:[-_][A-Z0-9]+)*|YOUR(?:[-_][A-Z0-9]+)+)(?![A-Za-z0-9])/,
    /(?<![A-Za-z0-9_-])(?:(?:replace|change|fill)[-_]?(?:me|this|with|in)(?:[-_][a-z0-9]+)*|your(?:[-_][a-z0-9]+)+)(?![A-Za-z0-9])/,
    // ws-xxxxxxxx-xxxx, arn:aws:iam::XXXXXXXXXXXX:role/a
    /(?<![A-Za-z0-9])(?:x{4,}|X{4,})(?![A-Za-z0-9])/,
    // arn:aws:iam::AWS_ACCOUNT_ID:role/a, arn:aws:iam::ACCOUNT:role/a
    new RegExp(`(?<![A-Za-z0-9_])(?:[A-Z]+_){0,3}(?:${NAMES})(?![A-Za-z0-9_])`),
    /(?<=::)[A-Z][A-Z0-9_]+(?=:)/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'g',
);

/** Text as it is written somewhere; what is still to be filled in is unknown, and nobody is blamed for it. */
export function written(text: string, span?: Span): Value {
  const parts: Value[] = [];
  let from = 0;
  for (const found of text.matchAll(PLACEHOLDER)) {
    parts.push(
      known(text.slice(from, found.index)),
      unknown('placeholder', `${found[0]}, which is still to be filled in`),
    );
    from = found.index + found[0].length;
  }
  return from === 0 ? known(text, span) : concat([...parts, known(text.slice(from))], span);
}

/** The same for a value that was read already. */
export function withPlaceholders(value: Value): Value {
  if (value.kind === 'concat') return concat(value.parts.map(withPlaceholders), value.span);
  return value.kind === 'known' && typeof value.value === 'string' ? written(value.value, value.span) : value;
}

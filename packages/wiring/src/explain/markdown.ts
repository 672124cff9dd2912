import type { Rule } from '../rules';
import { explain } from './explain';

/** The page of one rule. */
export function renderRulePage(rule: Rule): string {
  const { id, severity, summary, why, help, example } = rule;
  const blocks = [
    `# ${id}`,
    sentence(summary),
    `Severity: ${severity}`,
    '## Why it matters',
    sentence(why),
    '## How to mend it',
    sentence(help),
  ];
  if (example) blocks.push(...exampleBlocks(rule));
  return `${blocks.join('\n\n')}\n`;
}

function exampleBlocks(rule: Rule): readonly string[] {
  const { excerpts, findings } = explain(rule);
  return [
    '## Example',
    'Wrong (`-`) and right (`+`):',
    ...excerpts.map(({ file, lines }) =>
      fenced('diff', [`  # ${file}`, ...lines.map(({ mark, text }) => `${mark} ${text}`)].join('\n')),
    ),
    'Of the wrong one, `sightline verify` says:',
    fenced('text', findings.join('\n\n')),
    'In the right one it finds nothing.',
  ];
}

/** The list of all pages. */
export function renderRuleIndex(rules: readonly Rule[]): string {
  const families = [...new Set(rules.map(({ id }) => id.split('/')[0]))];
  const tables = families.map((family) => {
    const rows = rules
      .filter(({ id }) => id.startsWith(`${family}/`))
      .map(({ id, severity, summary }) => `| [${id}](${id}.md) | ${severity} | ${summary} |`);
    return `## ${family}\n\n| rule | severity | what is wrong |\n|---|---|---|\n${rows.join('\n')}\n`;
  });
  return `# Rules of \`sightline verify\`\n\nGenerated from the rules themselves by \`npx projen docs\`; \`npx @eks-sightline/cli explain RULE\` says the same.\n\n${tables.join('\n')}`;
}

function sentence(text: string): string {
  return `${text[0].toUpperCase()}${text.slice(1)}.`;
}

function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}

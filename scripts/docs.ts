/**
 * `npx projen docs`: writes a page for each rule of the wiring into `docs/rules`. The texts are the rules' own; CI fails
 * when a page differs from what this writes.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { root, turbo } from './run';

interface Rule {
  readonly id: string;
  readonly severity: string;
  readonly summary: string;
  readonly why: string;
  readonly help: string;
}

const built = turbo('compile', '--filter=@eks-sightline/wiring');
if (built !== 0) process.exit(built);
const { rules } = require(path.join(root, 'packages/wiring/lib')) as { rules: readonly Rule[] };

const folder = path.join(root, 'docs/rules');
// Pages of rules that are gone must not stay.
fs.rmSync(folder, { recursive: true, force: true });
for (const rule of rules) write(`${rule.id}.md`, page(rule));
write('README.md', index(rules));

function write(name: string, text: string): void {
  const file = path.join(folder, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
}

function sentence(text: string): string {
  return `${text[0].toUpperCase()}${text.slice(1)}.`;
}

function page({ id, severity, summary, why, help }: Rule): string {
  return `# ${id}

${sentence(summary)}

Severity: ${severity}

## Why it matters

${sentence(why)}

## How to mend it

${sentence(help)}
`;
}

function index(all: readonly Rule[]): string {
  const families = [...new Set(all.map(({ id }) => id.split('/')[0]))];
  const tables = families.map((family) => {
    const rows = all
      .filter(({ id }) => id.startsWith(`${family}/`))
      .map(({ id, severity, summary }) => `| [${id}](${id}.md) | ${severity} | ${summary} |`);
    return `## ${family}\n\n| rule | severity | what is wrong |\n|---|---|---|\n${rows.join('\n')}\n`;
  });
  return `# Rules of \`sightline verify\`\n\nGenerated from the rules themselves by \`npx projen docs\`.\n\n${tables.join('\n')}`;
}

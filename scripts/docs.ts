/**
 * `npx projen docs`: writes a page for each rule of the wiring into `docs/rules`. The texts are the rules' own; CI fails
 * when a page differs from what this writes.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { root, turbo } from './run';

interface Wiring {
  readonly rules: readonly { readonly id: string }[];
  readonly renderRulePage: (rule: { readonly id: string }) => string;
  readonly renderRuleIndex: (rules: readonly { readonly id: string }[]) => string;
}

const built = turbo('compile', '--filter=@eks-sightline/wiring');
if (built !== 0) process.exit(built);
const { rules, renderRulePage, renderRuleIndex } = require(path.join(root, 'packages/wiring/lib')) as Wiring;

const folder = path.join(root, 'docs/rules');
// Pages of rules that are gone must not stay.
fs.rmSync(folder, { recursive: true, force: true });
for (const rule of rules) write(`${rule.id}.md`, renderRulePage(rule));
write('README.md', renderRuleIndex(rules));

function write(name: string, text: string): void {
  const file = path.join(folder, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
}

/**
 * `npm test`: every test of every package through turbo, then one count over all of them.
 *
 * A failing package never hides another (`--continue`), and a package whose report is missing counts as a failure: a
 * type error stops it before its first test.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { members } from './members';
import { count, type JestReport, printCount } from './report';
import { root, turbo } from './run';

const tested = members().filter((member) => member.scripts.test !== undefined);
const reportOf = (folder: string) => path.join(root, folder, 'test-reports', 'jest.json');

// Cached runs restore their reports; what is left from another state of the code must not be counted.
for (const { folder } of tested) fs.rmSync(reportOf(folder), { force: true });

const status = turbo('test', '--continue', ...process.argv.slice(2));

const total = { passed: 0, failed: 0, skipped: [] as string[] };
for (const { folder } of tested) {
  const file = reportOf(folder);
  if (!fs.existsSync(file)) {
    console.log(`${folder}: no report; it stopped before its first test`);
    total.failed += 1;
    continue;
  }
  const { passed, failed, skipped } = count(JSON.parse(fs.readFileSync(file, 'utf8')) as JestReport);
  total.passed += passed;
  total.failed += failed;
  total.skipped.push(...skipped);
}
// turbo failed though every report is green: a task around the tests broke.
if (status !== 0 && total.failed === 0) {
  console.log(`turbo ended with exit code ${status}; see above`);
  total.failed += 1;
}
printCount(total);
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);

/**
 * `npm run e2e`: bring the engines that are missing, run the suites on them, count. Arguments go to Jest:
 * `npm run e2e -- test/alloy.test.ts`. `npm run e2e:full` adds the long runs in `e2e/full`.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { count, type JestReport, printCount } from './report';
import { root, run } from './run';

const report = path.join(root, 'e2e/test-reports/e2e.json');
const inE2e = (...args: string[]) => run('pnpm', ['--filter', '@eks-sightline/e2e', 'exec', ...args]);

fs.rmSync(report, { force: true });
fs.mkdirSync(path.dirname(report), { recursive: true });
const engines = inE2e('tsx', 'engines/main.ts');
if (engines !== 0) {
  console.log('an engine could not be brought; the suites that need it will fail');
}
const args = process.argv.slice(2);
const full = args.includes('--full');
const suites = inE2e(
  'jest',
  '--ci',
  '--json',
  '--outputFile=test-reports/e2e.json',
  ...(full ? [] : ['--testPathIgnorePatterns', '/node_modules/', '/fixtures/', '<rootDir>/full/']),
  ...args
    .filter((arg) => arg !== '--full')
    .flatMap((arg) => (arg.startsWith('-') ? [arg] : ['--testPathPatterns', arg])),
);
if (!fs.existsSync(report)) {
  console.log('the suites left no report');
  printCount({ passed: 0, failed: 1, skipped: [] });
  process.exit(1);
}
const total = count(JSON.parse(fs.readFileSync(report, 'utf8')) as JestReport);
if (engines !== 0 || (suites !== 0 && total.failed === 0)) total.failed += 1;
printCount(total);
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);

/** The part of Jest's JSON report that is counted here. */
export interface JestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numRuntimeErrorTestSuites: number;
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

export interface Count {
  passed: number;
  failed: number;
  /** Full names of the tests that did not run; each name says why. */
  skipped: string[];
}

/** A suite that could not even start counts as one failure, or a broken import would look like no test at all. */
export function count(report: JestReport): Count {
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
    skipped: report.testResults
      .flatMap((suite) => suite.assertionResults)
      .filter(({ status }) => status === 'pending' || status === 'todo' || status === 'disabled')
      .map(({ fullName }) => fullName),
  };
}

/** The skips, then the one line that machines read. */
export function printCount({ passed, failed, skipped }: Count): void {
  if (skipped.length > 0) {
    console.log('\nSkipped, each with what it lacks:');
    for (const name of skipped) console.log(`  ${name}`);
  }
  const tail = skipped.length > 0 ? `, ${skipped.length} skipped` : '';
  console.log(`\n${passed} passed, ${failed} failed${tail}`);
}

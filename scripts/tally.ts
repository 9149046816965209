export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
  /** How many tests were run, passed or not; lint, types and build are no tests. */
  ran: number;
  skippedNames: string[];
}

export const NOTHING: Tally = { passed: 0, failed: 0, skipped: 0, ran: 0, skippedNames: [] };

/** The part of https://vitest.dev/guide/reporters#json-reporter that is counted. */
export interface Report {
  testResults: {
    name: string;
    status: 'passed' | 'failed';
    assertionResults: {
      status: 'passed' | 'failed' | 'skipped' | 'pending' | 'todo' | 'disabled';
      ancestorTitles: string[];
      title: string;
    }[];
  }[];
}

/** Counts what vitest reported; a failure that belongs to no test (a file that does not load) is one more. */
export function tallyOf(report: Report | null, exitCode: number): Tally {
  if (report === null) return { ...NOTHING, failed: 1 };
  const files = report.testResults;
  const tests = files.flatMap((file) => file.assertionResults);
  const passed = tests.filter(({ status }) => status === 'passed').length;
  const failedTests = tests.filter(({ status }) => status === 'failed').length;
  const failedFiles = files.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed'),
  ).length;
  const skipped = tests.filter(({ status }) => status !== 'passed' && status !== 'failed');
  const failed = failedTests + failedFiles;
  return {
    passed,
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    skipped: skipped.length,
    ran: passed + failedTests,
    skippedNames: [...new Set(skipped.map(({ ancestorTitles, title }) => ancestorTitles[0] ?? title))],
  };
}

/** The files of which something failed. */
export function failedFiles(report: Report | null): string[] {
  return (report?.testResults ?? []).filter(({ status }) => status === 'failed').map(({ name }) => name);
}

/** What was run once more counts as it ended then. */
export function withSecond(first: Report, second: Report): Report {
  const again = new Set(second.testResults.map(({ name }) => name));
  return {
    testResults: [...first.testResults.filter(({ name }) => !again.has(name)), ...second.testResults],
  };
}

export function plus(one: Tally, other: Tally): Tally {
  return {
    passed: one.passed + other.passed,
    failed: one.failed + other.failed,
    skipped: one.skipped + other.skipped,
    ran: one.ran + other.ran,
    skippedNames: [...one.skippedNames, ...other.skippedNames],
  };
}

import { describe, expect, it } from 'vitest';
import { failedFiles, type Report, tallyOf, withSecond } from '../scripts/tally.ts';

describe('what npm test counts', () => {
  it('is what passed, failed and was skipped, by name', () => {
    const report = of(file('a', 'passed', 'failed', 'skipped'), file('b', 'passed'));
    expect(tallyOf(report, 1)).toEqual({
      passed: 2,
      failed: 1,
      skipped: 1,
      ran: 3,
      skippedNames: ['a, all'],
    });
  });

  it('is a failure where a file does not load, where nothing is reported, and where nothing says why', () => {
    const broken = { ...file('a'), status: 'failed' as const };
    expect(tallyOf(of(broken, file('b', 'passed')), 1)).toMatchObject({ passed: 1, failed: 1 });
    expect(tallyOf(null, 0)).toMatchObject({ failed: 1 });
    expect(tallyOf(of(file('a', 'passed')), 1)).toMatchObject({ passed: 1, failed: 1 });
  });

  it('is, of what was run once more, how it ended then', () => {
    const first = of(file('a', 'passed', 'failed'), file('b', 'failed'));
    expect(failedFiles(first)).toEqual(['a', 'b']);
    const healed = withSecond(first, of(file('a', 'passed', 'passed')));
    expect(tallyOf(healed, 1)).toMatchObject({ passed: 2, failed: 1 });
    const failedAgain = withSecond(first, of(file('a', 'passed', 'failed'), file('b', 'passed')));
    expect(tallyOf(failedAgain, 1)).toMatchObject({ passed: 2, failed: 1 });
  });
});

type FileReport = Report['testResults'][number];

function of(...testResults: FileReport[]): Report {
  return { testResults };
}

function file(name: string, ...statuses: FileReport['assertionResults'][number]['status'][]): FileReport {
  return {
    name,
    status: statuses.includes('failed') ? 'failed' : 'passed',
    assertionResults: statuses.map((status) => ({
      status,
      ancestorTitles: [`${name}, all`],
      title: 'one',
    })),
  };
}

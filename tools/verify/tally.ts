import { readFile } from 'node:fs/promises';

/** How many checks and tests passed, failed and were skipped. */
export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

export const noTests: Readonly<Tally> = { passed: 0, failed: 0, skipped: 0 };

export function addTallies(...tallies: readonly Readonly<Tally>[]): Tally {
  const sum = { ...noTests };
  for (const tally of tallies) {
    sum.passed += tally.passed;
    sum.failed += tally.failed;
    sum.skipped += tally.skipped;
  }
  return sum;
}

/** The last line of a run: `12 passed, 0 failed`, with `, 3 skipped` when some were. */
export function summaryLine(tally: Readonly<Tally>): string {
  return `${tally.passed} passed, ${tally.failed} failed${tally.skipped > 0 ? `, ${tally.skipped} skipped` : ''}`;
}

/** A run counts as good when nothing failed and something ran: an empty run proves nothing. */
export function isGood(tally: Readonly<Tally>): boolean {
  return tally.failed === 0 && tally.passed > 0;
}

/** The parts of vitest's JSON report (the Jest format) that are counted. */
interface Report {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: readonly { status: string; assertionResults: readonly { status: string }[] }[];
}

/**
 * Counts the tests of a vitest report. A file that failed outside its tests (it did not load, a hook broke) counts as
 * one failure, and so does an exit code that no counted failure explains (an unhandled rejection, a crash).
 */
export async function readTally(reportFile: string, exitCode: number | null): Promise<Tally> {
  let report: Report;
  try {
    report = JSON.parse(await readFile(reportFile, 'utf8')) as Report;
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
  const brokenFiles = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'),
  ).length;
  const tally = {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles,
    skipped: report.numPendingTests + report.numTodoTests,
  };
  if (exitCode !== 0 && tally.failed === 0) tally.failed = 1;
  return tally;
}

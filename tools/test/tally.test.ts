import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { addTallies, isGood, readTally, summaryLine } from '../verify/tally.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'cloudatlas-tally-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function tallyOf(report: unknown, exitCode: number): ReturnType<typeof readTally> {
  const file = path.join(folder, 'report.json');
  await writeFile(file, JSON.stringify(report));
  return readTally(file, exitCode);
}

const counts = { numPassedTests: 5, numFailedTests: 0, numPendingTests: 2, numTodoTests: 1 };

test('the last line names passed and failed, and skipped only when there are some', () => {
  expect(summaryLine({ passed: 3, failed: 0, skipped: 0 })).toBe('3 passed, 0 failed');
  expect(summaryLine({ passed: 3, failed: 1, skipped: 2 })).toBe('3 passed, 1 failed, 2 skipped');
});

test('a run is good when something passed and nothing failed', () => {
  expect(isGood({ passed: 1, failed: 0, skipped: 0 })).toBe(true);
  expect(isGood({ passed: 0, failed: 0, skipped: 5 })).toBe(false);
  expect(isGood({ passed: 9, failed: 1, skipped: 0 })).toBe(false);
  expect(addTallies({ passed: 1, failed: 2, skipped: 3 }, { passed: 4, failed: 5, skipped: 6 })).toEqual({
    passed: 5,
    failed: 7,
    skipped: 9,
  });
});

test('counts the tests of a report', async () => {
  expect(await tallyOf({ ...counts, testResults: [] }, 0)).toEqual({ passed: 5, failed: 0, skipped: 3 });
});

test('a file that does not load counts as a failure', async () => {
  const broken = { status: 'failed', assertionResults: [] };
  const failing = { status: 'failed', assertionResults: [{ status: 'failed' }] };
  expect(await tallyOf({ ...counts, numFailedTests: 1, testResults: [broken, failing] }, 1)).toMatchObject({
    failed: 2,
  });
});

test('an exit code that no failure explains counts as a failure, and so does a missing report', async () => {
  expect(await tallyOf({ ...counts, testResults: [] }, 1)).toMatchObject({ passed: 5, failed: 1 });
  expect(await readTally(path.join(folder, 'none.json'), 0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
});

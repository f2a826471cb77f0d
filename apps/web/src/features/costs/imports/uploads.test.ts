import { expect, test } from 'vitest';
import { problemOfFiles } from './uploads.ts';

test('only files of a known form, with contents, each name once', () => {
  const file = (name: string, size = 10) => ({ name, size });
  expect(problemOfFiles([file('a.csv'), file('b.CSV.GZ'), file('c.parquet')])).toBeNull();
  expect(problemOfFiles([file('bill.xlsx')])).toBe('type');
  expect(problemOfFiles([file('a.csv', 0)])).toBe('empty');
  expect(problemOfFiles([file('a.csv'), file('a.csv')])).toBe('twice');
});

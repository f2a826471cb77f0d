import { expect, test } from 'vitest';
import { tokenFromHash } from './link-token.ts';

test.each([
  ['#token=abc_DEF-123', 'abc_DEF-123'],
  ['#abc', 'abc'],
  ['#', null],
  ['', null],
  ['#other=1', null],
])('%s gives %s', (hash, token) => {
  expect(tokenFromHash(hash)).toBe(token);
});

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { safeReturnTo, signInPath } from './return-to.ts';

beforeEach(() => void vi.stubGlobal('window', { location: { origin: 'https://atlas.example' } }));
afterEach(() => void vi.unstubAllGlobals());

test('a path of the application is kept with its query and hash', () => {
  expect(safeReturnTo('/o/acme/activity?outcome=denied#x')).toBe('/o/acme/activity?outcome=denied#x');
});

test.each([
  null,
  '',
  'https://evil.example',
  '//evil.example',
  '/\\evil.example',
  'javascript:alert(1)',
  '/\t/evil.example',
])('%s leads home', (value) => {
  expect(safeReturnTo(value)).toBe('/');
});

test('the sign-in path carries where to return', () => {
  expect(signInPath('/o/acme?a=b')).toBe('/sign-in?returnTo=%2Fo%2Facme%3Fa%3Db');
  expect(signInPath('/')).toBe('/sign-in');
});

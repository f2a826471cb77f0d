import { expect, test } from 'vitest';
import { groupOfResource, type BilledResource } from './billed-resource.ts';

const group = (account: string, resource: string, total: string): BilledResource => ({
  keys: [account, resource],
  labels: [account, resource],
  currency: 'USD',
  total,
  previous: null,
  comparable: null,
  series: [],
});
const wanted = { nativeId: 'arn:aws:s3:::logs', shortId: 'logs', account: '111' };

test('the full id stands before the short one, in any account', () => {
  const full = group('222', 'arn:aws:s3:::logs', '1');
  expect(groupOfResource([group('111', 'logs', '9'), full], wanted)).toBe(full);
});

test('a short id counts in the own account alone', () => {
  const own = group('111', 'logs', '1');
  expect(groupOfResource([group('222', 'logs', '9'), own], wanted)).toBe(own);
  expect(groupOfResource([group('222', 'logs', '9')], wanted)).toBeUndefined();
  expect(groupOfResource([own], { ...wanted, account: undefined })).toBeUndefined();
});

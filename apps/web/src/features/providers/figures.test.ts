import type { CloudAccount } from '@cloudatlas/contracts/accounts';
import { expect, test } from 'vitest';
import type { Answer } from '@/features/costs/queries.ts';
import { groupsOf, healthOf } from './figures.ts';

const account = (status: CloudAccount['health']['status'], enabled = true) =>
  ({ enabled, health: { status } }) as CloudAccount;

test('several accounts are as well as the worst of those that are on', () => {
  expect(healthOf([account('ok'), account('degraded')])).toBe('degraded');
  expect(healthOf([account('ok'), account('failing', false)])).toBe('ok');
  expect(healthOf([account('ok', false)])).toBe('disabled');
  expect(healthOf([account('unknown'), account('ok')])).toBe('unknown');
});

test('costs are found by the id and by the name that bills use', () => {
  const groups = ['AWS', 'Microsoft', 'Microsoft 365', 'Google Cloud', 'kubernetes'].map((name) => ({
    keys: [name],
  }));
  const answer = { groups } as unknown as Answer;
  const names = (id: string) => groupsOf(answer, id)?.map(({ keys }) => keys[0]);
  expect(names('aws')).toEqual(['AWS']);
  expect(names('azure')).toEqual(['Microsoft']);
  expect(names('m365')).toEqual(['Microsoft 365']);
  expect(names('gcp')).toEqual(['Google Cloud']);
  expect(groupsOf(undefined, 'aws')).toBeUndefined();
});

import { expect, test } from 'vitest';
import { scoreHistory, subscriptionFacts, times, userFacts } from './facts.ts';

const licence = { skuId: 'e3', skuPartNumber: 'SPE_E3', name: 'Microsoft 365 E3', disabledPlans: ['x', 1] };

test('a sign-in that was told to be none is another thing than one that was not told', () => {
  const of = (signInActivity: unknown) => userFacts({ attributes: { signInActivity } }).signIn;
  expect(of(null)).toEqual({ kind: 'unknown' });
  expect(of({ lastSignInDateTime: null })).toEqual({ kind: 'never' });
  expect(of({ lastSignInDateTime: '2026-01-01T00:00:00Z' })).toEqual({
    kind: 'at',
    at: '2026-01-01T00:00:00Z',
  });
});

test('licences and registration are read, whatever else comes', () => {
  expect(userFacts({ attributes: { licences: [licence, null, { name: 'without id' }], mfa: null } })).toEqual(
    {
      principal: null,
      department: null,
      guest: false,
      usageLocation: null,
      licences: [{ skuId: 'e3', sku: 'SPE_E3', name: 'Microsoft 365 E3', disabledPlans: ['x'] }],
      signIn: { kind: 'unknown' },
      mfa: null,
    },
  );
  expect(userFacts({ attributes: { licences: 'none', mfa: { registered: true } } }).mfa).toEqual({
    registered: true,
    admin: false,
  });
});

test('a subscription renews with the first of its orders, and is a trial when all of them are', () => {
  const terms = [
    { nextLifecycleDateTime: '2027-03-01T00:00:00Z', isTrial: true },
    { nextLifecycleDateTime: '2027-01-01T00:00:00Z', isTrial: false },
  ];
  expect(subscriptionFacts({ shortId: 'id', attributes: { enabledUnits: 10, terms } })).toEqual({
    skuId: 'id',
    sku: 'id',
    bought: 10,
    assigned: 0,
    unused: 0,
    renewsAt: '2027-01-01T00:00:00Z',
    trial: false,
  });
});

test('days of a score without a day are none', () => {
  expect(
    scoreHistory({ attributes: { history: [{ day: '2026-01-01', currentScore: 3, maxScore: 5 }, {}] } }),
  ).toEqual([{ day: '2026-01-01', score: 3, max: 5 }]);
  expect(scoreHistory({ attributes: {} })).toEqual([]);
});

test.each([
  ['36', 3, '108'],
  ['10.60', 7, '74.20'],
  ['0.01', 5, '0.05'],
  ['1.5', 0, '0.0'],
])('%s times %i is %s', (amount, count, product) => {
  expect(times(amount, count)).toBe(product);
});

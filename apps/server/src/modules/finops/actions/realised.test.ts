import { expect, test } from 'vitest';
import { measure } from './realised.ts';

/** A cost a day from a day on. */
function costs(first: string, amounts: readonly string[], currency = 'USD') {
  const start = Date.parse(`${first}T00:00:00Z`);
  const daily = amounts.map((effective, index) => ({
    day: new Date(start + index * 86_400_000).toISOString().slice(0, 10),
    effective,
    billed: effective,
  }));
  return {
    accountId: '1',
    resourceId: 'r',
    currency,
    effective: '0',
    billed: '0',
    days: daily.length,
    daily: daily.filter(({ effective }) => effective !== '0'),
  };
}
const days = (count: number, amount: string) => Array.from({ length: count }, () => amount);

test('the mean of fourteen days before against each whole day after; the day of the action counts for neither', () => {
  // 17 January to 30 January: 10 a day; 31 January the action; from 1 February on 4 a day.
  const bill = costs('2026-01-17', [...days(14, '10'), '7', ...days(5, '4')]);
  expect(measure('2026-01-31', null, '2026-02-05', [bill], [])).toEqual([
    { month: '2026-02-01', days: 5, beforePerDay: '10', afterTotal: '20', currency: 'USD' },
  ]);
});

test('nothing is said before the first whole day, nor about what never had a cost before', () => {
  const bill = costs('2026-01-17', [...days(14, '10'), '7']);
  expect(measure('2026-01-31', null, '2026-01-31', [bill], [])).toEqual([]);
  expect(measure('2026-01-31', null, '2026-02-05', [], [])).toEqual([]);
  expect(measure('2026-01-16', null, '2026-02-05', [bill], [])).toEqual([]);
});

test('days without charges after it cost nothing, and what the action made costs against it', () => {
  const bill = costs('2026-03-01', days(14, '3'));
  const snapshot = costs('2026-03-15', days(10, '0.5'));
  expect(measure('2026-03-15', null, '2026-03-20', [bill], [snapshot])).toEqual([
    { month: '2026-03-01', days: 5, beforePerDay: '3', afterTotal: '2.5', currency: 'USD' },
  ]);
});

test('a younger resource is compared with the days it had, a quiet day among them counting as none', () => {
  const bill = costs('2026-03-11', ['4', '0', '4', '4']);
  const [month] = measure('2026-03-15', null, '2026-03-16', [bill], []);
  expect(month).toMatchObject({ beforePerDay: '3', days: 1, afterTotal: '0' });
});

test('months are told apart, and an undo ends the measuring on the day before', () => {
  const bill = costs('2026-01-15', days(60, '2'));
  const months = measure('2026-01-29', '2026-02-03', '2026-03-01', [bill], []);
  expect(months.map(({ month, days: n, afterTotal }) => [month, n, afterTotal])).toEqual([
    ['2026-01-01', 2, '4'],
    ['2026-02-01', 2, '4'],
  ]);
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MONTH_DAYS, WHOLE_MONTH, dayBit } from '../lake/calendar.ts';
import { divideMonths, type Division } from './months.ts';
import { addDays } from './question.ts';

const span = { first: '2000-01-01', last: '2030-12-31' };

/** What each day of the periods is told to go to: `day → now bucket`. */
function places(division: Division): Map<string, string> {
  const found = new Map<string, string>();
  for (const { months, slots } of divideMonths(division))
    for (const month of months)
      for (const { now, bucket, days } of slots)
        for (const day of MONTH_DAYS.filter((d) => Math.floor(days / dayBit(d)) % 2 === 1)) {
          const date = addDays(month, day - 1);
          // Days that the month does not have are in a slot, and never have anything.
          if (date.slice(0, 7) !== month.slice(0, 7)) continue;
          expect(found.has(date)).toBe(false);
          const at = bucket === 'none' ? 'none' : bucket === 'month' ? month : addDays(month, bucket);
          found.set(date, `${now} ${at}`);
        }
  return found;
}

describe('divideMonths', () => {
  it('puts each day where the question puts it, once', () => {
    const day = fc.integer({ min: 0, max: 500 }).map((n) => addDays('2023-11-15', n));
    const period = fc.tuple(day, fc.integer({ min: 1, max: 200 })).map(([from, length]) => ({
      from,
      to: addDays(from, length),
    }));
    fc.assert(
      fc.property(
        period,
        fc.option(period, { nil: undefined }),
        fc.option(day, { nil: undefined }),
        fc.constantFrom('day' as const, 'week' as const, 'month' as const, 'total' as const),
        fc.boolean(),
        (current, compare, incompleteFrom, grain, byDay) => {
          const expected = new Map<string, string>();
          for (let date = '2023-01-01'; date < '2026-12-31'; date = addDays(date, 1)) {
            const inside = date >= current.from && date < current.to;
            if (!inside && !(compare && date >= compare.from && date < compare.to)) continue;
            const open = compare && incompleteFrom !== undefined && date >= incompleteFrom;
            const now = inside ? (open ? 2 : 1) : 0;
            const monday = addDays(date, -((new Date(date).getUTCDay() + 6) % 7));
            const bucket = { day: date, week: monday, month: `${date.slice(0, 7)}-01`, total: 'none' }[grain];
            expected.set(date, `${now} ${byDay ? date : now === 0 ? 'none' : bucket}`);
          }
          const found = places({ current, compare, incompleteFrom, grain, byDay, span });
          expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('divides whole months alike, whatever their length, and leaves out what has no data', () => {
    const current = { from: '2023-01-01', to: '2025-01-01' };
    for (const grain of ['day', 'month', 'total'] as const) {
      const patterns = divideMonths({ current, grain, byDay: false, span });
      expect(patterns.map(({ months }) => months.length)).toEqual([24]);
    }
    expect(divideMonths({ current, grain: 'month', byDay: false, span })[0]?.slots).toEqual([
      { now: 1, bucket: 'month', days: WHOLE_MONTH },
    ]);
    const some = { first: '2024-02-10', last: '2024-03-01' };
    expect(divideMonths({ current, grain: 'total', byDay: false, span: some })[0]?.months).toEqual([
      '2024-02-01',
      '2024-03-01',
    ]);
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayMs, decodeHours, encodeHours, hourMs, HourProfile, mergeHours } from './profile.ts';

const today = Date.parse('2026-03-10T00:00:00.000Z');
const id = { metric: 'cpu_utilization', statistic: 'average', unit: 'percent' } as const;

function points(from: number, values: readonly (number | null)[]) {
  return values.flatMap((value, i) =>
    value === null ? [] : [{ at: new Date(from + i * hourMs).toISOString(), value }],
  );
}

function profile(values: readonly (number | null)[], days: number) {
  const from = today - Math.ceil(values.length / 24) * dayMs;
  const series = mergeHours(undefined, { from, to: today, points: points(from, values) }, 63);
  return new HourProfile(id, series, today, days);
}

describe('a profile', () => {
  test('has the figures of the look-back and of nothing before it', () => {
    const hours = [
      ...Array.from({ length: 48 }, () => 90),
      ...Array.from({ length: 24 }, (_, hour) => hour + 1),
    ];
    expect(profile(hours, 1)).toMatchObject({ days: 1, minimum: 1, maximum: 24, average: 12.5, sum: 300 });
    expect(profile(hours, 3)).toMatchObject({ days: 3, minimum: 1, maximum: 90, sum: 48 * 90 + 300 });
    expect(profile(hours, 63).days).toBe(3);
  });

  test('does not take a gap for a zero', () => {
    const hours = Array.from({ length: 72 }, (_, i) => (i >= 24 && i < 48 ? null : 10));
    const gap = profile(hours, 7);
    expect(gap).toMatchObject({ days: 2, minimum: 10, average: 10 });
    expect(gap.daily.map(({ at }) => at.toISOString().slice(0, 10))).toEqual(['2026-03-07', '2026-03-09']);
  });

  test('knows that nothing was measured', () => {
    const nothing = profile([null], 7);
    expect(nothing).toMatchObject({ days: 0, sum: 0, p95: 0, p99: 0, daily: [] });
    expect(nothing.week.every((hour) => hour === null)).toBe(true);
  });

  test('percentiles are those of the sorted points', () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ min: 0, max: 100, noNaN: true }), { minLength: 1, maxLength: 400 }),
        (values) => {
          const sorted = values.toSorted((a, b) => a - b);
          const exact = (share: number) => {
            const place = (sorted.length - 1) * share;
            const low = sorted[Math.floor(place)] ?? 0;
            const high = sorted[Math.ceil(place)] ?? low;
            return low + (high - low) * (place % 1);
          };
          const found = profile(values, 63);
          expect(found.p95).toBeCloseTo(exact(0.95), 6);
          expect(found.p99).toBeCloseTo(exact(0.99), 6);
        },
      ),
    );
  });

  test('the week begins on Monday at midnight UTC', () => {
    // 2026-03-09 was a Monday.
    const hours = Array.from({ length: 14 * 24 }, () => 0);
    hours[hours.length - 24 + 9] = 7;
    const { week } = profile(hours, 14);
    expect(week[9]).toBe(3.5);
    expect(week.filter((value) => value !== 0)).toEqual([3.5]);
  });

  test('a series that ends before today counts only what lies inside the look-back', () => {
    const series = mergeHours(
      undefined,
      {
        from: today - 5 * dayMs,
        to: today - 3 * dayMs,
        points: points(today - 5 * dayMs, Array(48).fill(4)),
      },
      63,
    );
    expect(new HourProfile(id, series, today, 4).days).toBe(1);
    expect(new HourProfile(id, series, today, 2).days).toBe(0);
    expect(new HourProfile(id, series, today, 30).days).toBe(2);
  });
});

describe('merging', () => {
  test('in pieces gives the same as at once, and the newest reading of an hour counts', () => {
    const values = Array.from({ length: 30 * 24 }, (_, i) => (i % 7 === 0 ? null : i));
    const from = today - 30 * dayMs;
    const all = mergeHours(undefined, { from, to: today, points: points(from, values) }, 30);
    let pieces = mergeHours(
      undefined,
      { from, to: from + 10 * dayMs, points: points(from, values.slice(0, 240).fill(99, 216)) },
      30,
    );
    // Overlaps by a day, as the collection does.
    pieces = mergeHours(
      pieces,
      { from: from + 9 * dayMs, to: today, points: points(from + 9 * dayMs, values.slice(216)) },
      30,
    );
    expect([...pieces.hours]).toEqual([...all.hours]);
    expect(pieces.through).toBe(today);
  });

  test('forgets what is older than is kept', () => {
    const from = today - 60 * dayMs;
    const old = mergeHours(undefined, { from, to: today, points: [] }, 60);
    const next = mergeHours(old, { from: today, to: today + 10 * dayMs, points: [] }, 63);
    expect(next.hours.length).toBe(63 * 24);
    expect(mergeHours(old, { from: today, to: today + dayMs, points: [] }, 14).hours.length).toBe(14 * 24);
  });

  test('survives storing', () => {
    const hours = Float32Array.from([1.5, Number.NaN, 1e12]);
    const bytes = encodeHours(hours);
    const odd = new Uint8Array(bytes.length + 1);
    odd.set(bytes, 1);
    expect([...decodeHours(odd.subarray(1))]).toEqual([...hours]);
  });
});

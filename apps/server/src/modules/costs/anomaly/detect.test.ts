import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dayAt, type DailySeries } from '../forecast/series.ts';
import { SCENARIOS, simulate } from '../forecast/simulate.ts';
import { type BillRow, openTestStore, type TestStore } from '../ingest/testBill.ts';
import { detectBaseline, detectBollinger, detectSeasonal, detectThirtyPercent } from './detect.ts';
import { evaluate } from './evaluate.ts';
import { rootCause } from './rootCause.ts';

const weekly = (change: Record<number, number>, days = 60): DailySeries => ({
  start: '2024-01-01',
  values: Array.from({ length: days }, (_, i) => change[i] ?? (i % 7 >= 5 ? 50 : 100) + (i % 3)),
});

describe('anomalies', () => {
  it('finds spikes and drops, not weekends', () => {
    expect(detectSeasonal(weekly({}))).toEqual([]);
    expect(detectSeasonal(weekly({ 40: 300, 50: 10 })).map((a) => [a.day, a.kind])).toEqual([
      [dayAt('2024-01-01', 40), 'spike'],
      [dayAt('2024-01-01', 50), 'drop'],
    ]);
    // A Saturday at the level of a weekday is odd; a band over all days would not see it.
    expect(detectSeasonal(weekly({ 47: 100 }))).toHaveLength(1);
    expect(detectBollinger(weekly({ 47: 100 })).some((a) => a.index === 47)).toBe(false);
  });
  it('tells a lasting step once, and cost from nothing as new', () => {
    const step = Object.fromEntries(
      Array.from({ length: 25 }, (_, i) => [35 + i, ((35 + i) % 7 >= 5 ? 100 : 200) + (i % 3)]),
    );
    expect(detectSeasonal(weekly(step)).map((a) => a.index)).toEqual([35]);
    const fresh = {
      start: '2024-01-01',
      values: Array.from({ length: 50 }, (_, i) => (i < 30 ? 0 : 40 + (i % 2))),
    };
    expect(detectSeasonal(fresh).map((a) => [a.index, a.kind])).toEqual([[30, 'new']]);
  });
  it('does not judge days that still grow, small change, or holes', () => {
    expect(detectSeasonal(weekly({ 58: 5, 59: 1 }))).toEqual([]);
    expect(detectSeasonal(weekly({ 58: 5, 59: 1 }), { delayDays: 0 }).length).toBeGreaterThan(0);
    expect(
      detectSeasonal({ start: '2024-01-01', values: weekly({ 40: 300 }).values.map((v) => (v ?? 0) / 1000) }),
    ).toEqual([]);
    const holes = weekly({});
    holes.values[41] = null;
    holes.values[42] = null;
    expect(detectSeasonal(holes)).toEqual([]);
  });
  it('baseline: three sigma on two consecutive days after fourteen', () => {
    const flat = (change: Record<number, number>): DailySeries => ({
      start: '2024-01-01',
      values: Array.from({ length: 30 }, (_, i) => change[i] ?? 100 + (i % 3)),
    });
    expect(detectBaseline(flat({ 20: 200, 21: 210 })).map((a) => a.index)).toEqual([20]);
    expect(detectBaseline(flat({ 20: 200 }))).toEqual([]);
    expect(detectBaseline(flat({ 5: 200, 6: 210 }))).toEqual([]);
  });
  it('is ahead of the rules in use elsewhere on labelled series', () => {
    const score = (detect: typeof detectSeasonal): number =>
      evaluate(
        SCENARIOS.flatMap((s) =>
          [1, 2, 3, 4, 5].map((seed) => {
            const series = simulate(s, seed);
            return { series, found: detect(series) };
          }),
        ),
      ).f1;
    const ours = score(detectSeasonal);
    for (const other of [detectThirtyPercent, detectBollinger, detectBaseline])
      expect(ours).toBeGreaterThan(score(other));
  }, 90_000);
});

describe('root cause', () => {
  let test: TestStore;
  beforeAll(async () => {
    test = await openTestStore();
  });
  afterAll(() => test.close());

  it('names the resource behind a jump, though another one fell', async () => {
    const row = (day: number, resource: string, billed: string, region = 'us-east-1'): BillRow => ({
      billed,
      effective: billed,
      account: 'a',
      subAccount: 's1',
      currency: 'USD',
      period: '2024-09',
      day: dayAt('2024-09-01', day),
      service: 'EC2',
      region,
      resource,
      tags: null,
    });
    const rows = Array.from({ length: 14 }, (_, d) => [
      row(d, 'i-1', '10'),
      row(d, 'i-2', '10'),
      row(d, 'i-3', '10', 'sa-east-1'),
    ]).flat();
    await test.load([
      ...rows,
      row(14, 'i-1', '10'),
      row(14, 'i-2', '4'),
      row(14, 'i-3', '10', 'sa-east-1'),
      row(14, 'i-rogue', '66'),
    ]);
    const [cause] = await rootCause(test.store, test.manifest, {
      organizationId: 'org',
      day: '2024-09-15',
      scope: [{ dimension: 'service', values: ['EC2'] }],
    });
    expect(cause).toMatchObject({ actual: '90', usual: '30', change: '60' });
    expect(cause?.dimensions[0]?.dimension).toBe('resource');
    expect(cause?.dimensions[0]?.top[0]).toMatchObject({ key: 'i-rogue', change: '66', isNew: true });
    expect(cause?.dimensions[0]?.top[0]?.share).toBeCloseTo(1.1);
  });
});

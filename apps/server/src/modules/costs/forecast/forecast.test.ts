import { describe, expect, it } from 'vitest';
import { backtest } from './backtest.ts';
import { forecast, projectMonth, runRate, seasonalPredictor, straightLine } from './forecast.ts';
import { MIN_SEASONAL_DAYS, fitSeasonal } from './seasonal.ts';
import { dayAt, toSeries } from './series.ts';
import { SCENARIOS, simulate } from './simulate.ts';

const weekly = (days: number, level = 100): { start: string; values: number[] } => ({
  // 2024-01-01 is a Monday.
  start: '2024-01-01',
  values: Array.from({ length: days }, (_, i) => (i % 7 >= 5 ? level / 2 : level)),
});

describe('forecast', () => {
  it('learns the week', () => {
    const { days, method } = forecast(weekly(56), 7);
    expect(method).toBe('seasonal');
    for (const [i, d] of days.entries()) expect(Math.abs(d.amount - (i >= 5 ? 50 : 100))).toBeLessThan(4);
    expect(days[0]?.day).toBe('2024-02-26');
  });
  it('learns a charge at the end of the month, and a spike is not one', () => {
    const start = '2024-01-01';
    const values = Array.from(
      { length: 115 },
      (_, i) => 100 + (dayAt(start, i + 1).endsWith('-01') ? 300 : 0) + (i === 70 ? 500 : 0) + (i % 3),
    );
    const model = fitSeasonal({ start, values });
    expect([...model.monthly.keys()]).toEqual(['last']);
    const { days } = forecast({ start, values }, 10);
    expect(days.find((d) => d.day === '2024-04-30')?.amount).toBeGreaterThan(350);
    expect(days.find((d) => d.day === '2024-04-29')?.amount).toBeLessThan(120);
  });
  it('is as unsure of a monthly charge as the months differ in it', () => {
    const start = '2024-01-01';
    const tax = [300, 500, 400];
    const values = Array.from({ length: 110 }, (_, i) => {
      const day = dayAt(start, i);
      return 100 + (i % 3) + (day.endsWith('-10') ? (tax[Number(day.slice(5, 7)) - 1] ?? 400) : 0);
    });
    const { days } = forecast({ start, values: values.slice(0, 95) }, 20);
    const charged = days.find(({ day }) => day === '2024-04-10');
    expect(charged?.amount).toBeGreaterThan(450);
    expect((charged?.high ?? 0) - (charged?.low ?? 0)).toBeGreaterThan(190);
    const plain = days.find(({ day }) => day === '2024-04-12');
    expect((plain?.high ?? 0) - (plain?.low ?? 0)).toBeLessThan(150);
  });
  it('takes a step as the new level', () => {
    const values = Array.from({ length: 60 }, (_, i) => (i < 40 ? 100 : 220) + (i % 5));
    expect(forecast({ start: '2024-01-01', values }, 5).days[4]?.amount).toBeGreaterThan(205);
  });
  it('falls back honestly on little data', () => {
    expect(forecast({ start: '2024-01-01', values: [] }, 5)).toMatchObject({
      method: 'none',
      reason: 'no-data',
      days: [],
    });
    expect(forecast({ start: '2024-01-01', values: [1, 2] }, 5)).toMatchObject({
      method: 'none',
      reason: 'few-days',
    });
    const few = forecast({ start: '2024-01-01', values: [10, 20, 30, 20, 20] }, 2);
    expect(few).toMatchObject({ method: 'run-rate', reason: 'few-days', observed: 5 });
    expect(few.days[0]).toMatchObject({ amount: 20 });
    expect(few.days[0]?.high).toBeGreaterThan(25);
    expect(() =>
      fitSeasonal({ start: '2024-01-01', values: Array.from({ length: MIN_SEASONAL_DAYS - 1 }, () => 1) }),
    ).toThrow(RangeError);
  });
  it('survives holes, zeros and constants', () => {
    for (const values of [
      Array.from({ length: 40 }, () => 0),
      Array.from({ length: 40 }, () => 5),
      Array.from({ length: 40 }, (_, i) => (i % 4 === 0 ? null : 5)),
    ]) {
      const result = forecast({ start: '2024-01-01', values }, 10);
      for (const d of result.days) expect([d.amount, d.low, d.high].every(Number.isFinite)).toBe(true);
    }
  });
  it('holds about as often as it says, for a week, a fortnight and a month', () => {
    for (const horizon of [7, 14, 30]) {
      let inside = 0;
      let all = 0;
      for (const scenario of ['flat', 'weekday', 'trend', 'month-end'] as const)
        for (let seed = 1; seed <= 4; seed += 1)
          for (const cut of [90, 150]) {
            const series = simulate(scenario, seed);
            const { total } = forecast({ start: series.start, values: series.values.slice(0, cut) }, horizon);
            const actual = series.values.slice(cut, cut + horizon).reduce<number>((n, v) => n + (v ?? 0), 0);
            all += 1;
            if (actual >= total.low && actual <= total.high) inside += 1;
          }
      expect(inside / all).toBeGreaterThan(0.72);
      expect(inside / all).toBeLessThan(0.97);
    }
  }, 90_000);
  it('is surer of tomorrow than of next month, and of a month than of its days', () => {
    const { start, values } = simulate('trend', 3);
    const { days, total } = forecast({ start, values }, 30);
    const width = (from: number, to: number): number =>
      days.slice(from, to).reduce((n, d) => n + d.high - d.low, 0) / (to - from);
    expect(width(25, 30)).toBeGreaterThan(width(0, 5));
    expect(total.high - total.low).toBeLessThan(days.reduce((n, d) => n + d.high - d.low, 0));
  });
  it('does not take a spike that has just come for the new level', () => {
    for (const length of [1, 2, 3]) {
      const values = Array.from({ length: 60 }, (_, i) => (i >= 60 - length ? 300 : 100) + (i % 5));
      const { days } = forecast({ start: '2024-01-01', values }, 7);
      expect(days[6]?.amount).toBeLessThan(125);
      const passed = [...values, 101, 103];
      expect(forecast({ start: '2024-01-01', values: passed }, 7).days[6]?.amount).toBeLessThan(125);
    }
  });
  it('is ahead of the run-rate and the straight line in every scenario', () => {
    for (const scenario of SCENARIOS) {
      const series = [1, 2, 3, 4, 5, 6, 7, 8].map((seed) => simulate(scenario, seed));
      const error = (predictor: typeof runRate): number => {
        const list = series.map((s) => backtest(s, predictor).totalMape).filter(Number.isFinite);
        return list.reduce((a, b) => a + b, 0) / list.length;
      };
      const ours = error(seasonalPredictor);
      // On a flat bill nothing can beat the run-rate by more than chance.
      expect.soft(ours, scenario).toBeLessThan(error(runRate) * 1.03);
      expect.soft(ours, scenario).toBeLessThan(error(straightLine));
    }
  }, 90_000);
});

describe('projectMonth', () => {
  const daily = weekly(75).values.map((v, i) => ({ day: dayAt('2024-01-01', i), amount: String(v) }));
  it('adds the exact month so far to the days left', () => {
    const result = projectMonth(daily, '2024-03', '2024-03-15');
    // 2024-03-01 was a Friday; 21 weekdays and 10 weekend days.
    expect(result.actual).toBe('1300');
    expect(Number(result.projected)).toBeCloseTo(2600, -2);
    expect(Number(result.low)).toBeLessThanOrEqual(Number(result.projected));
    expect(Number(result.high)).toBeGreaterThanOrEqual(Number(result.projected));
  });
  it('does not count incomplete days as cheap days, and knows a finished month', () => {
    const late = [...daily, { day: '2024-03-16', amount: '0.01' }];
    expect(
      Math.abs(
        Number(projectMonth(late, '2024-03', '2024-03-15').projected) -
          Number(projectMonth(daily, '2024-03', '2024-03-15').projected),
      ),
    ).toBeLessThan(1);
    expect(projectMonth(daily, '2024-02', '2024-03-15')).toMatchObject({ actual: '2500', projected: '2500' });
    expect(projectMonth([], '2024-03', '2024-03-15')).toMatchObject({
      projected: undefined,
      reason: 'no-data',
    });
  });
  it('knows holes from zeros', () => {
    expect(
      toSeries([
        { day: '2024-01-03', amount: 1 },
        { day: '2024-01-01', amount: 2 },
      ]).values,
    ).toEqual([2, null, 1]);
  });
});

import { type DailySeries, dayAt, deviation, mad, mean, median, weekday } from '../forecast/series.ts';

export interface Anomaly {
  /** First day of it, `YYYY-MM-DD`. */
  day: string;
  index: number;
  kind: 'spike' | 'drop' | 'new';
  actual: number;
  expected: number;
  /** actual − expected on the first day. */
  impact: number;
  /** Distance in robust standard deviations. */
  score: number;
}

export interface DetectOptions {
  /** Days at the end that still grow and are not judged. Default 2: providers deliver 24–36 h late. */
  delayDays?: number;
  /** Differences below this amount (in the series' currency) are not worth a look. Default 1. */
  minAmount?: number;
  /** Nor are differences below this share of what was expected. Default 0.25. */
  minShare?: number;
}

const BASELINE_DAYS = 14;

/**
 * The simple rule: a day more than three standard deviations off the mean of the 14 days before, on
 * two consecutive days (the baseline stays that of the first). Reported on the second day's evidence
 * with the day it began.
 */
export function detectBaseline(series: DailySeries, options: DetectOptions = {}): Anomaly[] {
  const { delayDays = 2, minAmount = 1, minShare = 0.25 } = options;
  const end = series.values.length - delayDays;
  const found: Anomaly[] = [];
  for (let i = BASELINE_DAYS; i < end - 1; i += 1) {
    const window = series.values.slice(i - BASELINE_DAYS, i).filter((v) => v !== null);
    const first = series.values[i] ?? null;
    const second = series.values[i + 1] ?? null;
    if (window.length < BASELINE_DAYS - 3 || first === null || second === null) continue;
    const expected = mean(window);
    const sigma = deviation(window);
    const off = (v: number): number => (v - expected) / Math.max(sigma, 1e-9);
    const large = (v: number): boolean =>
      Math.abs(v - expected) >= Math.max(minAmount, minShare * Math.abs(expected));
    const same = Math.sign(first - expected) === Math.sign(second - expected);
    if (same && Math.abs(off(first)) > 3 && Math.abs(off(second)) > 3 && large(first) && large(second)) {
      found.push({
        day: dayAt(series.start, i),
        index: i,
        kind: first > expected ? 'spike' : 'drop',
        actual: first,
        expected,
        impact: first - expected,
        score: Math.min(999, Math.abs(off(first))),
      });
      // The anomaly itself is no news tomorrow.
      i += 1;
      while (i + 1 < end && Math.abs(off(series.values[i + 1] ?? expected)) > 3) i += 1;
    }
  }
  return found;
}

const WINDOW = 42;
const MIN_HISTORY = 14;
const LEVEL_DAYS = 14;
/** After so many days off in the same direction the new level is accepted. */
const NEW_LEVEL_DAYS = 5;
const THRESHOLD = 5;

/**
 * The robust seasonal method. Each day is compared with the median level of the weeks before it, times
 * the median factor of its weekday, and the distance is measured in median absolute deviations, so
 * neither weekends nor earlier anomalies widen the band. What comes on the same day of each month is
 * expected. A level that lasts becomes the norm: an anomaly is told once, on its first day. Cost where
 * there was none is told as `new`.
 */
export function detectSeasonal(series: DailySeries, options: DetectOptions = {}): Anomaly[] {
  const { delayDays = 2, minAmount = 1, minShare = 0.25 } = options;
  const end = series.values.length - delayDays;
  const found: Anomaly[] = [];
  // History with anomalous days replaced by what was expected, so that they do not become the norm.
  const clean: (number | null)[] = [...series.values];
  const directions: number[] = [];
  let levelFrom = 0;
  let run: { direction: number; days: number[] } = { direction: 0, days: [] };
  for (let i = 0; i < end; i += 1) {
    const value = series.values[i] ?? null;
    if (value === null || i < MIN_HISTORY) continue;
    const from = Math.max(0, i - WINDOW);
    const { expected, scale } = expectation(series.start, clean, from, i, levelFrom);
    const difference = value - expected;
    const score = Math.abs(difference) / scale;
    const off =
      score > THRESHOLD &&
      Math.abs(difference) >= Math.max(minAmount, minShare * Math.abs(expected)) &&
      !isMonthlyHabit(series, i, expected, difference);
    if (!off) {
      run = { direction: 0, days: [] };
      continue;
    }
    const direction = Math.sign(difference);
    directions[i] = direction;
    if (run.direction === 0 && directions[i - 7] === direction) {
      // The same on the same weekday a week ago: a habit of the week that is being learnt, not news.
      clean[i - 7] = series.values[i - 7] ?? null;
      continue;
    }
    if (run.direction !== direction) {
      run = { direction, days: [] };
      const before = clean.slice(from, i).filter((v) => v !== null);
      const silent = before.every((v) => v < minAmount / 100 + 1e-9);
      found.push({
        day: dayAt(series.start, i),
        index: i,
        kind: direction < 0 ? 'drop' : silent ? 'new' : 'spike',
        actual: value,
        expected,
        impact: difference,
        score: Math.min(999, score),
      });
    }
    run.days.push(i);
    if (run.days.length >= NEW_LEVEL_DAYS) {
      // It stays: take the days as they were and start the level there.
      levelFrom = run.days[0] ?? i;
      for (const day of run.days) clean[day] = series.values[day] ?? null;
      run = { direction: 0, days: [] };
    } else clean[i] = expected;
  }
  return found;
}

function expectation(
  start: string,
  clean: readonly (number | null)[],
  from: number,
  to: number,
  levelFrom: number,
): { expected: number; scale: number } {
  const ratios: number[][] = Array.from({ length: 7 }, () => []);
  for (let j = from; j < to; j += 1) {
    const value = clean[j] ?? null;
    // The seven days around, shifted inwards at the edges: each weekday is in them once.
    const first = Math.min(Math.max(from, j - 3), to - 7);
    const week = clean.slice(first, first + 7).filter((v) => v !== null);
    const centre = median(week);
    // A week that straddles a new level says nothing about weekdays.
    const straddles = levelFrom > first && levelFrom < first + 7;
    if (value !== null && week.length >= 5 && centre > 0 && !straddles)
      ratios[weekday(start, j)]?.push(value / centre);
  }
  const factors = ratios.map(typicalRatio);
  const factor = (j: number): number => Math.max(0.02, factors[weekday(start, j)] ?? 1);
  const flat: { j: number; v: number }[] = [];
  for (let j = Math.max(from, levelFrom); j < to; j += 1) {
    const value = clean[j] ?? null;
    if (value !== null) flat.push({ j, v: value / factor(j) });
  }
  const recent = flat.slice(-LEVEL_DAYS);
  const level = median(recent.map((p) => p.v));
  // A slow drift is no anomaly: half the window older and younger tell how the level moves.
  const half = recent.length >> 1;
  const drift =
    recent.length >= 10
      ? (median(recent.slice(half).map((p) => p.v)) - median(recent.slice(0, half).map((p) => p.v))) /
        Math.max(1, half)
      : 0;
  const ahead = level + drift * (recent.length / 2);
  const expected = ahead * factor(to);
  const spread =
    mad(
      flat.map((p) => p.v),
      level,
    ) * factor(to);
  // Before each weekday was seen twice the factors are guesses, and the band says so.
  const weeks = Math.min(...ratios.map((list) => list.length));
  const floor = weeks < 2 ? 0.12 : weeks < 4 ? 0.07 : 0.04;
  return { expected, scale: Math.max(spread, floor * Math.abs(expected), 1e-9) };
}

/** Median; of two that disagree the one nearer to 1, for a single odd day must not make a weekday. */
function typicalRatio(list: readonly number[]): number {
  if (list.length < 2) return 1;
  const [a = 1, b = 1] = list;
  if (list.length === 2 && Math.max(a, b) > 1.4 * Math.min(a, b))
    return Math.abs(Math.log(a + 1e-9)) < Math.abs(Math.log(b + 1e-9)) ? a : b;
  return median(list);
}

/** The same excess came a month ago on this date, or on the last day of that month as now. */
function isMonthlyHabit(series: DailySeries, index: number, expected: number, difference: number): boolean {
  if (difference < 0) return false;
  const today = new Date(dayAt(series.start, index));
  const lastOf = (month: number): number =>
    new Date(Date.UTC(today.getUTCFullYear(), month + 1, 0)).getUTCDate();
  const isLast = today.getUTCDate() === lastOf(today.getUTCMonth());
  const before = lastOf(today.getUTCMonth() - 1);
  const back = isLast ? today.getUTCDate() : before;
  const then = index - back;
  const amount = series.values[then] ?? null;
  if (then < 3 || amount === null) return false;
  const around = series.values
    .slice(Math.max(0, then - 7), then + 8)
    .filter((v, j) => v !== null && j !== Math.min(then, 7)) as number[];
  const excess = amount - median(around);
  return excess > 0.4 * difference && excess < 2.5 * difference && expected >= 0;
}

/** OptScale-like rule, for comparison: a day above the mean of the last seven by 30 %. */
export function detectThirtyPercent(series: DailySeries, options: DetectOptions = {}): Anomaly[] {
  const { delayDays = 2, minAmount = 1 } = options;
  return scan(series, 7, delayDays, (value, window) => {
    const expected = mean(window);
    return value > expected * 1.3 && value - expected >= minAmount ? expected : undefined;
  });
}

/** Bollinger bands, for comparison: a day outside mean ± 2σ of the last twenty. */
export function detectBollinger(series: DailySeries, options: DetectOptions = {}): Anomaly[] {
  const { delayDays = 2, minAmount = 1 } = options;
  return scan(series, 20, delayDays, (value, window) => {
    const expected = mean(window);
    return Math.abs(value - expected) > 2 * deviation(window) && Math.abs(value - expected) >= minAmount
      ? expected
      : undefined;
  });
}

/** Consecutive days that are off count as one finding. */
function scan(
  series: DailySeries,
  size: number,
  delayDays: number,
  judge: (value: number, window: number[]) => number | undefined,
): Anomaly[] {
  const found: Anomaly[] = [];
  let previous = false;
  for (let i = size; i < series.values.length - delayDays; i += 1) {
    const value = series.values[i] ?? null;
    const window = series.values.slice(i - size, i).filter((v) => v !== null);
    const expected = value === null || window.length < 3 ? undefined : judge(value, window);
    if (value !== null && expected !== undefined && !previous)
      found.push({
        day: dayAt(series.start, i),
        index: i,
        kind: value > expected ? 'spike' : 'drop',
        actual: value,
        expected,
        impact: value - expected,
        score: 0,
      });
    previous = expected !== undefined;
  }
  return found;
}

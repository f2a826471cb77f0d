import { type DailySeries, dayAt, weekday } from './series.ts';

/** Seeded series with known truth, for tests and benches. */
export type Scenario =
  | 'flat'
  | 'trend'
  | 'weekday'
  | 'month-end'
  | 'step-up'
  | 'step-down'
  | 'spikes'
  | 'drops'
  | 'new-service'
  | 'missing-days'
  | 'everything';
export const SCENARIOS: readonly Scenario[] = [
  'flat',
  'trend',
  'weekday',
  'month-end',
  'step-up',
  'step-down',
  'spikes',
  'drops',
  'new-service',
  'missing-days',
  'everything',
];

export interface Labelled extends DailySeries {
  scenario: Scenario;
  /** Index of each true anomaly's first day. Habits (weekday, month end, growth) are none. */
  anomalies: { index: number; kind: 'spike' | 'drop' | 'step' | 'new' }[];
}

/** Mulberry32: a small, well-spread generator; the same seed gives the same series everywhere. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** One series of `days` days in the given scenario. */
export function simulate(scenario: Scenario, seed: number, days = 180): Labelled {
  const next = random(seed * 7919 + SCENARIOS.indexOf(scenario) * 104_729);
  const normal = (): number => Math.sqrt(-2 * Math.log(next() || 1e-9)) * Math.cos(2 * Math.PI * next());
  const start = dayAt('2024-01-01', Math.floor(next() * 200));
  const base = 50 * 10 ** (next() * 2);
  const noise = 0.02 + next() * 0.06;
  const all = scenario === 'everything';
  const growth = scenario === 'trend' || all ? (next() - 0.3) * 0.01 : 0;
  const weekend = scenario === 'weekday' || all || next() < 0.5 ? 0.4 + next() * 0.4 : 1;
  const monthEnd = scenario === 'month-end' || all ? 1 + next() * 3 : 0;
  const anomalies: Labelled['anomalies'] = [];
  const at = (from: number, to: number): number => Math.floor(days * from + next() * days * (to - from));
  const values: (number | null)[] = Array.from({ length: days }, (_, i) => {
    const seasonal = weekday(start, i) >= 5 ? weekend : 1;
    let value = base * (1 + growth * i) * seasonal * (1 + noise * normal());
    if (monthEnd > 0 && dayAt(start, i + 1).endsWith('-01')) value += base * monthEnd;
    return Math.max(0, value);
  });
  const scale = (from: number, to: number, factor: number): void => {
    for (let i = from; i < Math.min(to, days); i += 1) values[i] = (values[i] ?? 0) * factor;
  };
  if (scenario === 'step-up' || scenario === 'step-down' || all) {
    const index = at(0.35, 0.6);
    scale(index, days, scenario === 'step-down' ? 0.35 + next() * 0.3 : 1.5 + next());
    anomalies.push({ index, kind: 'step' });
  }
  if (scenario === 'spikes' || all)
    for (const part of [0.3, 0.5, 0.7, 0.88]) {
      const index = at(part, part + 0.08);
      const length = 2 + Math.floor(next() * 2);
      scale(index, index + length, 1.7 + next() * 2);
      anomalies.push({ index, kind: 'spike' });
    }
  if (scenario === 'drops')
    for (const part of [0.35, 0.65, 0.85]) {
      const index = at(part, part + 0.1);
      scale(index, index + 2 + Math.floor(next() * 2), 0.1 + next() * 0.4);
      anomalies.push({ index, kind: 'drop' });
    }
  if (scenario === 'new-service') {
    const index = at(0.4, 0.6);
    for (let i = 0; i < index; i += 1) values[i] = 0;
    anomalies.push({ index, kind: 'new' });
  }
  if (scenario === 'missing-days' || all)
    for (let i = 10; i < days; i += 1)
      if (next() < 0.04 && !anomalies.some((a) => Math.abs(a.index - i) < 4)) values[i] = null;
  anomalies.sort((a, b) => a.index - b.index);
  return { scenario, start, values, anomalies };
}

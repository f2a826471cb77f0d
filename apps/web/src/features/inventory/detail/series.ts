/** Metric series as chart data. */
import type { Point } from '@/charts/types.ts';
import type { MetricSeriesView } from '../queries.ts';

/** Points of the chart; where a period has no value there is a null, so the line breaks instead of lying. */
export function chartPoints(series: Pick<MetricSeriesView, 'points' | 'periodSeconds'>): Point[] {
  const points: Point[] = [];
  const periodMs = series.periodSeconds * 1000;
  let before: number | undefined;
  for (const { at, value } of series.points) {
    const now = Date.parse(at);
    if (before !== undefined && now - before > periodMs * 1.5) {
      points.push({ key: new Date(before + periodMs).toISOString(), values: { value: null } });
    }
    points.push({ key: at, values: { value } });
    before = now;
  }
  return points;
}

const binary = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

/** A value with its unit, e.g. `12.4 %`, `1.5 MiB/s`, `30 ms`. */
export function formatMetric(value: number, unit: string, language: string): string {
  const number = (amount: number): string =>
    new Intl.NumberFormat(language, { maximumFractionDigits: Math.abs(amount) < 10 ? 2 : 1 }).format(amount);
  if (unit.startsWith('bytes')) {
    const step = Math.min(
      binary.length - 1,
      Math.max(0, Math.floor(Math.log2(Math.max(1, Math.abs(value))) / 10)),
    );
    return `${number(value / 1024 ** step)} ${binary[step]}${unit.endsWith('/second') ? '/s' : ''}`;
  }
  if (unit === 'percent') return `${number(value)} %`;
  if (unit === 'seconds') return `${number(value)} s`;
  if (unit === 'milliseconds') return `${number(value)} ms`;
  return `${number(value)}${unit.endsWith('/second') ? '/s' : ''}`;
}

import { toCsv, type CsvValue } from '@/ui/data-table/csv.ts';
import type { ChartData, Point, Series } from './types.ts';

/** Value of the total series if there is one, else the sum of the measured values; null when there is none. */
export function totalOf(point: Point, series: readonly Series[] = []): number | null {
  const total = series.find((candidate) => candidate.total === true);
  if (total !== undefined) return point.values[total.id] ?? null;
  const values = Object.values(point.values).filter((value) => value !== null);
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0);
}

/** Whether any point carries a forecast. */
export function hasForecast(data: ChartData): boolean {
  return data.points.some((point) => point.forecast !== undefined);
}

/**
 * The chart as CSV: one row per point, one column per series, forecast and its bounds at the end where there is
 * one. Numbers are plain, so a spreadsheet can calculate.
 * @param header texts for the first column and the three of the forecast
 */
export function chartCsv(
  data: ChartData,
  header: { key: string; forecast: string; low: string; high: string },
): string {
  const forecast = hasForecast(data);
  const rows = data.points.map((point): CsvValue[] => [
    point.key,
    ...data.series.map((series) => point.exact?.[series.id] ?? point.values[series.id] ?? null),
    ...(forecast
      ? [point.forecast?.value ?? null, point.forecast?.low ?? null, point.forecast?.high ?? null]
      : []),
  ]);
  const tail = forecast ? [header.forecast, header.low, header.high] : [];
  return toCsv([header.key, ...data.series.map((series) => series.label), ...tail], rows);
}

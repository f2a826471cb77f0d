import { expect, test } from 'vitest';
import { chartPoints, formatMetric } from './series.ts';

test('a gap breaks the line, and a zero stays a zero', () => {
  const points = [
    { at: '2026-01-01T00:00:00Z', value: 1 },
    { at: '2026-01-01T00:05:00Z', value: 0 },
    { at: '2026-01-01T01:00:00Z', value: 2 },
  ];
  expect(
    chartPoints({ points, periodSeconds: 300 }).map(({ key, values }) => [key, values['value']]),
  ).toEqual([
    ['2026-01-01T00:00:00Z', 1],
    ['2026-01-01T00:05:00Z', 0],
    ['2026-01-01T00:10:00.000Z', null],
    ['2026-01-01T01:00:00Z', 2],
  ]);
});

test('values carry their unit in the language', () => {
  expect(formatMetric(12.44, 'percent', 'pt-BR')).toBe('12,4 %');
  expect(formatMetric(1_572_864, 'bytes/second', 'en')).toBe('1.5 MiB/s');
  expect(formatMetric(0, 'bytes', 'en')).toBe('0 B');
  expect(formatMetric(3, 'count', 'en')).toBe('3');
});

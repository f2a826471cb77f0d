import { expect, test } from 'vitest';
import { chartCsv, totalOf } from './table.ts';
import type { ChartData } from './types.ts';

const data: ChartData = {
  series: [
    { id: 'a', label: 'AWS' },
    { id: 'b', label: '=B' },
  ],
  points: [
    { key: '2026-11-01', values: { a: 1.5, b: null } },
    { key: '2026-11-02', values: {}, forecast: { value: 2, low: 1, high: 3 } },
  ],
  formatKey: (key) => key,
  formatValue: String,
};
const header = { key: 'Day', forecast: 'Forecast', low: 'Low', high: 'High' };

test('the CSV has a column per series and the forecast with its bounds', () => {
  expect(chartCsv(data, header)).toBe(
    "Day,AWS,'=B,Forecast,Low,High\r\n2026-11-01,1.5,,,,\r\n2026-11-02,,,2,1,3\r\n",
  );
});

test('without a forecast its columns are left out', () => {
  expect(chartCsv({ ...data, points: data.points.slice(0, 1) }, header)).toBe(
    "Day,AWS,'=B\r\n2026-11-01,1.5,\r\n",
  );
});

test('a total ignores what is not measured', () => {
  expect(totalOf({ key: 'x', values: { a: 1, b: null, c: 2 } })).toBe(3);
  expect(totalOf({ key: 'x', values: { a: null } })).toBeNull();
});

test('a series that is the total is not added to its parts', () => {
  const series = [
    { id: 'a', label: 'A' },
    { id: 'all', label: 'All', total: true },
  ];
  expect(totalOf({ key: 'x', values: { a: 1, all: 4 } }, series)).toBe(4);
});

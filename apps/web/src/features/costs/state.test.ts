import { expect, test } from 'vitest';
import { baseQuestion, readFilters, readState, withFilter, withoutValue, writeFilters } from './state.ts';

test('what is not in the address has its usual value', () => {
  expect(
    readState(new URLSearchParams('period=nonsense&grain=year&group=drop+table&currency=reais')),
  ).toEqual({
    period: '30d',
    from: null,
    to: null,
    grain: 'day',
    metric: 'billed',
    groupBy: 'service',
    filters: [],
    compare: true,
    currency: null,
  });
});

test('filters go through the address and back', () => {
  const filters = [
    { dimension: 'service' as const, values: ['Amazon EC2', 'a&b=c'], exclude: false },
    { dimension: 'region' as const, values: [null], exclude: true },
    { dimension: 'tag:cost center' as const, values: ['42'], exclude: false },
  ];
  const params = new URLSearchParams('period=90d&service=old&in.service=kept');
  writeFilters(params, filters);
  expect(readFilters(new URLSearchParams(params.toString()))).toEqual(filters);
  expect(readFilters(params, 'in.')).toEqual([{ dimension: 'service', values: ['kept'], exclude: false }]);
  expect(params.get('period')).toBe('90d');
});

test('a custom period counts both its days, and the API gets an exclusive end', () => {
  const state = readState(new URLSearchParams('period=custom&from=2026-01-01&to=2026-12-31'));
  expect(state.grain).toBe('month');
  expect(baseQuestion(state, undefined).period).toEqual({ from: '2026-01-01', to: '2027-01-01' });
  expect(readState(new URLSearchParams('period=custom&from=2026-02-01&to=2026-01-01')).period).toBe('30d');
});

test('values join their filter and leave it', () => {
  const first = { dimension: 'service' as const, values: ['a'], exclude: false };
  const joined = withFilter([first], { ...first, values: ['b', 'a'] });
  expect(joined).toEqual([{ ...first, values: ['a', 'b'] }]);
  expect(withFilter(joined, { ...first, exclude: true })).toHaveLength(2);
  expect(withoutValue([first], first, 'a')).toEqual([]);
});

import { expect, test } from 'vitest';
import { readFilters, sortParameter } from './filters.ts';

test('a query string is read, cleaned and put in one order', () => {
  const filters = readFilters(
    new URLSearchParams(
      'tag=env%3Dprod&state=running&state=stopped&q=%20web%20&vanished=true&panel=x&sort=-cost',
    ),
  );
  expect(filters.search).toBe('q=web&state=running&state=stopped&tag=env%3Dprod&vanished=true');
  expect(filters.sortedSearch).toBe(`${filters.search}&sort=-cost`);
  expect(filters.sort).toEqual({ column: 'cost', direction: 'desc' });
  expect(filters.active).toBe(true);
});

test('nothing, and an order nobody knows, is no filter', () => {
  const filters = readFilters(new URLSearchParams('sort=-account&vanished=yes&q='));
  expect(filters).toMatchObject({ search: '', sortedSearch: '', sort: null, active: false, vanished: false });
});

test('only orders of the API become a parameter', () => {
  expect(sortParameter({ column: 'name', direction: 'desc' })).toBe('-name');
  expect(sortParameter({ column: 'type', direction: 'desc' })).toBe('-type');
  expect(sortParameter({ column: 'account', direction: 'desc' })).toBeNull();
  expect(sortParameter(null)).toBeNull();
});

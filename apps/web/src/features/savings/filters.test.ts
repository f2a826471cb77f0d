import { expect, test } from 'vitest';
import { readFilters, sortParameter, usualSort } from './filters.ts';

const read = (search: string) => readFilters(new URLSearchParams(search));

test('what is not a filter is left out, and the order of parameters does not matter', () => {
  expect(read('view=plan&rule=b&priority=high&rule=a').search).toBe('priority=high&rule=b&rule=a');
  expect(read('priority=high&rule=b&rule=a').search).toBe(read('rule=b&rule=a&priority=high').search);
  expect(read('view=plan').active).toBe(false);
});

test('the largest saving comes first unless another known order is asked for', () => {
  expect(read('').sort).toEqual(usualSort);
  expect(read('sort=colour').sort).toEqual(usualSort);
  expect(read('sort=saving')).toMatchObject({
    sort: { column: 'saving', direction: 'asc' },
    sortedSearch: 'sort=saving',
  });
  expect(read('sort=-saving').sortedSearch).toBe('');
});

test('orders the API does not know become the usual one', () => {
  expect(sortParameter({ column: 'name', direction: 'desc' })).toBeNull();
  expect(sortParameter({ column: 'name', direction: 'asc' })).toBe('name');
  expect(sortParameter(null)).toBeNull();
});

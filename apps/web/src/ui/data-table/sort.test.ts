import { expect, test } from 'vitest';
import { nextSort, sortRows } from './sort.ts';
import type { Column } from './types.ts';

interface Row {
  name: string;
  cost: number | null;
}
const columns: Column<Row>[] = [
  { id: 'name', header: 'Name', cell: (row) => row.name, value: (row) => row.name },
  { id: 'cost', header: 'Cost', cell: (row) => row.cost, value: (row) => row.cost },
];
const rows: Row[] = [
  { name: 'vm-10', cost: null },
  { name: 'vm-2', cost: 5 },
  { name: 'Árvore', cost: -1 },
];
const names = (sorted: readonly Row[]): string[] => sorted.map((row) => row.name);

test('text sorts by the language, with numbers in their order', () => {
  expect(names(sortRows(rows, columns, { column: 'name', direction: 'asc' }, 'pt-BR'))).toEqual([
    'Árvore',
    'vm-2',
    'vm-10',
  ]);
});

test('unknown values come last in both directions', () => {
  expect(names(sortRows(rows, columns, { column: 'cost', direction: 'asc' }, 'en'))).toEqual([
    'Árvore',
    'vm-2',
    'vm-10',
  ]);
  expect(names(sortRows(rows, columns, { column: 'cost', direction: 'desc' }, 'en'))).toEqual([
    'vm-2',
    'Árvore',
    'vm-10',
  ]);
});

test('the header goes through ascending, descending and off', () => {
  const first = nextSort(null, 'name');
  expect(first).toEqual({ column: 'name', direction: 'asc' });
  const second = nextSort(first, 'name');
  expect(second).toEqual({ column: 'name', direction: 'desc' });
  expect(nextSort(second, 'name')).toBeNull();
});

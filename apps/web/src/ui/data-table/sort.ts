import type { Column, Sort, SortValue } from './types.ts';

/** Numbers by size, text by the language's rules with numbers in it in their order; null always last. */
function compare(left: SortValue, right: SortValue, collator: Intl.Collator, sign: number): number {
  if (left === null || right === null) return Number(left === null) - Number(right === null);
  if (typeof left === 'number' && typeof right === 'number') return sign * (left - right);
  return sign * collator.compare(String(left), String(right));
}

/** Rows in the order asked for; stable, and the given array is not touched. */
export function sortRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  sort: Sort | null,
  locale: string,
): readonly Row[] {
  const value = columns.find((column) => column.id === sort?.column)?.value;
  if (sort === null || value === undefined) return rows;
  const collator = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' });
  const sign = sort.direction === 'asc' ? 1 : -1;
  return rows.toSorted((left, right) => compare(value(left), value(right), collator, sign));
}

/** Ascending, then descending, then as it came. */
export function nextSort(current: Sort | null, column: string): Sort | null {
  if (current?.column !== column) return { column, direction: 'asc' };
  return current.direction === 'asc' ? { column, direction: 'desc' } : null;
}

/** The filters of the resources page. Its query string is the API's, so a link, a saved view and an export agree. */
import { useMemo } from 'react';
import { readValues, useListFilters } from '@/app/list-filters.ts';
import type { Sort } from '@/ui/data-table/types.ts';

/** Dimensions that take several values. */
export const dimensions = [
  'provider',
  'account',
  'service',
  'type',
  'region',
  'state',
  'category',
  'tag',
] as const;
export type Dimension = (typeof dimensions)[number];

const sortable = new Set([
  'name',
  '-name',
  'type',
  '-type',
  'region',
  '-region',
  'state',
  '-state',
  'cost',
  '-cost',
  'created',
  '-created',
  'changed',
  '-changed',
]);

export interface ResourceFilters {
  q: string;
  values: Readonly<Record<Dimension, readonly string[]>>;
  vanished: boolean;
  sort: Sort | null;
  /** Query string for list, summary and export: what is known, in one order, without the sort. */
  search: string;
  /** The same with the sort. */
  sortedSearch: string;
  /** Whether anything narrows the list. */
  active: boolean;
}

/** Reads a query string; what is not a filter is left out. */
export function readFilters(params: URLSearchParams): ResourceFilters {
  const { q, values, known: found } = readValues(params, dimensions);
  const vanished = params.get('vanished') === 'true';
  if (vanished) found.set('vanished', 'true');
  const search = found.toString();
  const wanted = params.get('sort') ?? '';
  const sort = sortable.has(wanted) ? wanted : '';
  if (sort !== '') found.set('sort', sort);
  return {
    q,
    values,
    vanished,
    sort:
      sort === ''
        ? null
        : { column: sort.replace('-', ''), direction: sort.startsWith('-') ? 'desc' : 'asc' },
    search,
    sortedSearch: found.toString(),
    active: search !== '',
  };
}

/** The parameter of an order, null for one the API does not know. */
export function sortParameter(sort: Sort | null): string | null {
  if (sort === null) return null;
  const text = `${sort.direction === 'desc' ? '-' : ''}${sort.column}`;
  return sortable.has(text) ? text : null;
}

const names: readonly string[] = ['q', 'vanished', ...dimensions];

/** The filters in the URL and what changes them. */
export function useResourceFilters() {
  const { params, change, actions } = useListFilters(names, sortParameter);
  const filters = useMemo(() => readFilters(params), [params]);
  const own = useMemo(
    () => ({
      ...actions,
      setVanished: (on: boolean) =>
        change((next) => (on ? next.set('vanished', 'true') : next.delete('vanished'))),
    }),
    [actions, change],
  );
  return [filters, own] as const;
}
export type FilterActions = ReturnType<typeof useResourceFilters>[1];

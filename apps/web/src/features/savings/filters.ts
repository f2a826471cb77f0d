/** The filters of the savings page. Its query string is the API's, so a link and an export agree. */
import { useMemo } from 'react';
import { readValues, useListFilters } from '@/app/list-filters.ts';
import type { Sort } from '@/ui/data-table/types.ts';

/** Dimensions that take several values. */
export const dimensions = [
  'status',
  'priority',
  'category',
  'provider',
  'account',
  'region',
  'rule',
  'assignee',
] as const;
export type Dimension = (typeof dimensions)[number];

/** Orders of the API, by the table's column and direction. */
const orders: Readonly<Record<string, string>> = {
  'saving desc': '-saving',
  'saving asc': 'saving',
  'seen desc': '-seen',
  'name asc': 'name',
  'priority asc': 'priority',
};
export const usualSort: Sort = { column: 'saving', direction: 'desc' };

export interface SavingsFilters {
  q: string;
  values: Readonly<Record<Dimension, readonly string[]>>;
  sort: Sort;
  /** Query string for the export: what is known, in one order, without the sort. */
  search: string;
  /** The same with the sort. */
  sortedSearch: string;
  /** Whether anything narrows the list. */
  active: boolean;
}

/** Reads a query string; what is not a filter is left out. */
export function readFilters(params: URLSearchParams): SavingsFilters {
  const { q, values, known: found } = readValues(params, dimensions);
  const search = found.toString();
  const order = Object.entries(orders).find(([, parameter]) => parameter === params.get('sort'));
  const [column = usualSort.column, direction = usualSort.direction] = order?.[0].split(' ') ?? [];
  const sort: Sort = { column, direction: direction === 'asc' ? 'asc' : 'desc' };
  if (order !== undefined && order[1] !== '-saving') found.set('sort', order[1]);
  return { q, values, sort, search, sortedSearch: found.toString(), active: search !== '' };
}

/** The parameter of an order; null for the usual one and for one the API does not know. */
export function sortParameter(sort: Sort | null): string | null {
  const parameter = sort === null ? undefined : orders[`${sort.column} ${sort.direction}`];
  return parameter === undefined || parameter === '-saving' ? null : parameter;
}

const names: readonly string[] = ['q', ...dimensions];

/** The filters in the URL and what changes them. */
export function useSavingsFilters() {
  const { params, change, actions } = useListFilters(names, sortParameter);
  const filters = useMemo(() => readFilters(params), [params]);
  const own = useMemo(() => {
    const replace = (next: URLSearchParams, search: string): void => {
      for (const name of names) next.delete(name);
      for (const [name, value] of new URLSearchParams(search)) next.append(name, value);
    };
    return {
      ...actions,
      /** Exactly the filters of a query string in place of those in force. */
      show: (search: string) => change((next) => replace(next, search)),
      /** Exactly the filters of a query string in place of those in force; none when they are in force already. */
      flip: (search: string) =>
        change((next) => replace(next, readFilters(next).search === search ? '' : search)),
    };
  }, [actions, change]);
  return [filters, own] as const;
}
export type FilterActions = ReturnType<typeof useSavingsFilters>[1];

/** Filters of a list that live in its URL: a search, dimensions that take several values, an order. */
import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import type { Sort } from '@/ui/data-table/types.ts';

interface ReadValues<Dimension extends string> {
  readonly q: string;
  readonly values: Readonly<Record<Dimension, readonly string[]>>;
  /** Search and dimensions alone, in one order; the caller adds what else it knows. */
  readonly known: URLSearchParams;
}

/** Reads search and dimensions from a query string; what is not a filter is left out. */
export function readValues<Dimension extends string>(
  params: URLSearchParams,
  dimensions: readonly Dimension[],
): ReadValues<Dimension> {
  const known = new URLSearchParams();
  const q = params.get('q')?.trim() ?? '';
  if (q !== '') known.set('q', q);
  const values = Object.fromEntries(dimensions.map((name) => [name, params.getAll(name)])) as Record<
    Dimension,
    string[]
  >;
  for (const name of dimensions) for (const value of values[name]) known.append(name, value);
  return { q, values, known };
}

/**
 * What changes the filters in the URL.
 *
 * @param names of all filters, which `clear` removes
 * @param sortParameter the API's word for an order, null for the usual one and for one it does not know
 */
export function useListFilters(
  names: readonly string[],
  sortParameter: (sort: Sort | null) => string | null,
) {
  const [params, setParams] = useSearchParams();
  const change = useCallback(
    (edit: (next: URLSearchParams) => void): void => {
      setParams(
        (before) => {
          const next = new URLSearchParams(before);
          edit(next);
          return next;
        },
        { replace: true, preventScrollReset: true },
      );
    },
    [setParams],
  );
  const actions = useMemo(
    () => ({
      setQ: (q: string) => change((next) => (q === '' ? next.delete('q') : next.set('q', q))),
      toggle: (name: string, value: string, on: boolean) =>
        change((next) => (on ? next.append(name, value) : next.delete(name, value))),
      setSort: (sort: Sort | null) =>
        change((next) => {
          const parameter = sortParameter(sort);
          if (parameter === null) next.delete('sort');
          else next.set('sort', parameter);
        }),
      clear: () => change((next) => names.forEach((name) => next.delete(name))),
    }),
    [change, names, sortParameter],
  );
  return { params, change, actions };
}

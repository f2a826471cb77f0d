import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { useMemo } from 'react';
import { LoadMore } from '@/ui/pagination.tsx';

/**
 * What a `DataTable` shows of a list that comes page by page: the rows so far (undefined while the first page loads),
 * the error with its retry, and what asks for more. To be spread into the table.
 */
export function usePagedRows<Row>(
  query: UseInfiniteQueryResult<InfiniteData<{ readonly items: readonly Row[] }>>,
) {
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const rows = useMemo(() => data?.pages.flatMap((page) => page.items), [data]);
  return {
    rows,
    error,
    onRetry: () => void refetch(),
    footer: hasNextPage ? (
      <LoadMore
        shown={rows?.length ?? 0}
        hasMore
        loading={isFetchingNextPage}
        onMore={() => void fetchNextPage()}
      />
    ) : undefined,
  };
}

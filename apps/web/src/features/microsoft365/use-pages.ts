import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import type { ComponentProps } from 'react';
import { usePagedRows } from '@/app/paged-rows.tsx';
import { explainError } from '@/app/problem.ts';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { downloadCsv, toCsv } from '@/ui/data-table/csv.ts';
import type { DataTable } from '@/ui/data-table/data-table.tsx';
import type { Column } from '@/ui/data-table/types.ts';
import { toast } from '@/ui/toast-store.ts';
import { readAll, type Row, type TableQuestion } from './queries.ts';

type TableProps = ComponentProps<typeof DataTable<Row>>;

interface PagesInput {
  query: UseInfiniteQueryResult<InfiniteData<{ items: Row[]; nextCursor: string | null; total: number }>>;
  question: TableQuestion & { sort: string };
  columns: readonly Column<Row>[];
  /** What the server calls the columns it can sort by. */
  sortable: Readonly<Record<string, string>>;
  /** Name of the exported file. */
  file: string;
  onSort: (sort: string) => void;
}

/** What a table shows of rows that come page by page: the order is the server's, the file has all pages. */
export function usePages({ query, question, columns, sortable, file, onSort }: PagesInput) {
  const place = useWorkspacePlace();
  const paged = usePagedRows(query);
  const total = query.data?.pages[0]?.total;
  const exportAll = async (): Promise<void> => {
    try {
      const all = await readAll(place, question, AbortSignal.timeout(120_000));
      const exported = columns.filter((column) => column.value !== undefined);
      const lines = all.map((row) => exported.map((column) => (column.exportValue ?? column.value)?.(row)));
      downloadCsv(
        file,
        toCsv(
          exported.map(({ header }) => header),
          lines,
        ),
      );
    } catch (error) {
      toast.error(explainError(error));
    }
  };
  return {
    ...paged,
    ...(total === undefined ? {} : { total }),
    serverSort: {
      sort: sortOf(question.sort, sortable),
      onSort: (sort) => {
        const column = sort === null ? undefined : sortable[sort.column];
        onSort(column === undefined ? '' : `${sort?.direction === 'desc' ? '-' : ''}${column}`);
      },
    },
    onNearEnd: () => {
      if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage();
    },
    onExport: () => void exportAll(),
  } satisfies Partial<TableProps>;
}

/** The order in force in the table's words; null for one that no column stands for. */
function sortOf(sort: string, sortable: PagesInput['sortable']) {
  const wanted = sort.replace('-', '');
  const column = Object.keys(sortable).find((id) => sortable[id] === wanted);
  if (column === undefined) return null;
  return { column, direction: sort.startsWith('-') ? ('desc' as const) : ('asc' as const) };
}

import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react';
import { useT } from '@/app/i18n.ts';
import { Checkbox } from '../choice.tsx';
import { cn } from '../cn.ts';
import type { Column, Sort } from './types.ts';

/** Classes that hide a column on narrow screens, for header and cells alike. */
export const fromClasses = { sm: 'max-sm:hidden', md: 'max-md:hidden', lg: 'max-lg:hidden' } as const;

interface HeaderRowProps<Row> {
  columns: readonly Column<Row>[];
  sort: Sort | null;
  onSort: (column: string) => void;
  /** Undefined when rows cannot be chosen. */
  selection: { state: boolean | 'indeterminate'; onToggle: () => void } | undefined;
  actions: boolean;
}

/** Sticky column heads; those that sort are buttons. */
export function HeaderRow<Row>({ columns, sort, onSort, selection, actions }: HeaderRowProps<Row>) {
  const t = useT('ui');
  return (
    <thead className="sticky top-0 z-10 bg-surface">
      <tr className="shadow-[inset_0_-1px_0_var(--line)]">
        {selection === undefined ? null : (
          <th scope="col" className="w-9 pl-3">
            <span className="flex">
              <Checkbox
                aria-label={t('table.selectAll')}
                checked={selection.state}
                onCheckedChange={selection.onToggle}
              />
            </span>
          </th>
        )}
        {columns.map((column) => {
          const sorted = sort?.column === column.id ? sort.direction : null;
          const sortable = column.value !== undefined && column.sortable !== false;
          const Icon = sorted === null ? ChevronsUpDown : sorted === 'asc' ? ArrowUp : ArrowDown;
          return (
            <th
              key={column.id}
              scope="col"
              aria-sort={sorted === null ? undefined : sorted === 'asc' ? 'ascending' : 'descending'}
              style={{ width: column.width }}
              className={cn(
                'h-8 px-3 label-caps',
                column.align === 'right' ? 'text-right' : 'text-left',
                column.from === undefined ? '' : fromClasses[column.from],
              )}
            >
              {sortable ? (
                <button
                  type="button"
                  onClick={() => onSort(column.id)}
                  className={cn(
                    'group -mx-1 inline-flex h-6 max-w-full items-center gap-1 rounded-sm px-1 hover:text-ink',
                    column.align === 'right' && 'flex-row-reverse',
                  )}
                >
                  <span className="truncate">{column.header}</span>
                  <Icon
                    aria-hidden
                    className={cn(
                      'size-3 shrink-0',
                      sorted === null && 'opacity-0 group-hover:opacity-100 group-focus-visible:opacity-100',
                    )}
                  />
                </button>
              ) : (
                <span className="block truncate">{column.header}</span>
              )}
            </th>
          );
        })}
        {actions ? (
          <th scope="col" className="w-11">
            <span className="sr-only">{t('table.actions')}</span>
          </th>
        ) : null}
      </tr>
    </thead>
  );
}

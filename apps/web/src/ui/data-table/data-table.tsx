import { Suspense, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { currentLanguage, useT } from '@/app/i18n.ts';
import { lazyNamed } from '@/app/lazy-named.ts';
import { Skeleton } from '../skeleton.tsx';
import { ErrorState } from '../states.tsx';
import { BodyRow } from './body-row.tsx';
import { downloadCsv, toCsv } from './csv.ts';
import { HeaderRow } from './header-row.tsx';
import { nextSort, sortRows } from './sort.ts';
import { Toolbar } from './toolbar.tsx';
import type { Column, Sort } from './types.ts';
import { useColumnChoice } from './use-columns.ts';
import type { VirtualRowsHandle } from './virtual-rows.tsx';

const VirtualRows = lazyNamed(() => import('./virtual-rows.tsx').then((module) => module.VirtualRows));

interface DataTableProps<Row> {
  /** Stable name; remembers the column choice and names the export. */
  id: string;
  /** Accessible name. */
  label: string;
  columns: readonly Column<Row>[];
  /** Undefined while loading. */
  rows: readonly Row[] | undefined;
  rowKey: (row: Row) => string;
  /** Short name of a row for screen readers. */
  rowName: (row: Row) => string;
  error?: unknown;
  onRetry?: () => void;
  /** Shown when there are no rows. */
  empty: ReactNode;
  initialSort?: Sort;
  /** Set where the server sorts: the order in force, and what asks for another. Rows then stay as they come. */
  serverSort?: { sort: Sort | null; onSort: (sort: Sort | null) => void };
  /** Called when the end of the rows comes near, for lists that load further pages. */
  onNearEnd?: () => void;
  /** Left end of the toolbar. */
  filters?: ReactNode;
  /** Between toolbar and head, e.g. FilterChips. */
  chips?: ReactNode;
  /** Opens the detail. */
  onOpen?: (row: Row) => void;
  /** Key of the row whose detail is open. */
  openKey?: string | undefined;
  /** Menu items of a row; null for a row without any. */
  renderRowActions?: (row: Row) => ReactNode;
  /** Makes rows selectable; renders what can be done with the chosen ones. */
  renderBulkActions?: (selected: readonly Row[], clear: () => void) => ReactNode;
  /** Number of rows in all, where the server pages; else the rows here are counted. */
  total?: number;
  /** Replaces the export of the rows here, e.g. by one of the server over all pages. */
  onExport?: () => void;
  footer?: ReactNode;
}

/** Below this everything is rendered: the browser's own search and print then see it all. */
const virtualFrom = 120;

/** Pixels before the end at which further rows are asked for. */
const nearEnd = 1200;

/**
 * The one table: sticky head, column choice, sorting, selection, keyboard movement, CSV export of what is
 * shown, and virtual scrolling for thousands of rows.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { columns, rows, rowKey, renderBulkActions, renderRowActions, onOpen } = props;
  const t = useT('ui');
  const scroller = useRef<HTMLDivElement>(null);
  const [ownSort, setOwnSort] = useState<Sort | null>(props.initialSort ?? null);
  const { sort, onSort } = props.serverSort ?? { sort: ownSort, onSort: setOwnSort };
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [activeIndex, setActiveIndex] = useState(0);
  const { visible, hidden, toggle } = useColumnChoice(props.id, columns);

  const serverSorts = props.serverSort !== undefined;
  const language = currentLanguage();
  const sorted = useMemo(
    () => sortRows(rows ?? [], columns, serverSorts ? null : sort, language),
    [rows, columns, serverSorts, sort, language],
  );
  const chosen = useMemo(() => sorted.filter((row) => selected.has(rowKey(row))), [sorted, selected, rowKey]);
  const virtual = sorted.length >= virtualFrom;
  const virtualRows = useRef<VirtualRowsHandle>(null);

  const clear = (): void => setSelected(new Set());
  const toggleRow = (row: Row): void => {
    const next = new Set(selected);
    if (!next.delete(rowKey(row))) next.add(rowKey(row));
    setSelected(next);
  };
  const toggleAll = (): void =>
    setSelected(chosen.length === sorted.length ? new Set() : new Set(sorted.map((row) => rowKey(row))));

  const moveTo = (index: number): void => {
    const target = Math.max(0, Math.min(sorted.length - 1, index));
    setActiveIndex(target);
    virtualRows.current?.scrollTo(target);
    // The row may have to be rendered first.
    requestAnimationFrame(() =>
      requestAnimationFrame(() =>
        scroller.current?.querySelector<HTMLElement>(`tr[data-index="${target}"]`)?.focus(),
      ),
    );
  };
  const onKey = (event: KeyboardEvent<HTMLTableRowElement>, index: number): void => {
    if (event.target !== event.currentTarget) return;
    const row = sorted[index];
    if (row === undefined) return;
    const steps: Partial<Record<string, number>> = {
      ArrowDown: index + 1,
      ArrowUp: index - 1,
      PageDown: index + 10,
      PageUp: index - 10,
      Home: 0,
      End: sorted.length - 1,
    };
    const step = steps[event.key];
    if (step !== undefined) moveTo(step);
    else if (event.key === 'Enter' && onOpen !== undefined) onOpen(row);
    else if (event.key === ' ' && renderBulkActions !== undefined) toggleRow(row);
    else return;
    event.preventDefault();
  };

  const exportShown = (): void => {
    const exported = visible.filter(
      (column) => column.value !== undefined || column.exportValue !== undefined,
    );
    const source = chosen.length > 0 ? chosen : sorted;
    const lines = source.map((row) => exported.map((column) => (column.exportValue ?? column.value)?.(row)));
    downloadCsv(
      props.id,
      toCsv(
        exported.map((column) => column.header),
        lines,
      ),
    );
  };

  const span =
    visible.length + (renderBulkActions === undefined ? 0 : 1) + (renderRowActions === undefined ? 0 : 1);
  const failed = props.error !== undefined && props.error !== null && rows === undefined;
  const isEmpty = rows !== undefined && rows.length === 0;

  const renderRow = (index: number): ReactNode => {
    const row = sorted[index];
    if (row === undefined) return null;
    const key = rowKey(row);
    return (
      <BodyRow
        key={key}
        row={row}
        rowName={props.rowName(row)}
        index={index}
        columns={visible}
        active={index === Math.min(activeIndex, sorted.length - 1)}
        current={props.openKey === key}
        selected={renderBulkActions === undefined ? undefined : selected.has(key)}
        onSelect={() => toggleRow(row)}
        onOpen={onOpen === undefined ? undefined : () => onOpen(row)}
        onKey={onKey}
        onFocus={setActiveIndex}
        actions={renderRowActions?.(row) ?? null}
        hasActions={renderRowActions !== undefined}
      />
    );
  };

  return (
    <div className="flex min-w-0 flex-col overflow-hidden rounded-lg border border-line bg-surface shadow-raised">
      <Toolbar
        filters={props.filters}
        columns={columns}
        hidden={hidden}
        onToggle={toggle}
        onExport={isEmpty || rows === undefined ? undefined : (props.onExport ?? exportShown)}
        count={rows === undefined ? null : (props.total ?? rows.length)}
        selectedCount={chosen.length}
        onClearSelection={clear}
        bulkActions={renderBulkActions?.(chosen, clear)}
      />
      {props.chips === undefined ? null : (
        <div className="border-b border-line px-3 py-1.5 empty:hidden">{props.chips}</div>
      )}
      {failed ? (
        <ErrorState error={props.error} {...(props.onRetry ? { onRetry: props.onRetry } : {})} />
      ) : null}
      {isEmpty ? props.empty : null}
      {failed || isEmpty ? null : (
        <div
          ref={scroller}
          onScroll={({ currentTarget: { scrollTop, clientHeight, scrollHeight } }) => {
            if (scrollHeight - scrollTop - clientHeight < nearEnd) props.onNearEnd?.();
          }}
          className="relative max-h-[min(72dvh,60rem)] min-w-0 overflow-auto"
        >
          <table
            aria-label={props.label}
            aria-rowcount={sorted.length + 1}
            aria-busy={rows === undefined}
            className="w-full min-w-80 table-fixed border-collapse"
          >
            <HeaderRow
              columns={visible}
              sort={sort}
              onSort={(column) => onSort(nextSort(sort, column))}
              selection={
                renderBulkActions === undefined
                  ? undefined
                  : {
                      state:
                        chosen.length === 0
                          ? false
                          : chosen.length === sorted.length
                            ? true
                            : 'indeterminate',
                      onToggle: toggleAll,
                    }
              }
              actions={renderRowActions !== undefined}
            />
            <tbody>
              {rows === undefined ? <LoadingRows span={span} label={t('table.loading')} /> : null}
              {virtual ? (
                <Suspense fallback={<LoadingRows span={span} label={t('table.loading')} />}>
                  <VirtualRows
                    ref={virtualRows}
                    count={sorted.length}
                    scroller={scroller}
                    renderRow={renderRow}
                  />
                </Suspense>
              ) : (
                sorted.map((_, index) => renderRow(index))
              )}
            </tbody>
          </table>
        </div>
      )}
      {props.footer === undefined ? null : (
        <div className="border-t border-line px-3 py-2">{props.footer}</div>
      )}
    </div>
  );
}

/** Grey rows of the final height. */
function LoadingRows({ span, label }: { span: number; label: string }) {
  return Array.from({ length: 6 }, (_, index) => (
    <tr key={index} className="border-b border-line last:border-b-0">
      <td colSpan={span} className="h-9 px-3">
        {index === 0 ? <span className="sr-only">{label}</span> : null}
        <Skeleton className={index % 2 === 0 ? 'w-4/5' : 'w-3/5'} />
      </td>
    </tr>
  ));
}

import type { ReactNode } from 'react';

export type SortValue = string | number | null;

export interface Column<Row> {
  id: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** Plain value for sorting and export; without it the column does neither. */
  value?: (row: Row) => SortValue;
  /** Export value where it differs from the sort value. */
  exportValue?: (row: Row) => SortValue;
  align?: 'left' | 'right';
  /** CSS width; columns without one share the rest. */
  width?: string;
  /** Hidden on narrower screens: the value stays in the export and the detail. */
  from?: 'sm' | 'md' | 'lg';
  /** Not shown until chosen. */
  hidden?: boolean;
  /** Cannot be hidden (the name). */
  fixed?: boolean;
  /** False where the server decides the order. */
  sortable?: boolean;
}

export interface Sort {
  column: string;
  direction: 'asc' | 'desc';
}

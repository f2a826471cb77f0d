import { useState } from 'react';
import type { Column } from './types.ts';

/** The hidden columns, remembered on this device per table. */
export function useColumnChoice<Row>(tableId: string, columns: readonly Column<Row>[]) {
  const storageKey = `atlas.columns.${tableId}`;
  const [hidden, setHidden] = useState<ReadonlySet<string>>(() => {
    const stored = localStorage.getItem(storageKey);
    if (stored !== null) return new Set(stored.split(',').filter(Boolean));
    return new Set(columns.filter((column) => column.hidden === true).map((column) => column.id));
  });
  const toggle = (id: string, shown: boolean): void => {
    const next = new Set(hidden);
    if (shown) next.delete(id);
    else next.add(id);
    localStorage.setItem(storageKey, [...next].join(','));
    setHidden(next);
  };
  return {
    visible: columns.filter((column) => column.fixed === true || !hidden.has(column.id)),
    hidden,
    toggle,
  };
}

import { Columns3, Download } from 'lucide-react';
import type { ReactNode } from 'react';
import { useFormat } from '@/app/format.ts';
import { useT } from '@/app/i18n.ts';
import { Button, IconButton } from '../button.tsx';
import { Menu, MenuLabel, MenuToggle } from '../menu.tsx';
import type { Column } from './types.ts';

interface ToolbarProps<Row> {
  filters: ReactNode;
  columns: readonly Column<Row>[];
  hidden: ReadonlySet<string>;
  onToggle: (id: string, shown: boolean) => void;
  onExport: (() => void) | undefined;
  count: number | null;
  selectedCount: number;
  onClearSelection: () => void;
  bulkActions: ReactNode;
}

/** Above the table: filters and view settings, or what can be done with the chosen rows. */
export function Toolbar<Row>(props: ToolbarProps<Row>) {
  const t = useT('ui');
  const format = useFormat();
  if (props.selectedCount > 0) {
    return (
      <div className="flex min-h-11 flex-wrap items-center gap-2 border-b border-line bg-accent-soft px-3 py-1.5">
        <span className="num font-medium text-accent-text" role="status">
          {t('table.selected', { count: props.selectedCount, formatted: format.number(props.selectedCount) })}
        </span>
        {props.bulkActions}
        <Button size="sm" variant="ghost" className="ml-auto" onClick={props.onClearSelection}>
          {t('table.clearSelection')}
        </Button>
      </div>
    );
  }
  return (
    <div className="flex min-h-11 flex-wrap items-center gap-2 border-b border-line px-3 py-1.5">
      {props.filters}
      <div className="ml-auto flex items-center gap-1">
        {props.count === null ? null : (
          <span className="num px-1 text-xs text-ink-3" role="status">
            {t('table.count', { count: props.count, formatted: format.number(props.count) })}
          </span>
        )}
        <Menu
          label={t('table.columns')}
          trigger={
            <IconButton label={t('table.columns')} size="sm">
              <Columns3 />
            </IconButton>
          }
        >
          <MenuLabel>{t('table.columns')}</MenuLabel>
          {props.columns
            .filter((column) => column.fixed !== true)
            .map((column) => (
              <MenuToggle
                key={column.id}
                checked={!props.hidden.has(column.id)}
                onChange={(shown) => props.onToggle(column.id, shown)}
              >
                {column.header}
              </MenuToggle>
            ))}
        </Menu>
        {props.onExport === undefined ? null : (
          <IconButton label={t('table.export')} size="sm" onClick={props.onExport}>
            <Download />
          </IconButton>
        )}
      </div>
    </div>
  );
}

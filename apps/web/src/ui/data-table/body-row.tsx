import { Ellipsis } from 'lucide-react';
import type { KeyboardEvent, MouseEvent, ReactNode } from 'react';
import { useT } from '@/app/i18n.ts';
import { IconButton } from '../button.tsx';
import { Checkbox } from '../choice.tsx';
import { cn } from '../cn.ts';
import { Menu } from '../menu.tsx';
import { fromClasses } from './header-row.tsx';
import type { Column } from './types.ts';

interface BodyRowProps<Row> {
  row: Row;
  rowName: string;
  /** Position in the whole table, from 0. */
  index: number;
  columns: readonly Column<Row>[];
  /** Whether Tab stops here; arrows move the stop. */
  active: boolean;
  current: boolean;
  selected: boolean | undefined;
  onSelect: () => void;
  onOpen: (() => void) | undefined;
  onKey: (event: KeyboardEvent<HTMLTableRowElement>, index: number) => void;
  onFocus: (index: number) => void;
  actions: ReactNode;
  hasActions: boolean;
}

/** Whether a press was meant for a control inside the row. */
function hitsControl(event: MouseEvent): boolean {
  return (
    event.target instanceof Element &&
    event.target.closest('a,button,input,select,label,[role=checkbox],[role=menuitem]') !== null
  );
}

/** One row: reached with the arrows, opened with Enter or a press, chosen with Space. */
export function BodyRow<Row>(props: BodyRowProps<Row>) {
  const t = useT('ui');
  const { row, index, columns, active, selected, onOpen } = props;
  return (
    <tr
      data-index={index}
      aria-rowindex={index + 2}
      aria-selected={selected}
      aria-current={props.current ? true : undefined}
      tabIndex={active ? 0 : -1}
      onFocus={() => props.onFocus(index)}
      onKeyDown={(event) => props.onKey(event, index)}
      onClick={(event) => {
        if (onOpen !== undefined && !hitsControl(event)) onOpen();
      }}
      className={cn(
        'group border-b border-line last:border-b-0 focus-visible:-outline-offset-2',
        onOpen !== undefined && 'cursor-pointer',
        selected === true || props.current ? 'bg-accent-soft' : 'hover:bg-sunken',
      )}
    >
      {selected === undefined ? null : (
        <td className="w-9 pl-3">
          <span className="flex">
            <Checkbox
              tabIndex={-1}
              aria-label={t('table.selectRow', { name: props.rowName })}
              checked={selected}
              onCheckedChange={props.onSelect}
            />
          </span>
        </td>
      )}
      {columns.map((column) => (
        <td
          key={column.id}
          className={cn(
            'h-9 max-w-0 truncate px-3 py-1',
            column.align === 'right' && 'num text-right',
            column.from === undefined ? '' : fromClasses[column.from],
          )}
        >
          {column.cell(row)}
        </td>
      ))}
      {props.hasActions ? (
        <td className="w-11 pr-2 text-right">
          {props.actions === null ? null : (
            <Menu
              label={t('table.rowActions', { name: props.rowName })}
              trigger={
                <IconButton label={t('table.rowActions', { name: props.rowName })} size="sm">
                  <Ellipsis />
                </IconButton>
              }
            >
              {props.actions}
            </Menu>
          )}
        </td>
      ) : null}
    </tr>
  );
}

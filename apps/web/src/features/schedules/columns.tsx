import type { Schedule } from '@cloudatlas/contracts/schedules';
import { Link } from 'react-router';
import { useFormat } from '@/app/format.ts';
import { useT } from '@/app/i18n.ts';
import { Badge } from '@/ui/badge.tsx';
import { Switch } from '@/ui/choice.tsx';
import type { Column } from '@/ui/data-table/types.ts';
import { Tooltip } from '@/ui/tooltip.tsx';
import { Money, RelativeTime } from '@/ui/values.tsx';
import { useSchedulePaths } from './paths.ts';
import { OperationMark, RunStatus } from './status.tsx';
import type { ScheduleActions } from './use-actions.tsx';
import { useScheduleWords, useTargetsText } from './words.ts';
import { zoneName } from './zones.ts';

/** Columns of the schedules; sorted here, because a workspace has few. */
export function useScheduleColumns(actions: ScheduleActions, search: string): readonly Column<Schedule>[] {
  const t = useT('schedules');
  const words = useScheduleWords();
  const targetsText = useTargetsText();
  const format = useFormat();
  const to = useSchedulePaths();
  const dash = <span className="text-ink-3">–</span>;
  return [
    {
      id: 'name',
      header: t('column.name'),
      fixed: true,
      value: (row) => row.name,
      cell: (row) => (
        <span className="flex min-w-0 flex-col">
          <Link
            to={to.schedule(row.id, search)}
            title={row.name}
            className="truncate font-medium hover:text-accent-text"
          >
            {row.name}
          </Link>
          <span className="truncate text-xs text-ink-3">{targetsText(row.targets)}</span>
          <span className="num truncate text-xs text-ink-3 md:hidden">
            {row.time} {words.recurrence(row.recurrence)}
          </span>
        </span>
      ),
    },
    {
      id: 'operation',
      header: t('column.operation'),
      width: '6.5rem',
      value: (row) => t(`operation.${row.operation}`),
      cell: (row) => <OperationMark operation={row.operation} />,
    },
    {
      id: 'when',
      header: t('column.when'),
      width: '11rem',
      from: 'md',
      value: (row) => `${row.time} ${words.recurrence(row.recurrence)}`,
      cell: (row) => (
        <span className="flex min-w-0 flex-col">
          <span className="num truncate">
            {row.time} <span className="text-ink-2">{words.recurrence(row.recurrence)}</span>
          </span>
          <span className="truncate text-xs text-ink-3" title={row.timeZone}>
            {zoneName(row.timeZone)}
          </span>
        </span>
      ),
    },
    {
      id: 'next',
      header: t('column.next'),
      width: '11.5rem',
      from: 'sm',
      value: (row) => row.nextRun?.at ?? null,
      cell: (row) => {
        if (row.override !== null)
          return (
            <Tooltip label={row.override.note === '' ? row.override.createdBy : row.override.note}>
              <span tabIndex={0} className="rounded-sm">
                <Badge tone="warn">{t('keptUntil', { at: format.relative(row.override.until) })}</Badge>
              </span>
            </Tooltip>
          );
        if (row.nextRun === null) return dash;
        return (
          <span className="flex min-w-0 flex-col">
            <span className="num truncate">{words.wall(row.nextRun.local)}</span>
            {row.timeZone === 'UTC' ? null : (
              <span className="num truncate text-xs text-ink-3">{words.utc(row.nextRun.at)}</span>
            )}
          </span>
        );
      },
    },
    {
      id: 'last',
      header: t('column.last'),
      width: '10.5rem',
      from: 'lg',
      value: (row) => row.lastRun?.at ?? null,
      cell: (row) =>
        row.lastRun === null ? (
          dash
        ) : (
          <Link
            to={to.run(row.id, row.lastRun.id, search)}
            className="flex flex-wrap items-center gap-x-2 rounded-sm"
          >
            <RunStatus run={row.lastRun} />
            <span className="text-xs text-ink-3">
              <RelativeTime at={row.lastRun.at} />
            </span>
          </Link>
        ),
    },
    {
      id: 'saved',
      header: t('column.saved'),
      width: '7rem',
      from: 'lg',
      align: 'right',
      value: (row) => Number(row.savings[0]?.amount ?? 0),
      cell: (row) =>
        row.savings.length === 0 ? (
          dash
        ) : (
          <Tooltip label={t('savedBasis', { count: Math.round(row.savings[0]?.hours ?? 0) })}>
            <span tabIndex={0} className="flex flex-col items-end rounded-sm">
              {row.savings.map((saving) => (
                <Money key={saving.currency} amount={saving.amount} currency={saving.currency} />
              ))}
            </span>
          </Tooltip>
        ),
    },
    {
      id: 'enabled',
      header: t('column.enabled'),
      width: '5.5rem',
      value: (row) => (row.enabled ? 1 : 0),
      cell: (row) => (
        <Tooltip label={actions.denial}>
          <Switch
            aria-label={t('enabledOf', { name: row.name })}
            checked={row.enabled}
            disabled={
              actions.denial !== undefined ||
              (actions.enable.isPending && actions.enable.variables.schedule.id === row.id)
            }
            onCheckedChange={(enabled) => actions.enable.mutate({ schedule: row, enabled })}
          />
        </Tooltip>
      ),
    },
  ];
}

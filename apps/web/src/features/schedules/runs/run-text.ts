import type { ScheduleRun } from '@cloudatlas/contracts/schedules';
import { useFormat } from '@/app/format.ts';
import { useT } from '@/app/i18n.ts';

/** What came of a run, in a line. */
export function useRunText(): (run: ScheduleRun) => string {
  const t = useT('schedules');
  const format = useFormat();
  return ({ counts, note, reason, status }) => {
    if (counts.total === 0) return note ?? (reason === null ? t(`status.${status}`) : t(`reason.${reason}`));
    const parts = [
      counts.done > 0 ? t('runs.done', { count: counts.done }) : '',
      counts.already > 0 ? t('runs.already', { count: counts.already }) : '',
      counts.open > 0 ? t('runs.open', { count: counts.open }) : '',
      counts.failed > 0 ? t('runs.failed', { count: counts.failed }) : '',
      counts.skipped > 0 ? t('runs.skipped', { count: counts.skipped }) : '',
    ];
    return format.list(parts.filter((part) => part !== ''));
  };
}

/** Words for days, times and zones of schedules. */
import type { Recurrence, Schedule } from '@cloudatlas/contracts/schedules';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useT } from '@/app/i18n.ts';
import { localIn } from './zones.ts';

/** A Monday; the days after it give the names of the week. */
const monday = Date.UTC(2024, 0, 1);
const dayMs = 86_400_000;

export const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;

export function useScheduleWords() {
  const t = useT('schedules');
  const { i18n } = useTranslation();
  const locale = i18n.language;
  return useMemo(() => {
    const short = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' });
    const long = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' });
    const list = new Intl.ListFormat(locale, { type: 'unit', style: 'short' });
    const moment = new Intl.DateTimeFormat(locale, {
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      hour: '2-digit',
      minute: '2-digit',
      // As one types it: schedules are written in 24 hours in every language.
      hourCycle: 'h23',
      timeZone: 'UTC',
    });
    const day = (iso: number, style: Intl.DateTimeFormat = short): string =>
      style.format(monday + (iso - 1) * dayMs);
    return {
      /** Name of an ISO weekday. */
      day: (iso: number): string => day(iso),
      longDay: (iso: number): string => day(iso, long),
      recurrence: ({ kind, days }: Recurrence): string =>
        kind === 'days' ? list.format(days.map((iso) => day(iso))) : t(`recurrence.${kind}`),
      /** A wall clock time, `YYYY-MM-DDTHH:MM` without a zone, as it is. */
      wall: (local: string): string => moment.format(new Date(`${local}:00Z`)),
      /** An instant on the clock of a zone. */
      at: (at: string, timeZone: string): string =>
        moment.format(new Date(`${localIn(timeZone, new Date(at))}:00Z`)),
      /** An instant on the clock of UTC. */
      utc: (at: string): string => `${moment.format(new Date(at))} UTC`,
    };
  }, [locale, t]);
}
export type ScheduleWords = ReturnType<typeof useScheduleWords>;

/** What a schedule acts on, in a line. */
export function useTargetsText(): (targets: Schedule['targets']) => string {
  const t = useT('schedules');
  return (targets) => {
    const more = targets.resourceIds.length - targets.names.length;
    const named = [...targets.names, ...(more > 0 ? [t('more', { count: more })] : [])];
    const tags = targets.tags.map(({ key, value }) => (value === null ? key : `${key}=${value}`));
    return [...named, ...(tags.length > 0 ? [tags.join(' + ')] : [])].join(', ');
  };
}

/** Dates without a time as a person reads them. */
export function useDateWords(): { day: (date: string) => string } {
  const { i18n } = useTranslation();
  return useMemo(() => {
    const format = new Intl.DateTimeFormat(i18n.language, {
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      timeZone: 'UTC',
    });
    return { day: (date) => format.format(new Date(`${date}T00:00:00Z`)) };
  }, [i18n.language]);
}

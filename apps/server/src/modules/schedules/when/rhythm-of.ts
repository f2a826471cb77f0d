import type { ScheduleRow } from '../tables.ts';
import type { Rhythm } from './occurrences.ts';

export function rhythmOf(
  row: Pick<ScheduleRow, 'days' | 'at_time' | 'time_zone' | 'valid_from' | 'valid_until'>,
): Rhythm {
  return {
    days: row.days,
    time: row.at_time,
    timeZone: row.time_zone,
    validFrom: row.valid_from,
    validUntil: row.valid_until,
  };
}

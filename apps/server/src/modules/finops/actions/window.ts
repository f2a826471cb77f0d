import { Temporal } from 'temporal-polyfill';

/** Hours of the week in which a policy may act. */
export interface HoursWindow {
  timeZone: string;
  /** ISO weekdays, 1 Monday to 7 Sunday, on which the window begins. */
  days: readonly number[];
  /** Wall clock hours in the zone; `toHour` exclusive, 24 is midnight; over midnight when from ≥ to. */
  fromHour: number;
  toHour: number;
}

/**
 * Whether an instant lies in the window, by the wall clock of the zone: an hour that comes twice counts twice, one
 * that is skipped never comes. A window over midnight belongs to the day on which it begins.
 */
export function isInWindow(window: HoursWindow, instant: Date): boolean {
  const local = Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(window.timeZone);
  const { fromHour, toHour, days } = window;
  const today = days.includes(local.dayOfWeek);
  if (fromHour < toHour) return today && local.hour >= fromHour && local.hour < toHour;
  if (local.hour >= fromHour) return today;
  const yesterday = local.toPlainDate().subtract({ days: 1 }).dayOfWeek;
  return local.hour < toHour && days.includes(yesterday);
}

import { holidayCountries, type HolidayCountry } from '@cloudatlas/contracts/schedules';
import type { TenantTx } from '#platform/db/database.ts';
import type { SchedulesTables } from '../tables.ts';
import { nationalHolidays } from './national-holidays.ts';
import { localDate } from './occurrences.ts';

/** Whether a schedule keeps a day off, and what it is called. */
export interface Holidays {
  /** Name of the holiday on which an instant falls in a zone, by the calendars `refs`; null on an ordinary day. */
  on(refs: readonly string[], at: Date, timeZone: string): string | null;
}

const unnamed = 'Holiday';

/** Reads those of an organization's calendars that some schedules keep to. */
export async function loadHolidays(
  tx: TenantTx<SchedulesTables>,
  refs: readonly (readonly string[])[],
): Promise<Holidays> {
  const ids = [...new Set(refs.flat())].filter((ref) => !isCountry(ref));
  const rows =
    ids.length === 0
      ? []
      : await tx.selectFrom('schedules.calendar').select(['id', 'dates']).where('id', 'in', ids).execute();
  const calendars = new Map(
    rows.map((row) => [row.id, new Map(row.dates.map(({ date, name }) => [date, name]))]),
  );
  const national = new Map<string, Map<string, string>>();

  function datesOf(ref: string, year: number): ReadonlyMap<string, string> | undefined {
    if (!isCountry(ref)) return calendars.get(ref);
    const key = `${ref} ${year}`;
    let dates = national.get(key);
    if (dates === undefined) {
      dates = new Map(nationalHolidays(ref, year).map(({ date, name }) => [date, name]));
      national.set(key, dates);
    }
    return dates;
  }

  return {
    on(wanted, at, timeZone) {
      if (wanted.length === 0) return null;
      const date = localDate(at, timeZone);
      for (const ref of wanted) {
        const name = datesOf(ref, Number(date.slice(0, 4)))?.get(date);
        if (name !== undefined) return name === '' ? unnamed : name;
      }
      return null;
    },
  };
}

export function isCountry(ref: string): ref is HolidayCountry {
  return (holidayCountries as readonly string[]).includes(ref);
}

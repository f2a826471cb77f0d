import { Temporal } from 'temporal-polyfill';

/** When a schedule runs, without its holidays. */
export interface Rhythm {
  /** ISO weekdays, 1 Monday to 7 Sunday; at least one. */
  days: readonly number[];
  /** Wall clock time HH:MM in the zone. */
  time: string;
  timeZone: string;
  /** First and last date in the zone, both included. */
  validFrom: string | null;
  validUntil: string | null;
}

/**
 * The instant of a wall clock time on a date.
 *
 * Where the clock skips it (02:30 on the night it goes forward), the first instant after the gap; where it comes
 * twice (02:30 on the night it goes back), the first of the two.
 * @returns null when the zone skips the whole date, as Samoa did with 30 December 2011
 */
function instantOn(
  date: Temporal.PlainDate,
  time: Temporal.PlainTime,
  timeZone: string,
): Temporal.Instant | null {
  const wall = date.toPlainDateTime(time);
  const zoned = wall.toZonedDateTime(timeZone, { disambiguation: 'compatible' });
  if (zoned.toPlainDateTime().equals(wall)) return zoned.toInstant();
  if (!date.toZonedDateTime(timeZone).toPlainDate().equals(date)) return null;
  // In a gap "earlier" reads the time with the offset after it, which is an instant before the transition.
  const before = wall.toZonedDateTime(timeZone, { disambiguation: 'earlier' });
  const transition = before.getTimeZoneTransition('next');
  return transition === null ? zoned.toInstant() : transition.toInstant();
}

/**
 * Occurrences after an instant, in order, without end unless the rhythm has one.
 * @param after itself not included
 */
export function* occurrencesAfter(rhythm: Rhythm, after: Date): Generator<Date> {
  const { timeZone } = rhythm;
  const time = Temporal.PlainTime.from(rhythm.time);
  const first = Temporal.Instant.fromEpochMilliseconds(after.getTime())
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
    // A gap over midnight moves an occurrence into the next date.
    .subtract({ days: 1 });
  const from = rhythm.validFrom === null ? first : Temporal.PlainDate.from(rhythm.validFrom);
  const until = rhythm.validUntil === null ? null : Temporal.PlainDate.from(rhythm.validUntil);
  let date = Temporal.PlainDate.compare(from, first) > 0 ? from : first;
  let last = after.getTime();
  const isOver = (): boolean => until !== null && Temporal.PlainDate.compare(date, until) > 0;
  for (; !isOver(); date = date.add({ days: 1 })) {
    if (!rhythm.days.includes(date.dayOfWeek)) continue;
    const instant = instantOn(date, time, timeZone)?.epochMilliseconds;
    if (instant === undefined || instant <= last) continue;
    last = instant;
    yield new Date(instant);
  }
}

/** The first occurrence after an instant, itself not included; null when there is none. */
export function nextOccurrence(rhythm: Rhythm, after: Date): Date | null {
  return occurrencesAfter(rhythm, after).next().value ?? null;
}

/** Occurrences from `first` on that are not after `now`, oldest first; of very many the latest `limit`. */
export function occurrencesDue(rhythm: Rhythm, first: Date, now: Date, limit: number): Date[] {
  const due: Date[] = [];
  for (const at of occurrencesAfter(rhythm, new Date(first.getTime() - 1))) {
    if (at > now) break;
    due.push(at);
    if (due.length > limit) due.shift();
  }
  return due;
}

/** The latest occurrence at or before `now` and after `after`; null when there is none. */
export function latestOccurrence(rhythm: Rhythm, after: Date, now: Date): Date | null {
  return occurrencesDue(rhythm, new Date(after.getTime() + 1), now, 1).at(-1) ?? null;
}

/** Date in a zone, YYYY-MM-DD. */
export function localDate(at: Date, timeZone: string): string {
  return zoned(at, timeZone).toPlainDate().toString();
}

/** Wall clock in a zone, YYYY-MM-DDTHH:MM. */
export function localTime(at: Date, timeZone: string): string {
  return zoned(at, timeZone).toPlainDateTime().toString({ smallestUnit: 'minute' });
}

function zoned(at: Date, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone);
}
